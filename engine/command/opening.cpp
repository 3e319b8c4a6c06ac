#include "engine/command/opening.h"

#include "engine/command/write_index.h"
#include "events/codec/codec.h"

namespace daybook::command {
namespace {

// Most records are none, and are known by the name of their type.
template <class E>
Result<std::optional<E>> event_in(const Envelope& envelope, std::string_view type) {
    if (envelope.type != type)
        return std::nullopt;
    const Event event = TRY(decode_payload(envelope.type, envelope.payload.value));
    return std::get<E>(event);
}

} // namespace

Result<std::optional<HistoryLeftOut>> opening_in(std::string_view record) {
    const Envelope envelope = TRY(decode_envelope(record));
    return event_in<HistoryLeftOut>(envelope, "HistoryLeftOut");
}

Result<std::optional<HistoryLeftOut>> find_opening(const log::LogReader& log,
                                                   log::LineNumber line) {
    const auto first = TRY(log.read(line, 1, {.records_max = 1}));
    if (first.empty())
        return std::nullopt;
    return opening_in(first.front().bytes);
}

Result<Revision> first_kept(const log::LogReader& log, log::LineNumber line) {
    const auto opening = TRY(find_opening(log, line));
    return opening ? opening->through : 0;
}

Result<std::optional<Hash>> kept_request(const Envelope& envelope, std::string_view command_key) {
    const auto kept = TRY(event_in<CommandsKept>(envelope, "CommandsKept"));
    if (!kept)
        return std::nullopt;
    for (const KeptCommand& command : kept->commands)
        if (hash_value(command.key) == command_key)
            return command.request_hash;
    return fail(ErrorKind::corrupt, "an index names a command that its record does not keep");
}

} // namespace daybook::command

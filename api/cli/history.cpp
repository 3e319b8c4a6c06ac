#include "api/cli/command_line.h"

#include "api/application.h"
#include "events/catalogue.h"
#include "events/codec/codec.h"
#include "events/json_walk.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct HistoryOptions {
    std::string directory;
    std::string company;
    std::string language = "en";
    std::uint64_t last = 50;
    bool json = false;
};

void print_event(const RecordedEvent& recorded, const HistoryOptions& options) {
    const Envelope& envelope = recorded.envelope;
    const Language language = options.language == "fr" ? Language::french : Language::english;
    const std::string told = sentence(recorded.event, language, 2);
    const std::string& actor = envelope.actor.name;
    if (!options.json) {
        fmt::print("{:>8}  {}  {:<16}  {}{}\n", envelope.revision,
                   to_text(envelope.recorded_at).substr(0, 19), actor.empty() ? "–" : actor, told,
                   envelope.reason.empty() ? "" : " (" + envelope.reason + ")");
        return;
    }
    Json json = to_json_value(envelope, 2);
    json.set("sentence", told);
    json.set("payload", event_to_json(recorded.event, 2));
    fmt::print("{}\n", to_json(json));
}

int history(const HistoryOptions& options) {
    int exit_code = kExitDone;
    const auto books = open_books(options.directory, options.company, exit_code);
    if (!books)
        return exit_code;
    const auto& [application, company] = *books;
    const log::LineNumber line = application->directory()->find(company)->line;
    const auto head = application->log().head(line);
    if (!head)
        return fmt::print(stderr, "{}\n", head.error().what), kExitCannotTell;
    Revision next = head->revision > options.last ? head->revision - options.last + 1 : 1;
    while (next <= head->revision) {
        const auto records = application->log().read(line, next);
        if (!records || records->empty())
            break;
        for (const log::StoredRecord& record : *records) {
            const auto event = decode_record(record.bytes);
            if (!event) {
                fmt::print(stderr, "revision {}: {}\n", record.revision, event.error().what);
                return kExitRefused;
            }
            print_event(*event, options);
        }
        next = records->back().revision + 1;
    }
    return kExitDone;
}

} // namespace

void add_history(Command& program, int& exit_code) {
    auto options = std::make_shared<HistoryOptions>();
    Command command = program.add_subcommand(
        "history", "Tell what happened to a company: revision, time, who, what, why.");
    command.add_option("--data", options->directory, "data directory").required();
    command.add_option("--company", options->company, "company id; not needed when there is one");
    command.add_option("--last", options->last, "how many events, counted from the newest")
        .capture_default_str();
    command.add_option("--language", options->language, "en or fr").capture_default_str();
    command.add_flag("--json", options->json, "one JSON object a line");
    command.callback([options, &exit_code] { exit_code = history(*options); });
}

} // namespace daybook::api

#include "engine/command/index_rows.h"

#include "engine/domain/claims.h"
#include "engine/domain/traces.h"
#include "events/base/planted.h"
#include "events/catalogue.h"

namespace daybook::command {

using log::Index;

Claims claims_held(const domain::State& state, const std::optional<std::string>& source) {
    Claims claims;
    for (std::string& claim : domain::claims_of(state))
        claims.insert(std::move(claim));
    if (source && domain::exists(state))
        claims.insert(*source);
    return claims;
}

std::optional<std::string> source_claim_of(const Envelope& envelope) {
    const auto& external = envelope.source.external;
    return external ? std::optional(domain::source_claim(*external)) : std::nullopt;
}

bool is_document(const Event& event) {
    if (const auto* left_out = std::get_if<HistoryLeftOut>(&event))
        return left_out->has_documents;
    const EntityKind kind = info_of(event).entity;
    return kind == EntityKind::payment || kind == EntityKind::credit_note
           || std::holds_alternative<InvoiceIssued>(event)
           || std::holds_alternative<InvoiceImported>(event);
}

std::vector<log::IndexPut> index_rows(const RecordedEvent& recorded, const IndexContext& context) {
    const Envelope& envelope = recorded.envelope;
    const EntityRef thing = envelope.entity;
    std::vector<log::IndexPut> rows;
    rows.push_back({Index::thing, thing_key(thing, envelope.entity_version),
                    revision_value(envelope.revision)});
    for (const EntityRef& touched : domain::touched_by(recorded.event))
        if (!planted("a touch is not indexed"))
            rows.push_back({Index::touch, touch_key(touched, thing), ""});
    for (const auto& [series, period, to] : domain::series_advances(thing, recorded.event))
        rows.push_back({Index::claim, series_key(series, period),
                        position_value(domain::farther(context.position(series, period), to))});
    if (is_document(recorded.event) && !context.has_documents)
        rows.push_back({Index::claim, std::string(kDocumentsKey), ""});
    for (const std::string& claim : context.before)
        if (!context.after.contains(claim) && context.holder(claim) == thing
            && !planted("a code that was given up stays taken"))
            rows.push_back({Index::claim, claim, std::nullopt});
    for (const std::string& claim : context.after)
        if (!context.before.contains(claim))
            rows.push_back({Index::claim, claim, ref_value(thing)});
    // One key a commit, noted with its last record.
    if (!envelope.command_id.empty() && envelope.revision == envelope.commit_last)
        rows.push_back({Index::command, command_key(envelope.actor, envelope.command_id),
                        revision_value(envelope.commit_last)});
    if (const auto* kept = std::get_if<CommandsKept>(&recorded.event))
        for (const KeptCommand& command : kept->commands)
            rows.push_back(
                {Index::command, hash_value(command.key), revision_value(envelope.revision)});
    return rows;
}

} // namespace daybook::command

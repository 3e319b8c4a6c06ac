#include "api/cli/verify_books.h"

#include "api/cli/command_line.h"
#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/adapters/terminal.h"
#include "engine/audit/verify.h"
#include "engine/log/checkpoint.h"
#include "events/base/json.h"
#include "events/base/reflect.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

template <class Value>
Json or_null(bool is_known, const Value& value) {
    return is_known ? Json(value) : Json(nullptr);
}

Json time_json(const std::optional<Timestamp>& at) {
    return at ? Json(to_text(*at)) : Json(nullptr);
}

Json entity_json(const EntityRef& thing) {
    if (thing.kind == EntityKind::none)
        return nullptr;
    return JsonObject{{"kind", enum_name(thing.kind)}, {"id", to_text(thing.id)}};
}

Json as_json(const audit::Finding& finding) {
    const audit::Place& place = finding.place;
    Json told;
    told.set("where", finding.where);
    told.set("what", finding.what);
    told.set("file", or_null(!place.file.empty(), place.file));
    told.set("line", or_null(place.line.has_value(), place.line.value_or(0)));
    told.set("revision", or_null(place.revision > 0, place.revision));
    told.set("entity", entity_json(place.thing));
    told.set("number", or_null(!place.number.empty(), place.number));
    told.set("recorded_at", time_json(place.recorded_at));
    told.set("after", time_json(place.after));
    return told;
}

Json as_json(const audit::Report& report) {
    JsonArray findings;
    for (const audit::Finding& finding : report.findings)
        findings.push_back(as_json(finding));
    const JsonArray notes(report.notes.begin(), report.notes.end());
    Json told;
    told.set("sound", report.is_sound());
    told.set("found", report.found);
    told.set("first", report.is_sound() ? Json(nullptr) : as_json(report.first()));
    told.set("findings", std::move(findings));
    told.set("notes", notes);
    told.set("groups", report.groups);
    told.set("lines", report.lines);
    told.set("events", report.events);
    told.set("bytes", report.bytes);
    told.set("checkpoints", report.checkpoints);
    told.set("persons", report.persons);
    told.set("files", report.files);
    told.set("views", "not looked at");
    return told;
}

void print(const std::string& directory, const audit::Report& report) {
    const Ink ink(shows_colours(1));
    fmt::print("{} {}\n", report.is_sound() ? ink.green("Sound.") : ink.red("Not sound."),
               harmless(directory));
    fmt::print("  {} groups, {} lines, {} events of {} bytes, {} signed heads, {} personal data, "
               "{} files\n",
               report.groups, report.lines, report.events, report.bytes, report.checkpoints,
               report.persons, report.files);
    for (const std::string& note : report.notes)
        fmt::print("  {}\n", harmless(note));
    for (const audit::Finding& finding : report.findings)
        fmt::print("  {}\n", harmless(audit::to_text(finding)));
    if (report.found > report.findings.size())
        fmt::print("  and {} more\n", report.found - report.findings.size());
    fmt::print("{}\n", ink.dim("  The views were not looked at: they follow from the log, and "
                               "`rebuild` makes them anew."));
}

} // namespace

std::optional<std::vector<std::string>> read_checkpoints(const std::vector<std::string>& paths) {
    PosixFiles files;
    std::vector<std::string> texts;
    for (const std::string& path : paths) {
        const auto text = files.read_all(path);
        const auto found = log::split_checkpoints(text ? *text : std::string_view());
        if (found.empty()) {
            fmt::print(stderr, "{}\n", text ? path + " is no checkpoint" : text.error().what);
            return std::nullopt;
        }
        for (const std::string_view each : found)
            texts.emplace_back(each);
    }
    return texts;
}

int verify_books(const std::string& directory, const std::vector<std::string>& checkpoints,
                 bool json) {
    PosixFiles files;
    PosixLargeFiles large_files;
    audit::VerifyOptions options;
    options.large_files = &large_files;
    auto texts = read_checkpoints(checkpoints);
    if (!texts)
        return kExitCannotTell;
    options.checkpoints = *std::move(texts);
    Result<audit::Report> report = audit::Report();
    {
        ProgressBar bar("verifying", "events");
        options.progress = [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); };
        report = audit::verify_directory(files, directory, options);
    }
    if (!report) {
        fmt::print(stderr, "{}\n", report.error().what);
        return kExitCannotTell;
    }
    if (json)
        fmt::print("{}\n", to_json(as_json(*report)));
    else
        print(directory, *report);
    return report->is_sound() ? kExitDone : kExitRefused;
}

} // namespace daybook::api

#include "api/backups/comparison_text.h"
#include "api/cli/backup_file.h"
#include "api/cli/ink.h"
#include "engine/adapters/terminal.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct InspectOptions {
    std::string file;
    std::string other;
    std::string pass_phrase_file;
    bool json = false;
};

// A number, or each amount with its currency: whatever the summary of that release holds.
std::string summary_text(const Json& value) {
    if (value.is_string())
        return *value.if_string();
    const JsonArray* items = value.if_array();
    if (!items)
        return to_json(value);
    std::string text;
    for (const Json& item : *items) {
        const Json* amount = item.find("amount");
        const Json* currency = item.find("currency");
        const bool money = amount && currency && amount->is_string() && currency->is_string();
        text += text.empty() ? "" : ", ";
        text += money ? *amount->if_string() + " " + *currency->if_string() : to_json(item);
    }
    return text.empty() ? "0" : text;
}

// The sizes of the parts, by folder, as the archive holds them.
std::vector<std::pair<std::string, std::uint64_t>> parts_of(const backup::BackupFile& backup) {
    std::vector<std::pair<std::string, std::uint64_t>> parts;
    for (const backup::ZipEntry& entry : backup.archive().entries()) {
        const std::size_t slash = entry.name.find('/');
        if (slash == std::string::npos)
            continue;
        const std::string part = entry.name.substr(0, slash);
        if (parts.empty() || parts.back().first != part)
            parts.emplace_back(part, 0);
        parts.back().second += entry.stored;
    }
    return parts;
}

int show(const backup::BackupFile& backup, bool json) {
    const backup::Manifest& manifest = backup.manifest();
    if (json)
        return fmt::print("{}", backup::to_text(manifest)), kExitDone;
    const Ink ink(shows_colours(1));
    fmt::print("{}\n", ink.bold(harmless(manifest.company_name)));
    fmt::print("  events 1 to {}, the last of {}\n", manifest.revisions,
               to_text(manifest.last_recorded_at));
    fmt::print("  made {} by {}\n", to_text(manifest.made_at), harmless(manifest.software));
    fmt::print("  company {}, line {}, epoch {}\n", to_text(manifest.company),
               to_text(manifest.log_id), manifest.epoch);
    fmt::print("  state hash {} (form {})\n", to_hex(manifest.state.hash), manifest.state.form);
    if (const JsonObject* summary = manifest.summary.if_object())
        for (const auto& [name, value] : *summary)
            fmt::print("  {}  {}\n", padded_right(harmless(name), 14),
                       harmless(summary_text(value)));
    for (const auto& [part, bytes] : parts_of(backup))
        fmt::print("  {}\n", ink.dim(padded_right(part, 14) + fmt::format("  {} bytes", bytes)));
    return kExitDone;
}

int compare(const backup::BackupFile& a, const InspectOptions& options) {
    int exit_code = kExitDone;
    const auto b = open_backup(options.other, options.pass_phrase_file, exit_code);
    if (!b)
        return exit_code;
    const auto found = backup::compare(a, *b);
    if (!found)
        return print_unsound(options.file + ", " + options.other, found.error());
    Json told;
    told.set("common", found->common);
    told.set("only_in_first", found->only_a);
    told.set("only_in_second", found->only_b);
    fmt::print("{}\n",
               options.json ? to_json(told) : comparison_sentence(*found, Language::english));
    return kExitDone;
}

int inspect(const InspectOptions& options) {
    int exit_code = kExitDone;
    const auto backup = open_backup(options.file, options.pass_phrase_file, exit_code);
    if (!backup)
        return exit_code;
    return options.other.empty() ? show(*backup, options.json) : compare(*backup, options);
}

} // namespace

void add_inspect(Command& program, int& exit_code) {
    auto options = std::make_shared<InspectOptions>();
    Command command = program.add_subcommand(
        "inspect", "Show what a backup holds, without restoring it; or, of two backups, what they\n"
                   "have in common. Only the seal and the signature are checked: see verify.");
    command.add_option("FILE", options->file, "a backup").required();
    command.add_option("OTHER", options->other, "another one, to compare with");
    command.add_option(kPassPhraseOption, options->pass_phrase_file,
                       "of a sealed backup: a file whose first line is its pass phrase");
    command.add_flag("--json", options->json, "print JSON: the manifest, or the comparison");
    command.footer("daybook inspect sunday.daybook\n"
                   "daybook inspect sunday.daybook friday.daybook");
    command.callback([options, &exit_code] { exit_code = inspect(*options); });
}

} // namespace daybook::api

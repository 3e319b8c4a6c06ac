#include "api/cli/ink.h"
#include "api/cli/reading.h"
#include "api/cli/restore_options.h"
#include "engine/adapters/terminal.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

const JsonArray& items_of(const Json& json, std::string_view member) {
    static const JsonArray kNone;
    const Json* items = json.find(member);
    return items && items->if_array() ? *items->if_array() : kNone;
}

void print_counts(const Json& report, const Ink& ink) {
    if (const Json* counts = report.find("counts"); counts && counts->if_object())
        for (const auto& [name, count] : *counts->if_object())
            fmt::print("  {}{}\n", padded_right(name, 14), to_json(count));
    for (const Json& sum : items_of(report, "sums"))
        fmt::print("  {}receivable {}, credit {}, unallocated {}\n",
                   padded_right(member_text(sum, "currency"), 14), member_text(sum, "receivable"),
                   member_text(sum, "credit_open"), member_text(sum, "unallocated"));
    const auto& unknown = items_of(report, "documents_unknown");
    if (unknown.empty())
        return;
    fmt::print("  {}\n", ink.bold("Issued, and not in the restored book:"));
    constexpr std::size_t kShown = 20; // --json has more.
    for (std::size_t i = 0; i < std::min(unknown.size(), kShown); ++i)
        fmt::print("  {}  {}\n", padded_right(member_text(unknown[i], "number"), 20),
                   member_text(unknown[i], "total"));
    if (unknown.size() > kShown)
        fmt::print("  … and {} more\n", unknown.size() - kShown);
}

void print_replaced(const Json& replaced) {
    fmt::print("  instead of epoch {} of {}, at revision {}: {} of its events are in the backup, "
               "{} are not\n",
               member_text(replaced, "epoch"), harmless(member_text(replaced, "name")),
               member_text(replaced, "revision"), member_text(replaced, "shared"),
               member_text(replaced, "events_only_there"));
}

void print_warnings(const Json& report, const Ink& ink) {
    for (const Json& warning : items_of(report, "warnings"))
        fmt::print(stderr, "{}\n", ink.yellow(harmless(member_text(warning, "detail"))));
}

// An ordinary rollback: the company stays what it is.
void print_gone_back(const Json& report, bool dry_run, const Ink& ink) {
    const auto& returned = items_of(report, "returned");
    fmt::print("{} {} to event {}, which the backup holds: {} things.\n",
               member_text(report, "company_id"), dry_run ? "would go back" : "went back",
               member_text(report, "at"), returned.size());
    print_counts(report, ink);
    if (dry_run)
        fmt::print("Nothing was written.\n");
    else if (returned.empty())
        fmt::print("Nothing had to go back; nothing was written.\n");
    else
        fmt::print("Written up to revision {0}; `daybook undo {0}` takes it back.\n",
                   member_text(report, "revision"));
    print_warnings(report, ink);
}

} // namespace

void print_restore_report(const Json& report, bool dry_run) {
    const Ink ink(shows_colours(1));
    if (member_text(report, "mode") == "into")
        return print_gone_back(report, dry_run, ink);
    if (dry_run)
        fmt::print("{} events would be restored as {}.\n", member_text(report, "at"),
                   harmless(member_text(report, "name")));
    else
        fmt::print("Restored {} events as company {}, {}; root and state hash are those of the "
                   "backup.\n",
                   member_text(report, "restored"), member_text(report, "company_id"),
                   harmless(member_text(report, "name")));
    if (const Json* replaced = report.find("replaces"); replaced && !replaced->is_null())
        print_replaced(*replaced);
    print_counts(report, ink);
    fmt::print("{}\n", dry_run ? "Nothing was written."
                               : "It is standby: activate it once it is clear what became of the "
                                 "original.");
    print_warnings(report, ink);
}

} // namespace daybook::api

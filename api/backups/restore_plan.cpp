// What is known before a restore, and what it goes by.
#include "api/backups/restore_company.h"
#include "api/or_problem.h"
#include "api/routing/moment.h"
#include "engine/command/fork_facts.h"
#include "engine/command/opening.h"
#include "engine/log/common_prefix.h"
#include "projections/search_text.h"

#include <algorithm>

namespace daybook::api {
namespace {

using domain::Code;

std::unexpected<Problem> no(Code code, std::string detail) {
    return std::unexpected(problem_of(domain::Refusal{code, std::move(detail), {}, {}, {}}));
}

Result<domain::CompanyState> company_at(const projections::Snapshot& snapshot, CompanyId book) {
    const auto row = TRY(snapshot.find({EntityKind::company, book.value}));
    const auto* company = row ? std::get_if<domain::CompanyState>(&row->state) : nullptr;
    if (!company)
        return fail(ErrorKind::corrupt, "the records leave no company");
    return *company;
}

Result<domain::CompanyState> company_now(const Service& service,
                                         const command::CompanyLine& where) {
    const auto snapshot = TRY(service.views().snapshot(where.line));
    return company_at(*snapshot, where.book);
}

Result<std::string> name_inside(const InspectedBackup& backup, Revision until) {
    const BackupBooks& books = *backup.books;
    const auto snapshot = TRY(books.views().snapshot_at(books.where().line, until));
    return TRY(company_at(*snapshot, books.where().book)).profile.party.name;
}

// "Atelier Martin", or "Atelier Martin (2)" where a company here is called so. Names are compared
// as people do.
std::string free_name(const Service& service, const std::string& name) {
    std::vector<std::string> taken;
    for (const command::CompanyLine& where : service.directory()->current())
        if (const auto company = company_now(service, where))
            taken.push_back(projections::fold_text(company->profile.party.name));
    std::string free = name;
    for (int n = 2; std::ranges::find(taken, projections::fold_text(free)) != taken.end(); ++n)
        free = name + " (" + std::to_string(n) + ")";
    return free;
}

bool begins_with(const log::LogReader& log, log::LineNumber line, const log::LineHead& records) {
    const auto head = log.head(line);
    if (!head || head->revision < records.revision)
        return false;
    const auto root = log.root_at(line, records.revision);
    return root && *root == records.root;
}

// Records whose state the books are: their own up to `until` or, where they are an opening, those
// that were left out.
Result<std::vector<log::LineHead>> told_by(const BackupBooks& books, Revision until) {
    std::vector<log::LineHead> told(1);
    told.front().revision = until;
    told.front().root = TRY(books.log().root_at(books.where().line, until));
    if (const auto opening = TRY(command::find_opening(books.log(), books.where().line)))
        told.push_back({opening->of.revision, opening->of.root});
    return told;
}

// Books here that begin with the same records: restored before, copied, or the original itself.
Result<std::vector<command::CompanyLine>>
same_books(const Service& service, const InspectedBackup& backup, Revision until) {
    const auto told = TRY(told_by(*backup.books, until));
    std::vector<command::CompanyLine> same;
    for (const command::CompanyLine& where : service.directory()->current())
        if (std::ranges::any_of(told, [&](const log::LineHead& records) {
                return begins_with(service.log(), where.line, records);
            }))
            same.push_back(where);
    return same;
}

// How many records of the book here the file's tell of.
Result<Revision> shared_with(const log::LogReader& log, log::LineNumber line,
                             const BackupBooks& books, Revision until) {
    if (const auto opening = TRY(command::find_opening(books.log(), books.where().line));
        opening && begins_with(log, line, {opening->of.revision, opening->of.root}))
        return opening->of.revision;
    return log::common_prefix(log, line, books.log(), books.where().line, until);
}

void add_missing(std::vector<OnlyInParent>& documents, const std::vector<OnlyInParent>& others) {
    for (const OnlyInParent& other : others)
        if (std::ranges::find(documents, other) == documents.end())
            documents.push_back(other);
}

void warn_of_the_file(const InspectedBackup& backup, RestorePlan& plan) {
    if (!backup.ledger.is_sound())
        plan.warnings.push_back(
            {"books_unbalanced", std::to_string(backup.ledger.found) + " findings, the first: "
                                     + backup.ledger.findings.front().where + ": "
                                     + backup.ledger.findings.front().what});
    if (backup.verified.persons_absent > 0)
        plan.warnings.push_back({"persons_erased", std::to_string(backup.verified.persons_absent)
                                                       + " pieces of personal data are named and "
                                                         "not there"});
    if (!plan.documents.empty())
        plan.warnings.push_back(
            {"documents_unknown", std::to_string(plan.documents.size())
                                      + " issued documents will not be in the restored book; their "
                                        "numbers are not given again"});
}

void warn_of_those_here(const Service& service, const std::vector<command::CompanyLine>& same,
                        const std::optional<Replaced>& replaced, RestorePlan& plan) {
    for (const command::CompanyLine& where : same) {
        if (replaced && replaced->where.company == where.company)
            continue;
        const auto company = company_now(service, where);
        plan.warnings.push_back(
            {"same_books_here", "the same books are here as company " + to_text(where.company)
                                    + (company ? ", " + company->profile.party.name : "")
                                    + ": two live copies would give the same numbers twice"});
    }
    if (plan.second_of_name)
        plan.warnings.push_back({"name_taken", "a company of that name is here; the restored one "
                                               "is called "
                                                   + plan.name});
}

std::expected<void, Problem> check_allowed(const InspectedBackup& backup,
                                           const Restoration& wanted) {
    if (wanted.force)
        return {};
    if (!backup.ledger.is_sound()) {
        Problem refused = problem(422, "books_unbalanced",
                                  std::to_string(backup.ledger.found)
                                      + " findings; force=true "
                                        "restores them all the same");
        for (const audit::Finding& finding : backup.ledger.findings)
            refused.faults.push_back({"", "books_unbalanced", finding.where + ": " + finding.what});
        return std::unexpected(std::move(refused));
    }
    if (wanted.replaces && wanted.replaces->where.book != backup.books->where().book)
        return std::unexpected(problem(409, "other_company",
                                       "the backup is of " + backup.file->manifest().company_name
                                           + "; force=true replaces the book all the same"));
    return {};
}

} // namespace

Problem backup_problem(const Error& error) {
    switch (error.kind) {
    case ErrorKind::invalid:
        return problem(422, "unknown_format", error.what);
    case ErrorKind::unsupported:
        return problem(422, "newer_format", error.what);
    case ErrorKind::corrupt:
        return problem(422, "backup_damaged", error.what);
    default:
        return problem_of(error);
    }
}

std::expected<Revision, Problem> moment_inside(const InspectedBackup& backup,
                                               std::optional<std::string_view> at) {
    const BackupBooks& books = *backup.books;
    if (!at)
        return books.head();
    const Revision first = TRY(or_problem(command::first_kept(books.log(), books.where().line)));
    const auto not_kept = [&] {
        return no(Code::history_not_kept,
                  "the history of the backup begins at revision " + std::to_string(first));
    };
    const Moment moment = TRY(read_moment("at", *at));
    if (const auto* instant = std::get_if<Timestamp>(&moment)) {
        const Revision found =
            TRY(or_problem(books.views().revision_at(books.where().line, *instant)));
        if (found < first)
            return not_kept();
        if (found == 0)
            return no(Code::not_yet_created, "the books begin after that moment");
        return found;
    }
    const Revision revision = std::get<Revision>(moment);
    if (revision == 0)
        return bad_parameter("at", "the first revision is 1");
    if (revision > books.head())
        return no(Code::as_of_in_future,
                  "the backup ends at revision " + std::to_string(books.head()));
    if (revision < first)
        return not_kept();
    const auto commit = TRY(or_problem(books.views().commit_of(books.where().line, revision)));
    if (commit.second != revision)
        return no(Code::inside_commit,
                  "the commit ends at revision " + std::to_string(commit.second));
    return revision;
}

std::expected<Replaced, Problem> look_at_replaced(const Service& service,
                                                  const InspectedBackup& backup, Revision until,
                                                  CompanyId company) {
    const auto directory = service.directory();
    const auto* where = directory->find(company);
    if (!where)
        return no(Code::not_found, "no such company");
    const log::LogReader& log = service.log();
    Replaced found;
    found.where = *where;
    const auto head = TRY(or_problem(log.head(where->line)));
    found.seen = {where->line, head.revision};
    found.name = TRY(or_problem(company_now(service, *where))).profile.party.name;
    found.shared = TRY(or_problem(shared_with(log, where->line, *backup.books, until)));
    found.floors = TRY(or_problem(command::series_floors(log, where->line)));
    found.documents = TRY(or_problem(command::issued_after(log, where->line, found.shared)));
    return found;
}

std::expected<RestorePlan, Problem>
plan_restore(const Service& service, const InspectedBackup& backup, const Restoration& wanted) {
    TRY(check_allowed(backup, wanted));
    const BackupBooks& books = *backup.books;
    RestorePlan plan;
    const std::string name = TRY(or_problem(name_inside(backup, wanted.until)));
    plan.name = wanted.replaces ? name : free_name(service, name);
    plan.second_of_name = plan.name != name;
    plan.floors = TRY(or_problem(command::series_floors(books.log(), books.where().line)));
    plan.documents =
        TRY(or_problem(command::issued_after(books.log(), books.where().line, wanted.until)));
    const auto same = TRY(or_problem(same_books(service, backup, wanted.until)));
    for (const command::CompanyLine& where : same)
        plan.floors =
            command::farther(std::move(plan.floors),
                             TRY(or_problem(command::series_floors(service.log(), where.line))));
    if (wanted.replaces) {
        plan.floors = command::farther(std::move(plan.floors), wanted.replaces->floors);
        add_missing(plan.documents, wanted.replaces->documents);
        if (wanted.replaces->where.book != books.where().book)
            plan.warnings.push_back({"other_company", "the backup is of "
                                                          + backup.file->manifest().company_name
                                                          + ", not of " + wanted.replaces->name});
    }
    warn_of_the_file(backup, plan);
    warn_of_those_here(service, same, wanted.replaces, plan);
    return plan;
}

} // namespace daybook::api

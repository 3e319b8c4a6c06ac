// A file on its way into a company: read, planned against the company as it is, and submitted.
// The same two steps serve POST /imports, its preview, and `daybook import`.
#pragma once

#include "api/problem.h"
#include "api/service.h"
#include "engine/domain/commands.h"

#include <expected>
#include <span>
#include <string>

namespace daybook::api {

struct ImportSource {
    std::string file_name;
    std::string bytes;
    std::vector<NamedText> options; // engine/import/import_options.h
};

// What the file asks for, whichever kind of file it is.
struct PlannedImport {
    domain::Command command; // ImportBooks or ImportList
    ImportRecorded record;
    std::vector<command::NewPerson> persons;
    std::uint64_t units = 0;
    std::string unit = "documents"; // Or "rows".
};

// Everything that can be wrong with the file is said here; nothing is written. What it is, its
// bytes tell, CSV or a workbook, and its header: documents line by line, or a list of clients or
// products. A workbook can only be a list.
std::expected<PlannedImport, Problem> plan(Service& service, CompanyId company,
                                           const ImportSource& source);

// What goes to the sequencer. `channel` says where from: "import" or "cli".
command::Submission import_submission(CompanyId company, PlannedImport planned, Actor actor,
                                      Source source);

// {import_id, file, counts:{…}, sums:[…], differences:[…], warnings:[…]}, amounts as text.
Json import_report(const ImportRecorded& record);

} // namespace daybook::api

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

// Everything that can be wrong with the file is said here; nothing is written.
std::expected<domain::ImportBooks, Problem> plan(Service& service, CompanyId company,
                                                 const ImportSource& source);

// What goes to the sequencer. `channel` says where from: "import" or "cli".
command::Submission import_submission(CompanyId company, domain::ImportBooks books, Actor actor,
                                      Source source);

// {import_id, file, counts:{…}, sums:[…], differences:[…], warnings:[…]}, amounts as text.
Json import_report(const ImportRecorded& record);

} // namespace daybook::api

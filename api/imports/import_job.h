// An import as an operation: planned first, so that a file with a flaw is refused at once; then
// noted, and either proposed or run, in one commit.
#pragma once

#include "api/imports/import_run.h"
#include "api/operations/operation_answer.h"

namespace daybook::api {

enum class ImportStart { at_once, propose };

struct ImportRequest {
    CompanyId company;
    ImportSource source;
    ImportStart start = ImportStart::at_once;
    command::Submission asked; // Actor, source, idempotency key and request hash of the caller.
};

// What an import did, or would do: {company_id, …} with the members of import_report().
Json report_of(CompanyId company, const ImportRecorded& record);
// Runs on the service's worker; calls back once: when it has ended, or with what is under way after
// that long. Zero: as soon as the operation is noted.
void start_import(Service& service, Operations& operations, ImportRequest request,
                  std::chrono::seconds wait, OperationAnswered answered);
// A proposal: run it as it was proposed, or drop it.
void run_proposal(Service& service, Operations& operations, const Uuid& id, const Actor& actor,
                  OperationAnswered answered);
void discard_proposal(Service& service, Operations& operations, const Uuid& id,
                      const OperationAnswered& answered);

} // namespace daybook::api

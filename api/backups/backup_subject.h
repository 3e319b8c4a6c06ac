// Of what a backup is made, chosen before it is: books that records never change may go on being
// worked with. And how the file is called: "Atelier Martin 2026-11-22.daybook".
#pragma once

#include "api/service.h"
#include "engine/backup/writer.h"

#include <string>

namespace daybook::api {

struct BackupSubject {
    backup::Subject subject;
    std::string name; // Suggested, with its extension; anybody's file system takes it.
};

// The books as the views show them now, which is at a commit end. ErrorKind::busy when they show
// nothing yet, invalid when there is no such company.
Result<BackupSubject> backup_subject(Service& service, CompanyId company);

// Slashes and control characters become dashes; what would be hidden or an option is prefixed.
std::string backup_name(const std::string& company, Date day);

// What a person may call a file: 1 to 200 bytes, without slashes and control characters, and no
// path ("." or ".."). Ends in ".daybook" afterwards.
std::optional<std::string> file_name_of(std::string name);

} // namespace daybook::api

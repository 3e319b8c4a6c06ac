// The commands of backup files, and what those that read one have in common.
#pragma once

#include "api/cli/command_line.h"
#include "engine/backup/backup_file.h"

#include <optional>
#include <string>

namespace daybook::api {

void add_backup(Command& program, int& exit_code);
void add_inspect(Command& program, int& exit_code);
void add_verify(Command& program, int& exit_code);
void add_restore(Command& program, int& exit_code);
void add_repair(Command& program, int& exit_code);

// Opens FILE, with a progress bar; one that is sealed with the pass phrase in that file. Prints why
// not, as print_unsound() does, and sets the exit code.
std::optional<backup::BackupFile> open_backup(const std::string& path,
                                              const std::string& pass_phrase_file, int& exit_code,
                                              bool json = false);

// Not an argument: those are shown to everybody who lists processes.
inline constexpr const char* kPassPhraseOption = "--pass-phrase-file";
// The first line of a file. Prints why not and sets the exit code.
std::optional<std::string> read_pass_phrase(const std::string& path, int& exit_code);

// Prints "path: what", and is the exit code of that error: not sound, or cannot tell. As JSON
// {sound: false, or null when it cannot tell, findings: [{where, what}]} too.
int print_unsound(const std::string& path, const Error& error, bool json = false);
// Likewise of what is no fault of the file: a pass phrase, a checkpoint of another book.
int print_cannot_tell(const std::string& path, const std::string& what, bool json = false);
// It is sealed, and nothing says with what.
int print_sealed(const std::string& path, bool json = false);

} // namespace daybook::api

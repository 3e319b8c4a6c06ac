#include "api/cli/backup_file.h"

#include "api/cli/ink.h"
#include "api/cli/progress_bar.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/backup/sealed_files.h"
#include "events/base/json.h"

#include <algorithm>

#include <fmt/format.h>

namespace daybook::api {

namespace {

int print_verdict(const std::string& path, const std::string& what, int exit_code, bool json) {
    fmt::print(stderr, "{}: {}\n", path, harmless(what));
    if (!json)
        return exit_code;
    Json finding, told;
    finding.set("where", path);
    finding.set("what", what);
    told.set("sound", exit_code == kExitRefused ? Json(false) : Json());
    told.set("findings", JsonArray{std::move(finding)});
    fmt::print("{}\n", to_json(told));
    return exit_code;
}

} // namespace

int print_unsound(const std::string& path, const Error& error, bool json) {
    const bool unsound = error.kind == ErrorKind::corrupt || error.kind == ErrorKind::invalid;
    return print_verdict(path, error.what, unsound ? kExitRefused : kExitCannotTell, json);
}

int print_cannot_tell(const std::string& path, const std::string& what, bool json) {
    return print_verdict(path, what, kExitCannotTell, json);
}

int print_sealed(const std::string& path, bool json) {
    return print_cannot_tell(
        path, fmt::format("sealed; {} names a file with its pass phrase", kPassPhraseOption), json);
}

std::optional<std::string> read_pass_phrase(const std::string& path, int& exit_code) {
    auto text = PosixFiles().read_all(path);
    if (!text) {
        exit_code = print_unsound(path, text.error());
        return std::nullopt;
    }
    text->resize(std::min(text->size(), text->find_first_of("\r\n")));
    if (text->size() < backup::kPassPhraseMin || text->size() > backup::kPassPhraseMax) {
        fmt::print(stderr, "{}: a pass phrase has {} to {} bytes\n", path, backup::kPassPhraseMin,
                   backup::kPassPhraseMax);
        exit_code = kExitCannotTell;
        return std::nullopt;
    }
    return *std::move(text);
}

namespace {

// What is sealed, opened; anything else as it is.
std::unique_ptr<ReadableFile> unsealed(std::unique_ptr<ReadableFile> file, const std::string& path,
                                       const std::string& pass_phrase_file, int& exit_code,
                                       bool json) {
    const auto sealed = backup::is_sealed(*file);
    if (sealed && !*sealed)
        return file;
    if (!sealed) {
        exit_code = print_unsound(path, sealed.error(), json);
        return nullptr;
    }
    if (pass_phrase_file.empty()) {
        exit_code = print_sealed(path, json);
        return nullptr;
    }
    const auto pass_phrase = read_pass_phrase(pass_phrase_file, exit_code);
    if (!pass_phrase)
        return nullptr;
    auto opened = backup::unseal(std::move(file), *pass_phrase);
    if (opened)
        return *std::move(opened);
    const Error& why = opened.error(); // Of another pass phrase nothing follows about the file.
    exit_code = why.kind == ErrorKind::invalid ? print_cannot_tell(path, why.what, json)
                                               : print_unsound(path, why, json);
    return nullptr;
}

} // namespace

std::optional<backup::BackupFile> open_backup(const std::string& path,
                                              const std::string& pass_phrase_file, int& exit_code,
                                              bool json) {
    PosixLargeFiles files;
    auto file = files.open_for_reading(path);
    if (!file) {
        exit_code = print_unsound(path, file.error(), json);
        return std::nullopt;
    }
    auto plain = unsealed(*std::move(file), path, pass_phrase_file, exit_code, json);
    if (!plain)
        return std::nullopt;
    ProgressBar bar("reading", "bytes");
    auto opened = backup::BackupFile::open(
        std::move(plain), [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (opened)
        return *std::move(opened);
    exit_code = print_unsound(path, opened.error(), json);
    return std::nullopt;
}

} // namespace daybook::api

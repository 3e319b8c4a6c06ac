#include "api/cli/command_line.h"
#include "api/cli/ink.h"
#include "api/cli/source.h"
#include "engine/adapters/posix_files.h"
#include "engine/adapters/random_ids.h"
#include "engine/adapters/system_clock.h"
#include "engine/custody/time_stamp.h"
#include "engine/log/checkpoint.h"

#include <fmt/format.h>

namespace daybook::api {
namespace {

struct StampOptions {
    std::string checkpoint;
    std::string authority;
    std::string stamp;
    std::string trust;
};

int fails(const Error& error, int exit_code) {
    fmt::print(stderr, "{}\n", error.what);
    return exit_code;
}

Result<std::string> ask(const std::string& authority, const std::string& text) {
    SystemClock clock;
    const custody::Nonce nonce = RandomIds(clock).next_salt();
    Request request;
    request.method = "POST";
    request.headers = {{"content-type", "application/timestamp-query"},
                       {"accept", "application/timestamp-reply"}};
    request.body = custody::time_stamp_query(text, nonce);
    Response response = TRY(remote_books(authority)->ask(std::move(request)));
    if (response.status != 200)
        return fail(ErrorKind::io,
                    fmt::format("{} answers with status {}", authority, response.status));
    TRY(custody::read_time_stamp(response.body, text, &nonce));
    return std::move(response.body);
}

int stamp(const StampOptions& options) {
    PosixFiles files;
    const auto text = files.read_all(options.checkpoint);
    if (!text)
        return fails(text.error(), kExitCannotTell);
    if (const auto checkpoint = log::read_checkpoint(*text); !checkpoint)
        return fails(checkpoint.error(), kExitCannotTell);
    if (!options.authority.empty()) {
        const auto answer = ask(options.authority, *text);
        if (!answer)
            return fails(answer.error(), kExitRefused);
        if (const auto written = files.replace(options.stamp, *answer, 0644); !written)
            return fails(written.error(), kExitCannotTell);
    }
    const auto answer = files.read_all(options.stamp);
    if (!answer)
        return fails(answer.error(), kExitCannotTell);
    Result<std::string> trusted = std::string();
    if (!options.trust.empty())
        trusted = files.read_all(options.trust);
    if (!trusted)
        return fails(trusted.error(), kExitCannotTell);
    const auto told = options.trust.empty() ? custody::read_time_stamp(*answer, *text)
                                            : custody::verify_time_stamp(*answer, *text, *trusted);
    if (!told)
        return fails(told.error(), kExitRefused);
    fmt::print("{} was there at {}; the stamp's number is {}.\n", harmless(options.checkpoint),
               to_text(told->at), told->serial);
    if (options.trust.empty())
        fmt::print("  Whose stamp that is was not looked at: --trust does.\n");
    return kExitDone;
}

} // namespace

void add_stamp(Command& program, int& exit_code) {
    auto options = std::make_shared<StampOptions>();
    Command command = program.add_subcommand(
        "stamp",
        "Have an authority say that a checkpoint was there at a time (RFC 3161), or check\n"
        "that it said so. It is sent a hash, not the checkpoint. Exit code 0: it was; 1:\n"
        "refused, or of another text, or signed by nobody whom --trust knows.");
    command.add_option("CHECKPOINT", options->checkpoint, "a checkpoint's text").required();
    command.add_option("--authority", options->authority,
                       "address of the authority to ask; else the stamp is there and is checked");
    command.add_option("--stamp", options->stamp, "its answer: where it is kept").required();
    command
        .add_option("--trust", options->trust,
                    "certificates (PEM) of whom you trust to vouch for the authority")
        .existing_file();
    command.footer("daybook stamp checkpoint.txt --authority https://tsa.example/ "
                   "--stamp checkpoint.tsr\n"
                   "daybook stamp checkpoint.txt --stamp checkpoint.tsr --trust authority.pem");
    command.callback([options, &exit_code] { exit_code = stamp(*options); });
}

} // namespace daybook::api

#include "api/book_verifier.h"

#include "engine/audit/verify.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace daybook::api {
namespace {

constexpr std::chrono::minutes kFirstAfter{1}; // Whoever starts a server wants to see his books.

NamedText counted(std::string_view name, std::uint64_t count) {
    return {std::string(name), std::to_string(count)};
}

std::string result_of(const audit::Report& report) {
    if (report.is_sound())
        return std::string(custody::kVerified);
    std::string result = to_text(report.findings.front());
    if (report.found > 1)
        result += " (and " + std::to_string(report.found - 1) + " more)";
    return result;
}

} // namespace

BookVerifier::BookVerifier(Application& application, Custody& custody, std::chrono::seconds every)
    : application_(application),
      custody_(custody),
      every_(every),
      due_at_(application.clock().monotonic()
              + std::min<std::chrono::nanoseconds>(every, kFirstAfter)) {}

BookVerifier::~BookVerifier() { stops_ = true; }

void BookVerifier::step() {
    const std::chrono::nanoseconds now = application_.clock().monotonic();
    if (every_.count() == 0 || application_.damage() || now < due_at_ || works_.exchange(true))
        return;
    due_at_ = now + every_;
    thread_.post([this] {
        verify();
        works_ = false;
    });
}

void BookVerifier::verify() {
    const std::chrono::nanoseconds began = application_.clock().monotonic();
    audit::VerifyOptions options;
    options.large_files = &large_files_;
    options.stops = [this] { return stops_.load(); };
    const auto report = audit::verify_running(
        files_, application_.data_directory(), [this] { return application_.freeze(); }, options);
    if (stops_)
        return;
    if (report)
        note(*report, application_.clock().monotonic() - began);
    else
        spdlog::error("the books were not verified: {}", report.error().what);
}

void BookVerifier::note(const audit::Report& report, std::chrono::nanoseconds took) {
    VerificationRun run;
    run.log_id = application_.realm();
    run.epoch = 1;
    run.target = custody::kOwnBooks;
    run.result = result_of(report);
    run.options = {counted(custody::kEvents, report.events), counted("groups", report.groups),
                   counted("checkpoints", report.checkpoints), counted("files", report.files)};
    run.duration_micros = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    for (const audit::Finding& finding : report.findings)
        spdlog::error("the books are not sound: {}", to_text(finding));
    if (const auto noted = custody_.note_and_wait({EntityKind::instance, application_.realm()},
                                                  {run}, by_system());
        !noted)
        spdlog::error("a verification is not noted: {}", noted.error().what);
}

} // namespace daybook::api

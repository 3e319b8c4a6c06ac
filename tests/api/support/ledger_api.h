// The reading half of the server over a log that a test writes event by event: for what no command
// brings about yet, or only at length. Nothing can be submitted.
#pragma once

#include "api/handlers/diff.h"
#include "api/handlers/events.h"
#include "api/handlers/history.h"
#include "api/handlers/proofs.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/adapters/zones.h"
#include "tests/api/support/api_harness.h"
#include "tests/projections/views_fixture.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/fixed_ids.h"

#include <algorithm>
#include <string>

namespace daybook::tests {

class LedgerService final : public api::Service {
  public:
    explicit LedgerService(Books& books) : books_(books) {}

    // Company and the line that holds its book.
    void opened(CompanyId company, log::LineNumber line) {
        directory_.apply(CompanyOpened{company, uuid(500 + line), 1, line, "books"});
    }

    std::shared_ptr<const command::Directory> directory() const override {
        return std::make_shared<command::Directory>(directory_);
    }
    const log::LogReader& log() const override { return books_.log; }
    log::EventLog& watchable_log() override { return books_.log; }
    const projections::Views& views() const override { return *books_.views; }
    void submit(command::Submission, command::Done) override {
        CHECK(false, "a test of reading submits nothing");
    }
    void copy_line(log::LineNumber, Revision, Copied, CopyEnded ended) override {
        ended(fail(ErrorKind::unsupported, "these books are only read"));
    }
    void fill_line(FillStep, Filled filled) override {
        filled(fail(ErrorKind::unsupported, "these books are only read"));
    }
    void drop_line(log::LineNumber) override {}
    void when_shown(std::function<void()> then) override { then(); }
    void work(std::function<void()> job) override { job(); }
    void file_work(std::function<void()> job) override { job(); }
    log::BlobStore& blobs() override { return *blobs_; }
    Result<std::string> checkpoint(const command::CompanyLine& where, Revision size) override {
        return log::sign_checkpoint(key_, log::checkpoint_origin(where.log_id, where.epoch),
                                    {size, ok(books_.log.root_at(where.line, size))});
    }
    Result<std::vector<std::string>> kept_checkpoints(const command::CompanyLine&) override {
        return std::vector<std::string>{};
    }
    log::PublicKey public_key() const override { return key_.public_key(); }
    Clock& clock() override { return clock_; }
    IdSource& ids() override { return ids_; }
    std::optional<Date> local_date(Timestamp at, const std::string& zone) const override {
        return daybook::local_date(at, zone);
    }
    const Uuid& realm() const override { return kRealm; }
    const std::string& software() const override { return software_; }
    const std::string& data_directory() const override { return software_; }
    std::optional<std::string> damage() const override { return std::nullopt; }
    std::optional<std::string> clock_trouble() const override { return std::nullopt; }
    std::uint64_t disk_free() const override { return 0; }

  private:
    Books& books_;
    TempDirectory files_directory_;
    PosixFiles files_;
    PosixLargeFiles large_files_;
    std::unique_ptr<log::BlobStore> blobs_ =
        ok(log::BlobStore::open(files_, large_files_, files_directory_ / "blobs"));
    command::Directory directory_;
    FixedClock clock_;
    FixedIds ids_;
    log::SigningKey key_ = log::SigningKey::generate();
    std::string software_ = "test";
};

// kCompany's book is line 1, empty at first.
class LedgerApi {
  public:
    LedgerApi() { service_.opened(kCompany, kLine); }

    Books& books() { return books_; }
    LedgerService& service() { return service_; }
    // Records and shows a commit; the revision it ends at.
    Revision commit(const std::vector<Happened>& happened) {
        books_.commit(happened);
        return books_.ledger.now().revision;
    }

    // Paths below the company.
    Answer get(const std::string& target, Api::Headers headers = {}) {
        const auto parsed =
            api::parse_target("/api/v1/companies/" + to_text(kCompany) + target).value();
        api::Request request;
        request.method = "GET";
        request.path = parsed.path;
        request.segments = parsed.segments;
        request.query = parsed.query;
        request.headers = std::move(headers);
        Answer answer;
        router_.dispatch(std::move(request), service_,
                         [&](api::Response response) { answer = Api::read(std::move(response)); });
        return answer;
    }

  private:
    std::vector<api::Route> routes() const {
        std::vector<api::Route> all;
        for (auto make : {api::company_routes, api::client_routes, api::invoice_routes,
                          api::history_routes, api::diff_routes, api::event_routes})
            for (api::Route& route : make())
                all.push_back(std::move(route));
        std::ranges::move(api::proof_routes(*custody_), std::back_inserter(all));
        return all;
    }

    Books books_;
    LedgerService service_{books_};
    std::unique_ptr<api::Custody> custody_ = ok(api::Custody::open(service_));
    api::Router router_{routes()};
};

inline Happened company_created(CompanyId company = kCompany, std::string_view name = "Atelier") {
    CompanyProfile profile = french_company();
    profile.party.name = std::string(name);
    return {{EntityKind::company, company.value}, CompanyCreated{profile}};
}
inline Happened client_created(std::string_view name, ClientId client = kClient) {
    return {{EntityKind::client, client.value}, ClientCreated{business(name)}};
}
inline Happened client_changed(std::string_view name, ClientId client = kClient) {
    return {{EntityKind::client, client.value}, ClientChanged{business(name), {"name"}}};
}
inline Happened client_returned(Version to, ClientId client = kClient) {
    return {{EntityKind::client, client.value}, Returned{to}};
}
inline Happened rolled_back(Revision to) {
    return {{EntityKind::timeline, kCompany.value}, CompanyRolledBack{.to = to}};
}

} // namespace daybook::tests

// The whole way of a request, to the real server and back: 1, 4, 16 and 64 writers beside one
// writer and beside a file that is appended to and synced as often; and reading as of beside
// reading now. The server is a process of its own on a directory of its own; the clients are
// threads here, with one connection each, so on two processors the clients take their share.
#include "bench/harness.h"
#include "bench/server.h"
#include "tests/support/raw_http.h"
#include "tests/support/temp_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <thread>

namespace daybook::bench {
namespace {

constexpr int kWriters[] = {4, 16, 64};
constexpr const char* kCompany =
    R"({"name":"Gifts Ltd","country":"GB","currency":"GBP","locale":"en-GB",)"
    R"("time_zone":"Europe/London"})";
constexpr const char* kClient =
    R"({"name":"Café Olé","address":{"line1":"3 place Bellecour","postal_code":"69002",)"
    R"("city":"Lyon","country":"FR"}})";

class Client {
  public:
    explicit Client(std::uint16_t port) : connection_(port) {}

    std::string call(std::string_view method, std::string_view path, std::string_view body,
                     int status) {
        const std::string type = body.empty() ? "" : "Content-Type: application/json\r\n";
        CHECK(connection_.send(fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}"
                                           "Content-Length: {}\r\n\r\n{}",
                                           method, path, type, body.size(), body)),
              "the server takes a request");
        test::RawAnswer answer = connection_.read_answer();
        CHECK(answer.status == status, answer.body.c_str());
        return std::move(answer.body);
    }
    std::string get(std::string_view path) { return call("GET", path, "", 200); }
    std::string post(std::string_view path, std::string_view body) {
        return call("POST", path, body, 201);
    }

  private:
    test::RawClient connection_;
};

std::string id_in(std::string_view json) {
    constexpr std::string_view kName = R"("id":")";
    const std::size_t at = json.find(kName);
    CHECK(at != std::string_view::npos, "what was made has an id");
    return std::string(json.substr(at + kName.size(), 36));
}

std::uint64_t revision_in(std::string_view json) {
    constexpr std::string_view kName = R"("revision":)";
    const std::size_t at = json.find(kName);
    CHECK(at != std::string_view::npos, "the summary says its revision");
    return std::stoull(std::string(json.substr(at + kName.size(), 20)));
}

// Each writes its share, one after the other on a connection that stays open.
void write_clients(std::uint16_t port, const std::string& path, int writers, int commits) {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([=, &path] {
            Client client(port);
            for (int i = writer; i < commits; i += writers)
                client.post(path, kClient);
        });
}

// What a commit waits for at least: as many bytes as such a record has, on the disk.
void append_and_sync(const std::string& path, int appends) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string record(600, 'r');
    for (int i = 0; i < appends; ++i)
        CHECK(::write(file, record.data(), record.size()) > 0 && ::fdatasync(file) == 0,
              "a file takes bytes");
    ::close(file);
}

int run(const Options& options) {
    const tests::TempDirectory directory;
    const Server server(directory / "books");
    const std::uint16_t port = server.port();
    const std::string company =
        "/api/v1/companies/" + id_in(Client(port).post("/api/v1/companies", kCompany));
    const std::string clients = company + "/clients";
    const int commits = static_cast<int>(options.events);

    const Table writing("clients made over HTTP", "× as many a second as the peer");
    const Work one = [&] { write_clients(port, clients, 1, commits); };
    writing.row("1 writer, a file appended to and synced", times_as_fast(options.repeats, one, [&] {
                    append_and_sync(directory / "file", commits);
                }));
    for (const int writers : kWriters)
        writing.row(fmt::format("{} writers, 1 writer", writers),
                    times_as_fast(
                        options.repeats,
                        [&, writers] { write_clients(port, clients, writers, commits); }, one));
    writing.row("64 writers, a file appended to and synced",
                times_as_fast(
                    options.repeats, [&] { write_clients(port, clients, 64, commits); },
                    [&] { append_and_sync(directory / "file", commits); }));

    Client client(port);
    const std::string made = clients + "/" + id_in(client.post(clients, kClient));
    client.post(clients, kClient);
    const std::uint64_t head = revision_in(client.get(company + "/summary"));
    const Table reading("as of the commit before, over HTTP", "× as long as now");
    for (const auto& [name, path] : {std::pair{"one client", made},
                                     {"page of 50 clients", clients},
                                     {"summary", company + "/summary"}}) {
        const std::string before = fmt::format("{}?as_of=@{}", path, head - 1);
        reading.row(name,
                    times_as_long(
                        options.repeats, [&] { client.get(before); }, [&] { client.get(path); }),
                    at_most(1.5));
    }
    return 0;
}

} // namespace
} // namespace daybook::bench

int main(int argc, char** argv) {
    using namespace daybook::bench;
    return run(parse_options(argc, argv, "bench_http: writers and readers of the real server",
                             {.events = 400, .repeats = 5}));
}

// Requests to a server that are not about the books of one company: uploads, imports, operations.
#pragma once

#include "api/cli/reading.h"

namespace daybook::api {

// "POST", {"operations", id, "discard"}: below /api/v1.
Request server_request(std::string method, std::vector<std::string> below);

class ServerRequests {
  public:
    // `actor` is who acts; nobody where it is empty.
    ServerRequests(std::string address, std::string actor)
        : actor_(std::move(actor)), books_(remote_books(std::move(address))) {}

    int exit_code = kExitDone;

    // The answer's body; nothing when it was refused, which is printed.
    std::optional<Json> ask(Request request);
    // The company that is meant: an id, the beginning of one, or a name.
    std::optional<std::string> company(const std::string& said);

  private:
    std::string actor_;
    std::unique_ptr<BooksSource> books_;
};

} // namespace daybook::api

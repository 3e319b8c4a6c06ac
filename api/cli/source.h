// Where the books that a command looks into are: a directory of this machine, whose lock it takes,
// or a server. Both are asked by requests of the HTTP API; a directory without a socket between.
#pragma once

#include "api/http/message.h"
#include "events/base/result.h"

#include <memory>
#include <string>

namespace daybook::api {

class BooksSource {
  public:
    virtual ~BooksSource() = default;
    // Waits for the answer. An error where there is none: no server, a connection that broke.
    virtual Result<Response> ask(Request request) = 0;
};

// Nothing when the directory cannot be opened; says why, and sets the exit code.
std::unique_ptr<BooksSource> open_local_books(const std::string& directory, int& exit_code);

// `server` is "http://127.0.0.1:8080", a path before /api/v1 included where there is one.
std::unique_ptr<BooksSource> remote_books(std::string server);

} // namespace daybook::api

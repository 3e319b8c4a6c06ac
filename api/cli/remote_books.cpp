// Asks a server, over libcurl: proxies, TLS and redirects are its business, not ours.
#include "api/cli/source.h"
#include "api/http/curl.h"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace daybook::api {
namespace {

constexpr long kConnectSeconds = 10;

std::size_t take_body(const char* bytes, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(bytes, size);
    return size;
}

Result<std::string> address_of(const std::string& server, const Request& request) {
    const auto base = boost::urls::parse_uri(server);
    if (!base || (base->scheme() != "http" && base->scheme() != "https"))
        return fail(ErrorKind::invalid, "--server takes an address like http://127.0.0.1:8080");
    boost::urls::url address(*base);
    for (const std::string& segment : request.segments)
        address.segments().push_back(segment);
    for (const auto& [name, value] : request.query)
        address.params().append({name, value});
    return std::string(address.buffer());
}

CurlList headers_of(const Request& request) {
    CurlList list;
    for (const auto& [name, value] : request.headers)
        if (curl_slist* longer = curl_slist_append(list.get(), (name + ": " + value).c_str())) {
            static_cast<void>(list.release());
            list.reset(longer);
        }
    return list;
}

class RemoteBooks final : public BooksSource {
  public:
    explicit RemoteBooks(std::string server) : server_(std::move(server)) {}

    Result<Response> ask(Request request) override {
        const std::string address = TRY(address_of(server_, request));
        const CurlHandle handle(curl_easy_init());
        if (!handle)
            return fail(ErrorKind::io, "libcurl does not start");
        const CurlList headers = headers_of(request);
        Response response;
        CURL* const curl = handle.get();
        curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        if (request.method != "GET") {
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
            curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
        }
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
        if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK)
            return fail(ErrorKind::io, server_ + ": " + curl_easy_strerror(code));
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        response.status = static_cast<int>(status);
        return response;
    }

  private:
    std::string server_;
};

} // namespace

std::unique_ptr<BooksSource> remote_books(std::string server) {
    return std::make_unique<RemoteBooks>(std::move(server));
}

} // namespace daybook::api

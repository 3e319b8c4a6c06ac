#include "api/backups/s3_store.h"

#include "api/http/curl.h"
#include "engine/custody/shelf.h"
#include "engine/log/sha256.h"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr std::string_view kScheme = "s3://";
constexpr long kConnectSeconds = 30;
constexpr long kSlowBytes =
    1'000; // A store that gives less than this a second, for so long, is gone.
constexpr long kSlowSeconds = 60;
constexpr std::size_t kSaidMax = 500; // Of an answer that says no.

// The file while it is sent. What fails to be read ends the request.
struct Sending {
    const ReadableFile& file;
    std::uint64_t at = 0;
    std::optional<Error> trouble;
};

std::size_t send_more(char* bytes, std::size_t, std::size_t room, void* to) {
    auto& sending = *static_cast<Sending*>(to);
    const auto piece = sending.file.read_at(sending.at, room);
    if (!piece) {
        sending.trouble = piece.error();
        return CURL_READFUNC_ABORT;
    }
    std::ranges::copy(*piece, bytes);
    sending.at += piece->size();
    return piece->size();
}

// What comes back: hashed, and its beginning kept, for that is what a refusal says.
struct Receiving {
    log::Sha256 digest;
    std::string beginning;
};

std::size_t receive_more(const char* bytes, std::size_t, std::size_t size, void* to) {
    auto& receiving = *static_cast<Receiving*>(to);
    receiving.digest.add({bytes, size});
    receiving.beginning.append(bytes, std::min(size, kSaidMax - receiving.beginning.size()));
    return size;
}

class S3Request {
  public:
    S3Request(const S3Options& options, const std::string& object)
        : handle_(curl_easy_init()),
          what_("s3://" + options.bucket + "/" + object),
          user_(options.key_id + ":" + options.secret),
          signing_("aws:amz:" + options.region + ":s3") {
        CURL* const curl = handle_.get();
        const std::string url = options.endpoint + "/" + options.bucket + "/" + object;
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, signing_.c_str());
        curl_easy_setopt(curl, CURLOPT_USERPWD, user_.c_str());
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_more);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received_);
    }

    CURL* curl() { return handle_.get(); }

    void add_header(const std::string& header) {
        if (curl_slist* longer = curl_slist_append(headers_.get(), header.c_str())) {
            static_cast<void>(headers_.release());
            headers_.reset(longer);
        }
    }

    Result<void> perform() {
        if (!handle_)
            return fail(ErrorKind::io, "libcurl does not start");
        curl_easy_setopt(curl(), CURLOPT_HTTPHEADER, headers_.get());
        if (const CURLcode code = curl_easy_perform(curl()); code != CURLE_OK)
            return fail(ErrorKind::io, what_ + ": " + curl_easy_strerror(code));
        long status = 0;
        curl_easy_getinfo(curl(), CURLINFO_RESPONSE_CODE, &status);
        if (status < 200 || status > 299)
            return fail(ErrorKind::io, what_ + ": the store answers " + std::to_string(status)
                                           + ": " + received_.beginning);
        return {};
    }

    Hash digest() { return received_.digest.end(); }

  private:
    CurlHandle handle_;
    CurlList headers_;
    std::string what_;
    std::string user_;
    std::string signing_;
    Receiving received_;
};

const std::string kEmptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

} // namespace

bool is_s3(std::string_view target_or_path) { return target_or_path.starts_with(kScheme); }

Result<S3Options> s3_options(std::string_view target, const Environment& environment) {
    S3Options options;
    options.target = target;
    target.remove_prefix(kScheme.size());
    const std::size_t slash = std::min(target.find('/'), target.size());
    options.bucket = target.substr(0, slash);
    options.prefix = target.substr(std::min(slash + 1, target.size()));
    while (options.prefix.ends_with('/'))
        options.prefix.pop_back();
    options.endpoint = environment("AWS_ENDPOINT_URL_S3");
    options.region = environment("AWS_REGION");
    options.key_id = environment("AWS_ACCESS_KEY_ID");
    options.secret = environment("AWS_SECRET_ACCESS_KEY");
    // Names that stand in a URL as they are: what is signed is what is sent.
    const auto fits = [](std::string_view name) {
        return std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                   || c == '-' || c == '.' || c == '_' || c == '/';
        });
    };
    if (options.bucket.empty() || !fits(options.bucket) || !fits(options.prefix))
        return fail(ErrorKind::invalid,
                    "an S3 target is s3://bucket/prefix, of letters, digits, '-', '.', '_', '/'");
    for (const auto& [name, value] :
         {std::pair("AWS_REGION", options.region), std::pair("AWS_ACCESS_KEY_ID", options.key_id),
          std::pair("AWS_SECRET_ACCESS_KEY", options.secret)})
        if (value.empty())
            return fail(ErrorKind::invalid, std::string("an S3 target needs ") + name);
    if (options.endpoint.empty())
        options.endpoint = "https://s3." + options.region + ".amazonaws.com";
    while (options.endpoint.ends_with('/'))
        options.endpoint.pop_back();
    return options;
}

std::string S3Store::beginning() const { return std::string(kScheme) + options_.bucket + "/"; }

bool S3Store::holds(std::string_view path) const { return path.starts_with(beginning()); }

Result<void> S3Store::put(const std::string& object, const custody::Backup& backup,
                          const ReadableFile& file) const {
    S3Request request(options_, object);
    Sending sending{file, 0, {}};
    request.add_header("x-amz-content-sha256: " + to_hex(backup.file_sha256));
    request.add_header("Content-Type: application/octet-stream");
    curl_easy_setopt(request.curl(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(request.curl(), CURLOPT_INFILESIZE_LARGE,
                     static_cast<curl_off_t>(backup.bytes));
    curl_easy_setopt(request.curl(), CURLOPT_READFUNCTION, send_more);
    curl_easy_setopt(request.curl(), CURLOPT_READDATA, &sending);
    const auto done = request.perform();
    return sending.trouble ? std::unexpected(*sending.trouble) : done;
}

Result<Hash> S3Store::digest_of(const std::string& object) const {
    S3Request request(options_, object);
    request.add_header("x-amz-content-sha256: " + kEmptyDigest);
    TRY(request.perform());
    return request.digest();
}

Result<std::string> S3Store::copy(const custody::Backup& backup, const ReadableFile& file) const {
    const std::string object =
        (options_.prefix.empty() ? "" : options_.prefix + "/") + to_text(backup.company) + "/"
        + to_text(backup.id)
        + std::string(backup.sealed ? custody::kSealedExtension : custody::kExtension);
    TRY(put(object, backup, file));
    if (TRY(digest_of(object)) != backup.file_sha256)
        return fail(ErrorKind::corrupt,
                    beginning() + object + ": what comes back is not what was sent");
    return beginning() + object;
}

Result<void> S3Store::remove(std::string_view path) const {
    S3Request request(options_, std::string(path.substr(beginning().size())));
    request.add_header("x-amz-content-sha256: " + kEmptyDigest);
    curl_easy_setopt(request.curl(), CURLOPT_CUSTOMREQUEST, "DELETE");
    return request.perform(); // S3 answers 204 also where there was nothing.
}

} // namespace daybook::api

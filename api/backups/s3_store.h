// Backups on a store that speaks Amazon's S3: put, read back, removed. libcurl signs each request
// (AWS Signature Version 4) and brings TLS; the payload's digest, which we know, is signed too, so
// the store refuses what was altered on the way.
//
// Threads: any; each call blocks until the store has answered.
#pragma once

#include "engine/custody/custody_book.h"
#include "engine/large_files.h"

#include <functional>
#include <string>
#include <string_view>

namespace daybook::api {

struct S3Options {
    std::string target;   // As it was named: "s3://bucket/prefix".
    std::string endpoint; // "https://s3.eu-west-3.amazonaws.com"; the bucket follows in the path.
    std::string region;
    std::string bucket;
    std::string prefix; // Of the objects' names: "" or "books/daybook".
    std::string key_id;
    std::string secret;
};

// Of "s3://bucket/prefix" and what the environment says in the words of Amazon's own tools:
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL_S3. ErrorKind::invalid
// names what is missing.
using Environment = std::function<std::string(const char* name)>;
Result<S3Options> s3_options(std::string_view target, const Environment& environment);
bool is_s3(std::string_view target_or_path);

class S3Store {
  public:
    explicit S3Store(S3Options options) : options_(std::move(options)) {}

    // Under <prefix>/<company>/<id>.daybook, written and read back whole; where it is then:
    // "s3://bucket/…". ErrorKind::corrupt when what comes back is not what was sent.
    Result<std::string> copy(const custody::Backup& backup, const ReadableFile& file) const;
    Result<void> remove(std::string_view path) const; // Gone already is fine.

    const std::string& target() const { return options_.target; }
    bool holds(std::string_view path) const; // Whether a path that copy() gave is one of ours.

  private:
    Result<void> put(const std::string& object, const custody::Backup& backup,
                     const ReadableFile& file) const;
    Result<Hash> digest_of(const std::string& object) const;
    std::string beginning() const; // "s3://bucket/"

    S3Options options_;
};

} // namespace daybook::api

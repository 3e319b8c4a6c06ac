#include "engine/log/sha256.h"

#include "events/base/check.h"

#include <openssl/evp.h>

namespace daybook::log {

void Sha256::Free::operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
void Sha256::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256()
    : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    CHECK(algorithm_ != nullptr && context_ != nullptr, "OpenSSL has SHA-256");
    CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1, "SHA-256 starts");
}

void Sha256::begin() {
    CHECK(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1, "SHA-256 restarts");
}

void Sha256::add(std::string_view bytes) {
    CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "SHA-256 takes bytes");
}

Hash Sha256::so_far() const {
    Sha256 copy;
    CHECK(EVP_MD_CTX_copy_ex(copy.context_.get(), context_.get()) == 1, "SHA-256 can be copied");
    return copy.end();
}

Hash Sha256::end() {
    Hash hash;
    CHECK(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr) == 1, "SHA-256 ends");
    return hash;
}

} // namespace daybook::log

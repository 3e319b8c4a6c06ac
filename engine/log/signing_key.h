// The installation's Ed25519 key: it signs checkpoints, so that a head that has left the machine
// can never be denied. Made at the first start; the private half is a PKCS #8 PEM file that only
// the owner of the process may read, so `openssl pkey -in signing.key -text` shows it.
#pragma once

#include "engine/files.h"

#include <array>
#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace daybook::log {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
  public:
    static SigningKey generate();
    // ErrorKind::invalid unless the text is a PKCS #8 PEM Ed25519 private key.
    static Result<SigningKey> from_pem(std::string_view pem);
    std::string to_pem() const;

    PublicKey public_key() const;
    Signature sign(std::string_view message) const;

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const;
    };
    explicit SigningKey(EVP_PKEY* key) : key_(key) {}
    std::unique_ptr<EVP_PKEY, Free> key_;
};

bool is_signature(const Signature& signature, std::string_view message, const PublicKey& key);

// The key in <directory>/keys/signing.key; made there, with mode 0600, when there is none. A key
// that cannot be read is an error and is never replaced: a new key would be another signatory.
Result<SigningKey> load_or_make_signing_key(Files& files, const std::string& directory);

} // namespace daybook::log

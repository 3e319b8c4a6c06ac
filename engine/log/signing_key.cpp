#include "engine/log/signing_key.h"

#include "events/base/check.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace daybook::log {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Without it OpenSSL would ask the terminal for the passphrase of a protected key.
int refuse_passphrase(char*, int, int, void*) { return -1; }

} // namespace

void SigningKey::Free::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

SigningKey SigningKey::generate() {
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    CHECK(key != nullptr, "OpenSSL makes Ed25519 keys");
    return SigningKey(key);
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    CHECK(bio != nullptr, "memory for a key");
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, &refuse_passphrase, nullptr);
    if (key == nullptr)
        return fail(ErrorKind::invalid, "not a private key in PEM form");
    SigningKey found(key);
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519)
        return fail(ErrorKind::invalid, "not an Ed25519 key");
    return found;
}

std::string SigningKey::to_pem() const {
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    CHECK(
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr)
            == 1,
        "a key can be written as PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

PublicKey SigningKey::public_key() const {
    PublicKey key;
    std::size_t size = key.size();
    CHECK(EVP_PKEY_get_raw_public_key(key_.get(), key.data(), &size) == 1 && size == key.size(),
          "an Ed25519 key has 32 public bytes");
    return key;
}

Signature SigningKey::sign(std::string_view message) const {
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Signature signature;
    std::size_t size = signature.size();
    CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1
              && EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message),
                                message.size())
                     == 1
              && size == signature.size(),
          "Ed25519 signs any message with 64 bytes");
    return signature;
}

bool is_signature(const Signature& signature, std::string_view message, const PublicKey& key) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> verifier(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
        &EVP_PKEY_free);
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (verifier == nullptr || context == nullptr)
        return false;
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, verifier.get()) == 1
           && EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(message),
                               message.size())
                  == 1;
}

Result<SigningKey> load_or_make_signing_key(Files& files, const std::string& directory) {
    const std::string folder = directory + "/keys";
    const std::string path = folder + "/signing.key";
    if (TRY(files.exists(path))) {
        TRY(files.sync_directory(folder)); // Who made it may have ended before it was certain.
        auto key = SigningKey::from_pem(TRY(files.read_all(path)));
        if (!key.has_value())
            return std::unexpected(key.error().within(path));
        return key;
    }
    TRY(files.make_directory(folder));
    SigningKey key = SigningKey::generate();
    TRY(files.replace(path, key.to_pem(), 0600));
    return key;
}

} // namespace daybook::log

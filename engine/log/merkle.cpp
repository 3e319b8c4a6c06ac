#include "engine/log/merkle.h"

#include "events/base/check.h"

#include <bit>
#include <memory>
#include <openssl/evp.h>

namespace daybook::log {
namespace {

// OpenSSL 3 looks an algorithm up by name through locks; a digest that keeps its algorithm and its
// context costs half as much for a record of a few hundred bytes. One per thread, so that hashing
// stays a pure function of its bytes.
class Sha256 {
  public:
    Sha256()
        : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free),
          context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        CHECK(algorithm_ != nullptr && context_ != nullptr, "OpenSSL has SHA-256");
        CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1, "SHA-256 starts");
    }

    void begin() {
        CHECK(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1, "SHA-256 restarts");
    }
    void add(const void* bytes, std::size_t size) {
        CHECK(EVP_DigestUpdate(context_.get(), bytes, size) == 1, "SHA-256 takes bytes");
    }
    Hash end() {
        Hash hash;
        CHECK(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr) == 1, "SHA-256 ends");
        return hash;
    }

  private:
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm_;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Sha256& digest_of_this_thread() {
    thread_local Sha256 digest;
    digest.begin();
    return digest;
}

constexpr unsigned char kLeafPrefix = 0x00;
constexpr unsigned char kNodePrefix = 0x01;

} // namespace

Hash sha256(std::string_view bytes) {
    Sha256& digest = digest_of_this_thread();
    digest.add(bytes.data(), bytes.size());
    return digest.end();
}

Hash leaf_hash(std::string_view record) {
    Sha256& digest = digest_of_this_thread();
    digest.add(&kLeafPrefix, 1);
    digest.add(record.data(), record.size());
    return digest.end();
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<unsigned char, 65> node;
    node[0] = kNodePrefix;
    std::copy(left.bytes.begin(), left.bytes.end(), node.begin() + 1);
    std::copy(right.bytes.begin(), right.bytes.end(), node.begin() + 33);
    Sha256& digest = digest_of_this_thread();
    digest.add(node.data(), node.size());
    return digest.end();
}

Hash empty_root() { return sha256({}); }

void Frontier::add(const Hash& leaf) {
    Hash subtree = leaf;
    // Each trailing one bit of the size is a perfect subtree that the new leaf completes.
    for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
        subtree = node_hash(peaks_.back(), subtree);
        peaks_.pop_back();
    }
    peaks_.push_back(subtree);
    ++size_;
}

Hash Frontier::root() const {
    if (peaks_.empty())
        return empty_root();
    Hash root = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
        root = node_hash(*peak, root);
    return root;
}

Frontier Frontier::from_peaks(std::uint64_t size, std::vector<Hash> peaks) {
    CHECK(static_cast<std::size_t>(std::popcount(size)) == peaks.size(),
          "a tree of n leaves has one peak for each one bit of n");
    Frontier frontier;
    frontier.size_ = size;
    frontier.peaks_ = std::move(peaks);
    return frontier;
}

} // namespace daybook::log

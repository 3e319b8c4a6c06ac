#include "engine/log/merkle.h"

#include "engine/log/sha256.h"
#include "events/base/check.h"
#include "events/base/planted.h"

#include <bit>

namespace daybook::log {
namespace {

// One per thread, so that hashing stays a pure function of its bytes.
Sha256& digest_of_this_thread() {
    thread_local Sha256 digest;
    digest.begin();
    return digest;
}

constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr char kNodePrefix = 0x01;

} // namespace

Hash sha256(std::string_view bytes) {
    Sha256& digest = digest_of_this_thread();
    digest.add(bytes);
    return digest.end();
}

Hash leaf_hash(std::string_view record) {
    Sha256& digest = digest_of_this_thread();
    if (!planted("a leaf is hashed without its prefix"))
        digest.add(kLeafPrefix);
    digest.add(record);
    return digest.end();
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<char, 65> node;
    node[0] = kNodePrefix;
    std::copy(left.bytes.begin(), left.bytes.end(), node.begin() + 1);
    std::copy(right.bytes.begin(), right.bytes.end(), node.begin() + 33);
    Sha256& digest = digest_of_this_thread();
    digest.add({node.data(), node.size()});
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

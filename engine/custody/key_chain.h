// The signing keys of an installation, from the first: each is introduced by the one before it,
// which signs it, and is then retired. Whoever trusts one of them can follow the chain to every
// later one. Folded from the instance's own book; a statement is
//
//     daybook signing key\n
//     <realm>\n
//     <base64 of the new key's 32 bytes>\n
//
// and the cross-signature base64 of the former key's Ed25519 signature over it.
#pragma once

#include "engine/log/signing_key.h"
#include "events/event.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::custody {

class KeyChain {
  public:
    struct Link {
        log::PublicKey key{};
        Uuid id;                // Of the thing `signing_key`.
        bool is_vouched = true; // The key before it signed it; the first needs nobody.
    };

    // Events of line 0, in order; what is about no key is left alone.
    void apply(const RecordedEvent& recorded);

    std::span<const Link> links() const { return links_; } // Oldest first.
    bool is_newest(const log::PublicKey& key) const;

  private:
    std::vector<Link> links_;
};

// What introduces a key after `former`, which signs it and is retired by the same commit.
std::vector<Event> succession(const log::SigningKey& former, const log::PublicKey& next,
                              const Uuid& realm, std::string reason);

Hash as_hash(const log::PublicKey& key);

// Which key signed that checkpoint, the newest or one before it, and how. ErrorKind::corrupt: none.
struct Signed {
    log::PublicKey key{};
    log::Signature signature{};
};
Result<Signed> find_signer(const KeyChain& chain, const log::PublicKey& newest,
                           std::string_view checkpoint);

} // namespace daybook::custody

#include "engine/custody/key_chain.h"

#include "engine/log/base64.h"
#include "engine/log/checkpoint.h"

#include <algorithm>
#include <ranges>

namespace daybook::custody {
namespace {

std::string statement(const log::PublicKey& key, const Uuid& realm) {
    return "daybook signing key\n" + to_text(realm) + "\n" + log::to_base64(key) + "\n";
}

bool is_vouched_for(const SigningKeyIntroduced& introduced, const log::PublicKey& former,
                    const Uuid& realm) {
    const auto bytes = log::from_base64(introduced.cross_signature);
    log::Signature signature;
    if (introduced.previous != as_hash(former) || !bytes || bytes->size() != signature.size())
        return false;
    std::ranges::copy(*bytes, signature.begin());
    return log::is_signature(signature, statement(introduced.key.bytes, realm), former);
}

} // namespace

Hash as_hash(const log::PublicKey& key) {
    Hash hash;
    hash.bytes = key;
    return hash;
}

void KeyChain::apply(const RecordedEvent& recorded) {
    const auto* introduced = std::get_if<SigningKeyIntroduced>(&recorded.event);
    if (!introduced)
        return;
    const Envelope& envelope = recorded.envelope;
    links_.push_back(
        {introduced->key.bytes, envelope.entity.id,
         links_.empty() || is_vouched_for(*introduced, links_.back().key, envelope.actor.realm)});
}

bool KeyChain::is_newest(const log::PublicKey& key) const {
    return !links_.empty() && links_.back().key == key;
}

std::vector<Event> succession(const log::SigningKey& former, const log::PublicKey& next,
                              const Uuid& realm, std::string reason) {
    const log::PublicKey before = former.public_key();
    const log::Signature signature = former.sign(statement(next, realm));
    return {SigningKeyIntroduced{as_hash(next), as_hash(before), log::to_base64(signature)},
            SigningKeyRetired{as_hash(before), std::move(reason)}};
}

Result<Signed> find_signer(const KeyChain& chain, const log::PublicKey& newest,
                           std::string_view checkpoint) {
    if (const auto signature = log::signature_of(checkpoint, newest))
        return Signed{newest, *signature};
    for (const KeyChain::Link& link : chain.links() | std::views::reverse)
        if (const auto signature = log::signature_of(checkpoint, link.key))
            return Signed{link.key, *signature};
    return fail(ErrorKind::corrupt,
                "the checkpoint is signed by no key of these books, or was altered");
}

} // namespace daybook::custody

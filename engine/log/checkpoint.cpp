#include "engine/log/checkpoint.h"

#include "engine/log/base64.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace daybook::log {
namespace {

constexpr std::string_view kSignatureMark = "— ";
constexpr std::size_t kKeyHashBytes = 4;
constexpr char kEd25519 = 0x01;

template <class Bytes>
std::string_view view(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string key_hash(std::string_view name, const PublicKey& key) {
    std::string hashed(name);
    hashed += '\n';
    hashed += kEd25519;
    hashed += view(key);
    return std::string(view(sha256(hashed).bytes).substr(0, kKeyHashBytes));
}

bool is_key_name(std::string_view name) {
    return !name.empty() && std::ranges::none_of(name, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f';
    });
}

// The text up to the next line end, which is taken off with it.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<Revision> parse_size(std::string_view line) {
    Revision size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
    if (error != std::errc() || std::to_string(size) != line)
        return std::nullopt;
    return size;
}

std::optional<Hash> parse_root(std::string_view line) {
    const auto bytes = from_base64(line);
    Hash root;
    if (!bytes || bytes->size() != root.bytes.size())
        return std::nullopt;
    std::ranges::copy(*bytes, root.bytes.begin());
    return root;
}

std::optional<Checkpoint> parse_note(std::string_view note) {
    const auto origin = take_line(note);
    const auto size = take_line(note);
    const auto root = take_line(note);
    if (!root || !is_key_name(*origin))
        return std::nullopt;
    const auto revision = parse_size(*size);
    const auto hash = parse_root(*root);
    if (!revision || !hash)
        return std::nullopt;
    return Checkpoint{std::string(*origin), {*revision, *hash}};
}

// The signature in a line by this name and this key; nothing for anybody else's line.
std::optional<Signature> find_signature(std::string_view line, std::string_view name,
                                        const PublicKey& key) {
    if (!line.starts_with(kSignatureMark))
        return std::nullopt;
    line.remove_prefix(kSignatureMark.size());
    if (!line.starts_with(name) || !line.substr(name.size()).starts_with(' '))
        return std::nullopt;
    const auto bytes = from_base64(line.substr(name.size() + 1));
    Signature signature;
    if (!bytes || bytes->size() != kKeyHashBytes + signature.size())
        return std::nullopt;
    if (!bytes->starts_with(key_hash(name, key)))
        return std::nullopt;
    std::copy_n(bytes->begin() + kKeyHashBytes, signature.size(), signature.begin());
    return signature;
}

struct OpenNote {
    Checkpoint checkpoint;
    std::string_view note; // What is signed.
    std::string_view signatures;
};

Result<OpenNote> open_note(std::string_view text) {
    // Signatures are after the last blank line; the note keeps its own last line end.
    const std::size_t blank = text.rfind("\n\n");
    if (blank == std::string_view::npos)
        return fail(ErrorKind::invalid, "a checkpoint has a blank line before its signatures");
    const std::string_view note = text.substr(0, blank + 1);
    auto checkpoint = parse_note(note);
    if (!checkpoint)
        return fail(ErrorKind::invalid,
                    "a checkpoint begins with three lines: origin, size, base64 of the root");
    return OpenNote{*std::move(checkpoint), note, text.substr(blank + 2)};
}

} // namespace

std::string checkpoint_origin(const Uuid& log_id, Epoch epoch) {
    return "daybook/" + to_text(log_id) + "/" + std::to_string(epoch);
}

Result<std::string> sign_checkpoint(const SigningKey& key, const std::string& origin,
                                    const LineHead& head) {
    if (!is_key_name(origin))
        return fail(ErrorKind::invalid, "a checkpoint's origin has no space, plus or control "
                                        "character and is not empty: \""
                                            + origin + "\"");
    const std::string note =
        origin + "\n" + std::to_string(head.revision) + "\n" + to_base64(head.root.bytes) + "\n";
    const std::string signature =
        key_hash(origin, key.public_key()) + std::string(view(key.sign(note)));
    return note + "\n" + std::string(kSignatureMark) + origin + " " + to_base64(signature) + "\n";
}

Result<Checkpoint> read_checkpoint(std::string_view text) {
    return TRY(open_note(text)).checkpoint;
}

std::vector<std::string_view> split_checkpoints(std::string_view text) {
    std::vector<std::string_view> notes;
    while (true) {
        const std::size_t blank = text.find("\n\n");
        if (blank == std::string_view::npos)
            return notes;
        std::size_t end = blank + 2;
        while (text.substr(end).starts_with(kSignatureMark)) {
            const std::size_t line = text.find('\n', end);
            if (line == std::string_view::npos)
                return notes;
            end = line + 1;
        }
        // The last may have lost a signature; of one that has none there is nothing to keep.
        if (end > blank + 2)
            notes.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

Result<Signature> signature_of(std::string_view text, const PublicKey& key) {
    const OpenNote open = TRY(open_note(text));
    const std::string& origin = open.checkpoint.origin;
    std::string_view signatures = open.signatures;
    while (const auto line = take_line(signatures)) {
        const auto signature = find_signature(*line, origin, key);
        if (!signature)
            continue;
        if (is_signature(*signature, open.note, key))
            return *signature;
        return fail(ErrorKind::corrupt,
                    "the checkpoint of " + origin + " was altered: its signature does not fit");
    }
    return fail(ErrorKind::corrupt, "the checkpoint of " + origin + " is not signed by this key");
}

Result<Checkpoint> verify_checkpoint(std::string_view text, const PublicKey& key) {
    TRY(signature_of(text, key));
    return read_checkpoint(text);
}

} // namespace daybook::log

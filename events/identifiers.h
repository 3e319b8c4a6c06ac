// The names of things. Values of equal width that must not be mixed are types of their own.
//
// Ids are UUIDv7 (RFC 9562), 16 bytes, made by the server; their byte order is the order of making.
// Revisions count the records of one line from 1 without gaps; leaf index = revision - 1.
#pragma once

#include "events/base/result.h"

#include <array>
#include <boost/describe.hpp>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace daybook {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;
    bool is_nil() const { return *this == Uuid{}; }
};

// Lowercase text of RFC 9562, 36 characters.
std::string to_text(const Uuid& id);
// Accepts exactly that form; anything else is ErrorKind::invalid.
Result<Uuid> parse_uuid(std::string_view text);

// A 32-byte SHA-256 name of content: a leaf, a root, a blob.
struct Hash {
    std::array<std::uint8_t, 32> bytes{};

    auto operator<=>(const Hash&) const = default;
};

std::string to_hex(const Hash& hash);
Result<Hash> parse_hash(std::string_view hex);

template <class Tag>
struct TypedId {
    Uuid value;

    auto operator<=>(const TypedId&) const = default;
};

using CompanyId = TypedId<struct CompanyTag>;
using SeriesId = TypedId<struct SeriesTag>;
using TaxRateId = TypedId<struct TaxRateTag>;
using TermsId = TypedId<struct TermsTag>;
using MoneyAccountId = TypedId<struct MoneyAccountTag>;
using ClientId = TypedId<struct ClientTag>;
using ProductId = TypedId<struct ProductTag>;
using InvoiceId = TypedId<struct InvoiceTag>;
using CreditNoteId = TypedId<struct CreditNoteTag>;
using PaymentId = TypedId<struct PaymentTag>;
using LineItemId = TypedId<struct LineItemTag>;
using AllocationId = TypedId<struct AllocationTag>;
using RefundId = TypedId<struct RefundTag>;
using WriteOffId = TypedId<struct WriteOffTag>;
using FileId = TypedId<struct FileTag>;
using ImportId = TypedId<struct ImportTag>;

template <class Tag>
std::string to_text(const TypedId<Tag>& id) {
    return to_text(id.value);
}

using Revision = std::uint64_t; // Position in a line; 0 = before the first record.
using Version = std::uint32_t;  // Version of one thing; 0 = did not exist.
using Epoch = std::uint32_t;    // Number of the company's line switches.

// Every kind of thing that has versions. Stored in records: append only, never renumber.
BOOST_DEFINE_ENUM_CLASS(EntityKind, none, company, series, tax_rate, terms, money_account, period,
                        client, product, invoice, credit_note, payment, file, import, timeline,
                        instance, operation, principal, backup, schedule, signing_key)

struct EntityRef {
    EntityKind kind = EntityKind::none;
    Uuid id;

    auto operator<=>(const EntityRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(EntityRef, (), (kind, id))

} // namespace daybook

template <>
struct std::hash<daybook::Uuid> {
    std::size_t operator()(const daybook::Uuid& id) const noexcept;
};
template <class Tag>
struct std::hash<daybook::TypedId<Tag>> {
    std::size_t operator()(const daybook::TypedId<Tag>& id) const noexcept {
        return std::hash<daybook::Uuid>{}(id.value);
    }
};
template <>
struct std::hash<daybook::EntityRef> {
    std::size_t operator()(const daybook::EntityRef& ref) const noexcept {
        return std::hash<daybook::Uuid>{}(ref.id) ^ static_cast<std::size_t>(ref.kind);
    }
};

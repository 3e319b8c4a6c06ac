// Who is named on a document: the seller, the buyer, with what the law wants to read about them.
// An empty string means "not given". Personal data that the books do not need is not here: it is
// in a blob of its own, named by its hash (domain.md 1, "Personal data").
#pragma once

#include "events/identifiers.h"

#include <optional>
#include <string>
#include <vector>

namespace daybook {

BOOST_DEFINE_ENUM_CLASS(PartyKind, business, consumer, public_body)

struct Address {
    std::vector<std::string> lines;
    std::string postal_code;
    std::string city;
    std::string region;
    std::string country;      // ISO 3166-1 alpha-2
    std::string country_text; // As an import gave it, when it names no country we know.

    bool operator==(const Address&) const = default;
};
BOOST_DESCRIBE_STRUCT(Address, (), (lines, postal_code, city, region, country, country_text))

struct TaxRegistration {
    std::string scheme; // "GST", "QST", "VAT"
    std::string number;

    bool operator==(const TaxRegistration&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaxRegistration, (), (scheme, number))

struct ElectronicAddress {
    std::string scheme; // EAS code, e.g. "0225"
    std::string id;

    bool operator==(const ElectronicAddress&) const = default;
};
BOOST_DESCRIBE_STRUCT(ElectronicAddress, (), (scheme, id))

struct BankAccount {
    std::string iban;
    std::string bic;

    bool operator==(const BankAccount&) const = default;
};
BOOST_DESCRIBE_STRUCT(BankAccount, (), (iban, bic))

struct Party {
    PartyKind kind = PartyKind::business;
    std::string code;
    std::string name;
    std::string trade_name;
    std::string legal_form;
    std::string capital;
    std::string siren;
    std::string siret;
    std::string register_entry; // "RCS Paris 404 833 048"
    std::string vat_number;
    std::vector<TaxRegistration> tax_registrations;
    Address address;
    std::optional<ElectronicAddress> electronic_address;
    std::optional<BankAccount> bank;
    std::optional<Hash> contact; // Blob.

    bool operator==(const Party&) const = default;
};
BOOST_DESCRIBE_STRUCT(Party, (),
                      (kind, code, name, trade_name, legal_form, capital, siren, siret,
                       register_entry, vat_number, tax_registrations, address, electronic_address,
                       bank, contact))

// A value that the company named itself; shown, searched, exported, never calculated with.
struct CustomField {
    std::string name;
    std::string value;

    bool operator==(const CustomField&) const = default;
};
BOOST_DESCRIBE_STRUCT(CustomField, (), (name, value))

} // namespace daybook

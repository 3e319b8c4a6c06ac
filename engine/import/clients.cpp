#include "engine/import/clients.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace daybook::import {
namespace {

Party customer(const std::string& id, const std::string& country) {
    Party party;
    party.code = id;
    party.name = fmt::format("Customer {}", id);
    party.address = address_in(country);
    return party;
}

// Whoever came to the counter came from anywhere: each document carries its own country.
Party counter(bool in_french) {
    Party party;
    party.kind = PartyKind::consumer;
    party.name = in_french ? "Ventes au comptoir" : "Counter sales";
    return party;
}

// The distinct values in order of appearance.
std::vector<std::string> distinct(std::span<const std::string> values) {
    std::vector<std::string> seen;
    for (const std::string& value : values)
        if (std::ranges::find(seen, value) == seen.end())
            seen.push_back(value);
    return seen;
}

} // namespace

Clients::Clients(std::span<const SourceDocument> documents, const ClientRules& rules,
                 IdSource& ids) {
    std::vector<std::vector<std::string>> countries; // Of the rows of each client.
    for (const SourceDocument& document : documents) {
        if (document.client.empty() && rules.for_blank == ClientForBlank::none)
            continue;
        const auto [found, added] = places_.try_emplace(document.client, clients_.size());
        if (added) {
            const bool named = !document.client.empty();
            domain::ImportedClient client{.id = {ids.next_id()}};
            client.external = {.system = rules.system,
                               .file_sha256 = rules.file_sha256,
                               .table = named ? "clients" : "counter",
                               .id = named ? document.client : "counter",
                               .row = document.items.front().line};
            if (document.currency != rules.base_currency)
                client.profile.currency = document.currency;
            clients_.push_back(std::move(client));
            countries.emplace_back();
            customers_ += named ? 1 : 0;
        }
        for (const Item& item : document.items)
            countries[found->second].push_back(item.country);
    }
    for (const auto& [id, place] : places_)
        clients_[place].profile.party =
            id.empty() ? counter(rules.in_french) : customer(id, most_frequent(countries[place]));
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        const Party& party = clients_[i].profile.party;
        const auto names = distinct(countries[i]);
        if (!party.code.empty() && names.size() > 1)
            several_countries_.push_back(fmt::format("{}: {}; {} was taken", party.code,
                                                     fmt::join(names, ", "),
                                                     party.address.country_text));
    }
}

std::optional<Buyer> Clients::buyer(const SourceDocument& document) const {
    const auto found = places_.find(document.client);
    if (found == places_.end())
        return std::nullopt;
    const domain::ImportedClient& client = clients_[found->second];
    return Buyer{client.id, client.profile.party};
}

} // namespace daybook::import

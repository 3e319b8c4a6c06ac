// The clients of a file: one for each id that its rows name, and, where a person chose so, one for
// all the documents that name none.
#pragma once

#include "engine/domain/commands.h"
#include "engine/import/freezing.h"

#include <unordered_map>

namespace daybook::import {

struct ClientRules {
    std::string system;
    Hash file_sha256;
    ClientForBlank for_blank = ClientForBlank::counter;
    bool in_french = false; // The counter's name; a customer's is the same in every language.
    Currency base_currency;
};

class Clients {
  public:
    // In order of appearance in the documents.
    Clients(std::span<const SourceDocument> documents, const ClientRules& rules, IdSource& ids);

    // None where the document names no client and no counter was wished for.
    std::optional<Buyer> buyer(const SourceDocument& document) const;
    const std::vector<domain::ImportedClient>& all() const { return clients_; }
    std::uint64_t customers() const { return customers_; } // Without the counter.
    // "17850: France, Germany; France was taken"
    const std::vector<std::string>& several_countries() const { return several_countries_; }

  private:
    std::vector<domain::ImportedClient> clients_;
    std::unordered_map<std::string, std::size_t> places_; // By id; the counter's is empty.
    std::uint64_t customers_ = 0;
    std::vector<std::string> several_countries_;
};

} // namespace daybook::import

// Which taxes are the same tax, and which lines are taxed alike.
//
// A *group* is one tax: (scheme, category, rate, exemption code), never its name. A *bucket* is the
// set of lines that bear the same groups; a line of GST and QST is in two groups and one bucket.
// Discounts are shared over buckets, so that a base that two taxes lean on is counted once.
#pragma once

#include "events/document.h"

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace daybook::domain {

struct TaxKey {
    std::string scheme;
    TaxCategory category = TaxCategory::unspecified;
    Decimal rate;
    std::string exemption_code;

    auto operator<=>(const TaxKey&) const = default;
};

TaxKey key_of(const Tax& tax);
// Sorted and each once: what a bucket is called.
std::vector<TaxKey> keys_of(const std::vector<Tax>& taxes);

// Numbers keys in the order in which they are first seen.
template <class Key>
class Numbering {
  public:
    std::size_t number(const Key& key) {
        return numbers_.emplace(key, numbers_.size()).first->second;
    }
    std::size_t size() const { return numbers_.size(); }

  private:
    std::map<Key, std::size_t> numbers_;
};

// base × rate %, rounded.
Wide tax_on(Amount base, Decimal rate);
// The sum of the rates of a bucket.
Decimal rate_sum(const std::vector<TaxKey>& keys);
// What is left of `gross` without taxes that sum up to `rates`, rounded.
Amount base_within(Amount gross, Decimal rates);
// The tax of a bucket, split over its taxes in proportion to their rates.
std::vector<Amount> split_tax(Amount tax, const std::vector<TaxKey>& keys);

} // namespace daybook::domain

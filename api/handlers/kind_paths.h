// The kinds of things that have a history of their own on the wire, and where they live below
// /api/v1/companies/{company}/.
#pragma once

#include "events/identifiers.h"

#include <array>
#include <string_view>

namespace daybook::api {

struct KindPath {
    EntityKind kind;
    std::string_view path;
};

inline constexpr std::array<KindPath, 11> kKindPaths{{{EntityKind::client, "clients"},
                                                      {EntityKind::product, "products"},
                                                      {EntityKind::invoice, "invoices"},
                                                      {EntityKind::credit_note, "credit-notes"},
                                                      {EntityKind::payment, "payments"},
                                                      {EntityKind::series, "series"},
                                                      {EntityKind::tax_rate, "tax-rates"},
                                                      {EntityKind::terms, "terms"},
                                                      {EntityKind::money_account, "money-accounts"},
                                                      {EntityKind::period, "locks"},
                                                      {EntityKind::file, "files"}}};

} // namespace daybook::api

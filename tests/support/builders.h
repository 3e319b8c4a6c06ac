// Words that tests of the domain are written in: ids, dates, amounts, a French company with its
// two series, clients, lines. Everything is valid unless a test spoils it.
#pragma once

#include "engine/domain/decide.h"
#include "events/base/check.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::tests {

// The n-th id: distinct for distinct n, rising with n, the same in every run.
Uuid uuid(std::uint32_t n);
template <class Id>
Id id(std::uint32_t n) {
    return Id{uuid(n)};
}

Date date(std::string_view text);
Decimal decimal(std::string_view text);
Amount amount(std::string_view text, int digits = 2);

// ---- the company every story starts with -----------------------------------------------------
inline const CompanyId kCompany = id<CompanyId>(1);
inline const SeriesId kInvoiceSeries = id<SeriesId>(2);
inline const SeriesId kCreditNoteSeries = id<SeriesId>(3);
inline const ClientId kClient = id<ClientId>(4);      // A business in euros.
inline const ClientId kOtherClient = id<ClientId>(5); // Another one.
inline const Date kToday = date("2026-03-31");

Address address_in(std::string_view city, std::string_view country = "FR");

CompanyProfile french_company();

ClientProfile business(std::string_view name);

// ---- events that happened --------------------------------------------------------------------
using History = std::vector<domain::NewEvent>;

domain::NewEvent happened(EntityKind kind, Uuid thing, Event event);
domain::NewEvent created(CompanyId company, CompanyProfile profile);
domain::NewEvent defined(SeriesId series, DocumentKind kind, std::string pattern);
domain::NewEvent created(ClientId client, ClientProfile profile);
domain::NewEvent locked_through(Date through, std::uint32_t lock = 900);

// A French company with its two series and two clients.
History open_books(CompanyProfile profile = french_company());

// ---- documents -------------------------------------------------------------------------------
Tax vat(std::string_view rate);
Line line(std::string_view quantity, std::string_view unit_price, std::vector<Tax> taxes);
Line line(std::string_view quantity, std::string_view unit_price, std::string_view vat_rate = "20");

// A document in euros for kClient; lines get ids from `first_line_id` on and positions from 1.
Document document_of(std::vector<Line> lines, std::uint32_t first_line_id = 10'000);
domain::DocumentInput input_of(Document document);

// The walk of domain.md: 1000.00 at 20 % and 50.00 at 5.5 %, 1252.75 with tax.
std::vector<Line> french_walk();
// 1000 + n names the n-th invoice of a story; its lines have ids of their own.
InvoiceId invoice_id(std::uint32_t n = 1);
domain::DraftInvoice draft(std::uint32_t n = 1, std::vector<Line> lines = french_walk());
domain::IssueInvoice issue(std::uint32_t n = 1, std::optional<Date> on = {});
LineItemId line_id(std::uint32_t invoice, std::uint32_t line_from_0);

} // namespace daybook::tests

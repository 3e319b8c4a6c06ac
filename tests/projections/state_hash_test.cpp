// The state hash is a released form: what stands in golden/ stays computable for ever. A field that
// is added to a state changes the list of fields, hence needs a form of its own.
#include "engine/log/merkle.h"
#include "events/base/reflect.h"
#include "projections/state_hash.h"
#include "tests/projections/views_fixture.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace daybook::tests {
namespace {

std::string golden(const std::string& name) {
    std::ifstream file(std::string(DAYBOOK_SOURCE_DIR) + "/tests/projections/golden/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// ---- the list of fields ----------------------------------------------------------------------

template <class T>
void list_fields(std::string& out, const std::string& path) {
    if constexpr (kIsOptional<T>) {
        list_fields<typename T::value_type>(out, path);
    } else if constexpr (kIsVector<T>) {
        list_fields<typename T::value_type>(out, path + "[]");
    } else if constexpr (Described<T>) {
        for_each_field<T>([&](auto, const char* name, auto pointer) {
            using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
            list_fields<Member>(out, path + "." + name);
        });
    } else {
        out += path + "\n";
    }
}

template <std::size_t I = 1>
void list_all_fields(std::string& out) {
    if constexpr (I < std::variant_size_v<domain::AnyState>) {
        using S = std::variant_alternative_t<I, domain::AnyState>;
        list_fields<S>(out, enum_name(domain::kind_of(S{})));
        list_all_fields<I + 1>(out);
    }
}

TEST(StateHash, CoversTheFieldsOfFormOne) {
    static_assert(projections::kStateHashForm == 1);
    std::string fields;
    list_all_fields(fields);
    EXPECT_EQ(fields, golden("state_hash_form_1_fields.txt"));
}

// ---- a small book ----------------------------------------------------------------------------

void fill(Books& books) {
    Document document = document_of(french_walk());
    document.issued_on = document.due_on = kToday;
    document.notes = "Merci \"à\" tous\n";
    Frozen frozen{.document = document,
                  .series_id = kInvoiceSeries,
                  .series_period = "2026",
                  .sequence = 41,
                  .number = "FA-2026-000041"};
    frozen.totals.payable = frozen.totals.total = amount("1252.75");
    const EntityRef invoice{EntityKind::invoice, uuid(20)};
    const EntityRef gone{EntityKind::product, uuid(21)};
    const EntityRef yen{EntityKind::payment, uuid(22)};
    books.commit({{{EntityKind::company, kCompany.value}, CompanyCreated{french_company()}},
                  {{EntityKind::series, kInvoiceSeries.value},
                   SeriesDefined{{.pattern = "FA-{yyyy}-{n:6}", .next = 1ULL << 60}}},
                  {{EntityKind::client, kClient.value}, ClientCreated{business("Dupont & Zoë")}},
                  {gone, ProductCreated{{.code = "P1"}}}});
    books.commit({{invoice, InvoiceDrafted{.document = document}}});
    books.commit({{invoice, InvoiceIssued{frozen}}, {gone, Returned{0}}});
    books.commit({{yen, PaymentRecorded{{.payer = "Aoki", .currency = {"JPY"}, .amount = {1500}}}},
                  {{EntityKind::series, kInvoiceSeries.value},
                   SeriesAdvanced{.period = "2025", .to = 112}}});
}

TEST(StateHash, IsThatOfTheGoldenLines) {
    Books books;
    fill(books);
    std::vector<std::string> lines = {
        projections::counter_line(kInvoiceSeries, "2026", 41),
        projections::counter_line(kInvoiceSeries, "2025", 112),
    };
    for (const auto& [thing, row] : books.ledger.now().things)
        if (domain::exists(row.state))
            lines.push_back(projections::state_line(thing, row.state));
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    EXPECT_EQ(text, golden("state_hash_form_1.txt"));
    EXPECT_EQ(ok(books.now()->state_hash()), log::sha256(text));
}

TEST(StateHash, SaysNothingOfVersionsRevisionsOrClocks) {
    Books books;
    fill(books);
    const EntityRef client{EntityKind::client, kClient.value};
    const Hash hash = ok(books.now()->state_hash());
    books.commit({{client, ClientArchived{}}});
    EXPECT_NE(ok(books.now()->state_hash()), hash);
    books.commit({{client, ClientUnarchived{}}});
    EXPECT_EQ(ok(books.now()->state_hash()), hash);
}

TEST(StateHash, RemembersNumbersOfDocumentsThatAreGone) {
    Books books;
    fill(books);
    books.commit({{{EntityKind::invoice, uuid(20)}, Returned{0}}});
    const Hash hash = ok(books.now()->state_hash());
    std::string text;
    std::istringstream lines(golden("state_hash_form_1.txt"));
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("invoice\t"))
            text += line + "\n";
    EXPECT_EQ(hash, log::sha256(text));
}

TEST(StateHash, OfEmptyBooksIsThatOfNothing) {
    const Books books;
    EXPECT_EQ(ok(books.now()->state_hash()), log::sha256(""));
}

} // namespace
} // namespace daybook::tests

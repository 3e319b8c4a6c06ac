#include "api/backups/line_table.h"

#include "api/handlers/list_csv.h"
#include "events/json_walk.h"

#include <array>

namespace daybook::api {
namespace {

constexpr std::size_t kPage = 500;

constexpr std::array<std::string_view, 14> kColumns = {
    "invoice_id",  "number",         "issued_on", "position",   "code",
    "description", "quantity",       "unit",      "unit_price", "taxes",
    "net",         "discount_share", "currency",  "id"};

Schema line_schema() {
    return schema::object({{"quantity", schema::decimal()},
                           {"unit_price", schema::decimal()},
                           {"net", schema::decimal()},
                           {"discount_share", schema::decimal()}});
}

// "VAT S 20, VAT Z 0"
std::string tax_text(const Json* taxes) {
    std::string text;
    if (!taxes || !taxes->if_array())
        return text;
    for (const Json& tax : *taxes->if_array()) {
        text += text.empty() ? "" : ", ";
        for (const char* member : {"scheme", "category", "rate"})
            if (const Json* said = tax.find(member); said && said->if_string())
                text += (text.empty() || text.ends_with(' ') ? "" : " ") + *said->if_string();
    }
    return text;
}

void add_lines(std::string& out, const CsvTable& table, const projections::ListItem& item) {
    const auto& frozen = std::get<domain::InvoiceState>(item.row.state).content;
    const int digits = frozen.document.currency.likely_digits();
    for (const auto& line : frozen.document.lines) {
        Json row = to_json_value(line, digits);
        row.set("taxes", tax_text(row.find("taxes")));
        row.set("invoice_id", to_text(item.thing.id));
        row.set("number", frozen.number);
        row.set("issued_on",
                frozen.document.issued_on ? Json(to_text(*frozen.document.issued_on)) : Json());
        row.set("currency", frozen.document.currency.code);
        out += table.row(row);
    }
}

} // namespace

backup::TextSource line_table(std::shared_ptr<const projections::Snapshot> snapshot) {
    const CsvTable table(kColumns, line_schema(), {});
    return [=, snapshot = std::move(snapshot), begun = false,
            after = std::string()](std::string& out) mutable -> Result<bool> {
        if (!begun)
            out += table.head();
        begun = true;
        projections::ListQuery query;
        query.limit = kPage;
        query.after = after;
        const auto page = TRY(snapshot->list(query));
        for (const projections::ListItem& item : page.items)
            add_lines(out, table, item);
        after = page.next;
        return !after.empty();
    };
}

} // namespace daybook::api

// What views must answer, computed from the folded things alone, each time from nothing: no card,
// no sum, no index, no key of projections/ takes part.
#pragma once

#include "projections/search_text.h"
#include "tests/projections/ledger.h"

#include <algorithm>
#include <set>

namespace daybook::tests {

inline domain::Settled naive_settled(const NaiveBooks& books, InvoiceId invoice) {
    domain::Settled sum;
    const auto add = [&](const auto& entries, Amount& into) {
        for (const domain::AllocationEntry& entry : entries)
            if (!entry.ended_on && entry.allocation.invoice_id == invoice)
                into += entry.allocation.amount;
    };
    for (const auto& [thing, row] : books.things) {
        if (const auto* payment = std::get_if<domain::PaymentState>(&row.state))
            add(payment->allocations, sum.paid);
        if (const auto* note = std::get_if<domain::CreditNoteState>(&row.state))
            add(note->allocations, sum.credited);
    }
    return sum;
}

inline std::set<EntityRef> naive_touching(const NaiveBooks& books, InvoiceId invoice) {
    std::set<EntityRef> things;
    for (const auto& [thing, row] : books.things) {
        const auto touch = [&](const auto& entries) {
            for (const domain::AllocationEntry& entry : entries)
                if (!entry.ended_on && entry.allocation.invoice_id == invoice)
                    things.insert(thing);
        };
        if (const auto* payment = std::get_if<domain::PaymentState>(&row.state))
            touch(payment->allocations);
        if (const auto* note = std::get_if<domain::CreditNoteState>(&row.state)) {
            touch(note->allocations);
            for (const CreditedInvoice& credited : note->credits)
                if (credited.invoice_id == invoice)
                    things.insert(thing);
        }
    }
    return things;
}

struct NaiveMoney {
    std::int64_t due = 0, overdue = 0, credit_open = 0, unallocated = 0, open_invoices = 0;
};
using NaiveBalances = std::map<std::pair<ClientId, std::string>, NaiveMoney>;

inline NaiveBalances naive_balances(const NaiveBooks& books, Date today) {
    NaiveBalances balances;
    for (const auto& [thing, row] : books.things) {
        if (const auto* invoice = std::get_if<domain::InvoiceState>(&row.state)) {
            const auto settled = naive_settled(books, InvoiceId{thing.id});
            const Document& document = invoice->content.document;
            NaiveMoney& money =
                balances[{document.client_id.value_or(ClientId{}), document.currency.code}];
            const Amount due = domain::due(*invoice, settled);
            money.due += due.minor;
            if (due.minor > 0)
                ++money.open_invoices;
            if (domain::overdue(*invoice, settled, today))
                money.overdue += due.minor;
        }
        if (const auto* note = std::get_if<domain::CreditNoteState>(&row.state)) {
            const Document& document = note->content.document;
            balances[{document.client_id.value_or(ClientId{}), document.currency.code}]
                .credit_open += domain::remaining(*note).minor;
        }
        if (const auto* payment = std::get_if<domain::PaymentState>(&row.state))
            balances[{payment->receipt.client_id.value_or(ClientId{}),
                      payment->receipt.currency.code}]
                .unallocated += domain::unallocated(*payment).minor;
    }
    std::erase_if(balances, [](const auto& entry) {
        const NaiveMoney& money = entry.second;
        return money.due == 0 && money.credit_open == 0 && money.unallocated == 0
               && money.open_invoices == 0;
    });
    return balances;
}

inline std::string money_text(std::int64_t minor, const std::string& currency) {
    return to_text(Amount{minor}, Currency{currency}.digits().value_or(2));
}

inline projections::Summary naive_summary(const NaiveBooks& books, Date today) {
    projections::Summary summary;
    for (const auto& [thing, row] : books.things) {
        summary.clients += std::holds_alternative<domain::ClientState>(row.state);
        summary.products += std::holds_alternative<domain::ProductState>(row.state);
        summary.credit_notes += std::holds_alternative<domain::CreditNoteState>(row.state);
        summary.payments += std::holds_alternative<domain::PaymentState>(row.state);
        if (const auto* invoice = std::get_if<domain::InvoiceState>(&row.state)) {
            summary.drafts += invoice->stage == domain::InvoiceStage::draft;
            summary.issued += invoice->stage == domain::InvoiceStage::issued;
        }
    }
    std::map<std::string, NaiveMoney> sums;
    for (const auto& [place, money] : naive_balances(books, today)) {
        NaiveMoney& sum = sums[place.second];
        sum.due += money.due;
        sum.overdue += money.overdue;
        sum.credit_open += money.credit_open;
        sum.unallocated += money.unallocated;
    }
    for (const auto& [currency, sum] : sums) {
        const auto list = [&](std::vector<projections::Money>& into, std::int64_t minor) {
            if (minor != 0)
                into.push_back({{currency}, money_text(minor, currency)});
        };
        list(summary.receivable, sum.due);
        list(summary.overdue, sum.overdue);
        list(summary.credit_open, sum.credit_open);
        list(summary.unallocated, sum.unallocated);
    }
    return summary;
}

// ---- lists -----------------------------------------------------------------------------------

// What of a thing a list can ask for, read from its state.
struct Asked {
    std::string status, number, name, text;
    std::optional<ClientId> client;
    std::optional<Date> dated, due_on;
    Date day;
    bool overdue = false;
};

inline Asked asked_of(const NaiveBooks& books, EntityRef thing, const projections::EntityRow& row,
                      Date today) {
    Asked asked;
    const auto document = [&](const Frozen& content) {
        asked.number = content.number;
        asked.client = content.document.client_id;
        asked.dated = content.document.issued_on;
        asked.due_on = content.document.due_on;
        asked.text = content.number + "\n" + content.document.buyer_reference;
    };
    if (const auto* invoice = std::get_if<domain::InvoiceState>(&row.state)) {
        const auto settled = naive_settled(books, InvoiceId{thing.id});
        document(invoice->content);
        asked.status = enum_name(domain::status(*invoice, settled));
        asked.overdue = domain::overdue(*invoice, settled, today);
    } else if (const auto* note = std::get_if<domain::CreditNoteState>(&row.state)) {
        document(note->content);
        asked.status = enum_name(domain::status(*note));
    } else if (const auto* payment = std::get_if<domain::PaymentState>(&row.state)) {
        asked = {enum_name(domain::status(*payment)),
                 payment->receipt.number,
                 {},
                 payment->receipt.number + "\n" + payment->receipt.payer,
                 payment->receipt.client_id,
                 payment->receipt.received_on,
                 {},
                 {},
                 false};
    } else if (const auto* client = std::get_if<domain::ClientState>(&row.state)) {
        const Party& party = client->profile.party;
        asked = {client->archived ? "archived" : "live",
                 party.code,
                 party.name,
                 party.code + "\n" + party.name + "\n" + party.address.city,
                 {},
                 {},
                 {},
                 {},
                 false};
    } else if (const auto* product = std::get_if<domain::ProductState>(&row.state)) {
        const ProductProfile& profile = product->profile;
        asked = {product->archived ? "archived" : "live",
                 profile.code,
                 profile.names.front().name,
                 profile.code + "\n" + profile.names.front().name,
                 {},
                 {},
                 {},
                 {},
                 false};
    }
    asked.day = asked.dated.value_or(
        Date{static_cast<std::int32_t>(row.created_at.micros / 86'400'000'000)});
    return asked;
}

inline bool passes(const projections::ListQuery& query, const Asked& asked) {
    const auto within = [](std::optional<Date> date, std::optional<Date> from,
                           std::optional<Date> to) {
        return (!from || (date && *date >= *from)) && (!to || (date && *date <= *to));
    };
    using projections::fold_text;
    return (query.status.empty() || std::ranges::count(query.status, asked.status) > 0)
           && (!query.client_id || query.client_id == asked.client)
           && (!query.number || query.number == asked.number)
           && (!query.overdue || query.overdue == asked.overdue)
           && within(asked.dated, query.issued_from, query.issued_to)
           && within(asked.due_on, query.due_from, query.due_to)
           && fold_text(asked.text).find(fold_text(query.text)) != std::string::npos;
}

// Ids of what the list holds, in its order.
inline std::vector<Uuid> naive_list(const NaiveBooks& books, const projections::ListQuery& query) {
    using projections::SortKey;
    // What a key sorts by; nothing where the thing has no such value.
    struct Value {
        bool absent = false;
        std::int64_t number = 0;
        std::string text;
    };
    const auto value_of = [](SortKey key, const Asked& asked, Revision first) -> Value {
        switch (key) {
        case SortKey::issued_on:
        case SortKey::received_on:
            return {.number = asked.day.days};
        case SortKey::due_on:
            return {.absent = !asked.due_on, .number = asked.due_on.value_or(Date{}).days};
        case SortKey::number:
        case SortKey::code:
            return {.absent = asked.number.empty(), .text = asked.number};
        case SortKey::name:
            return {.text = projections::fold_text(asked.name)};
        case SortKey::created:
            return {.number = static_cast<std::int64_t>(first)};
        }
        return {};
    };
    struct Entry {
        std::vector<Value> values;
        Uuid id;
    };
    std::vector<projections::SortBy> keys = query.sort;
    keys.push_back({SortKey::created, !keys.empty() && keys.back().descending});
    std::vector<Entry> entries;
    for (const auto& [thing, row] : books.things) {
        if (thing.kind != query.kind || !domain::exists(row.state))
            continue;
        const Asked asked = asked_of(books, thing, row, query.today);
        if (!passes(query, asked))
            continue;
        Entry entry{.id = thing.id};
        for (const auto& by : keys)
            entry.values.push_back(value_of(by.key, asked, row.first));
        entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries, [&](const Entry& a, const Entry& b) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Value& left = a.values[i];
            const Value& right = b.values[i];
            if (left.absent != right.absent)
                return right.absent;
            const auto x = std::tie(left.number, left.text);
            const auto y = std::tie(right.number, right.text);
            if (!left.absent && x != y)
                return keys[i].descending ? x > y : x < y;
        }
        return false;
    });
    std::vector<Uuid> ids;
    for (const Entry& entry : entries)
        ids.push_back(entry.id);
    return ids;
}

} // namespace daybook::tests

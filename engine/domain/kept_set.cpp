#include "engine/domain/kept_set.h"

#include "engine/domain/claims.h"
#include "engine/domain/credit_plan.h"
#include "engine/domain/prospective_books.h"
#include "engine/domain/references.h"
#include "engine/domain/settled.h"
#include "events/base/planted.h"

#include <algorithm>
#include <set>

namespace daybook::domain {
namespace {

bool overpaid(const Books& books, InvoiceId id) {
    const InvoiceState* invoice = books.invoice(id);
    return invoice && due(*invoice, settled(books, id)) < Amount{};
}

bool over_credited(const Books& books, InvoiceId id) {
    const InvoiceState* invoice = books.invoice(id);
    if (!invoice || invoice->stage != InvoiceStage::issued)
        return false;
    const CreditedSoFar credited = credited_so_far(books, id);
    if (credited.totals.total > invoice->content.totals.total)
        return true;
    return std::ranges::any_of(invoice->content.document.lines, [&](const Line& line) {
        const auto part = credited.lines.find(line.id);
        return part != credited.lines.end() && line.net > Amount{} && part->second.net > line.net;
    });
}

class KeptSet {
  public:
    KeptSet(const Books& books, const std::vector<Changed>& changed)
        : now_(books), result_(books), changed_(changed), kept_(changed.size()) {
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            place_[changed_[i].passage.thing] = i;
            if (changed_[i].asked)
                result_.lay_over(changed_[i].passage.thing, changed_[i].then);
        }
        find_invoices();
    }

    std::vector<std::optional<KeptBecause>> take() {
        keep_facts();
        do {
            grew_ = false;
            keep_references();
            keep_claims();
            keep_sums();
            keep_empty_imports();
        } while (grew_ && !planted("the kept set grows only once"));
        return std::move(kept_);
    }

  private:
    bool returns(std::size_t i) const { return changed_[i].asked && !kept_[i]; }
    // Its place among those that return; nothing for any other thing.
    std::optional<std::size_t> returning(EntityRef thing) const {
        const auto found = place_.find(thing);
        return found != place_.end() && returns(found->second) ? std::optional(found->second)
                                                               : std::nullopt;
    }
    void keep(std::size_t i, KeptBecause because) {
        kept_[i] = because;
        result_.lift(changed_[i].passage.thing);
        grew_ = true;
    }

    void keep_facts() {
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            const Passage& passage = changed_[i].passage;
            if (!returns(i))
                continue;
            if (!passage.fact.empty())
                keep(i, {WhyKept::fact, passage.fact, {}});
            else if (never_returns(passage.thing.kind))
                keep(i, {WhyKept::never_returns, {}, {}});
        }
    }

    void keep_references() {
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            const EntityRef thing = changed_[i].passage.thing;
            const State* state = result_.find(thing);
            if (!state)
                continue;
            for (const EntityRef& named : references_of(*state)) {
                if (result_.find(named))
                    continue;
                if (const auto gone = returning(named))
                    keep(*gone, {WhyKept::referred_to, {}, thing});
                else if (returns(i)) {
                    keep(i, {WhyKept::refers_to_missing, {}, named});
                    break;
                }
            }
        }
    }

    std::vector<std::string> claims_then(std::size_t i) const {
        std::vector<std::string> claims = claims_of(changed_[i].then);
        if (exists(changed_[i].then) && !exists(changed_[i].now))
            if (auto source = now_.timeline().source_claim(changed_[i].passage.thing))
                claims.push_back(*std::move(source));
        return claims;
    }
    void keep_claims() {
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            if (!returns(i))
                continue;
            for (const std::string& claim : claims_then(i)) {
                const auto holder = now_.claimant(claim);
                if (!holder || *holder == changed_[i].passage.thing)
                    continue;
                // Whoever goes back with it gives up what he did not hold then.
                if (returning(*holder))
                    continue;
                keep(i, {WhyKept::code_taken, {}, *holder});
                break;
            }
        }
    }

    // Invoices whose sums may come out differently.
    void find_invoices() {
        for (const Changed& each : changed_) {
            if (each.passage.thing.kind == EntityKind::invoice)
                invoices_.insert(InvoiceId{each.passage.thing.id});
            for (const State* state : {&each.then, &each.now})
                for (const EntityRef& named : references_of(*state))
                    if (named.kind == EntityKind::invoice)
                        invoices_.insert(InvoiceId{named.id});
        }
    }
    void keep_members(InvoiceId invoice, WhyKept why) {
        const EntityRef thing{EntityKind::invoice, invoice.value};
        std::vector<EntityRef> members = now_.touching(thing);
        members.push_back(thing);
        for (const EntityRef& member : members)
            if (const auto place = returning(member))
                keep(*place, {why, {}, thing});
    }
    void keep_sums() {
        for (const InvoiceId invoice : invoices_) {
            if (overpaid(result_, invoice))
                keep_members(invoice, WhyKept::overpaid);
            // Imported credits may exceed what they credit: a fact of another program, no new harm.
            if (over_credited(result_, invoice) && !over_credited(now_, invoice))
                keep_members(invoice, WhyKept::over_credited);
        }
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            const auto* then = std::get_if<CompanyState>(&changed_[i].then);
            const auto* now = std::get_if<CompanyState>(&changed_[i].now);
            if (returns(i) && then && now && now_.has_documents()
                && then->profile.base_currency != now->profile.base_currency)
                keep(i, {WhyKept::base_currency_frozen, {}, {}});
        }
    }

    // True for what is not here now and came into being with that commit.
    bool comes_with(std::size_t i, const std::pair<Revision, Revision>& commit) const {
        const Changed& each = changed_[i];
        if (!each.asked || exists(each.now) || !exists(each.then))
            return false;
        const Version origin = now_.timeline().origin_of(each.passage.thing, each.passage.before);
        return commit.first <= origin && origin <= commit.second;
    }
    // An import that comes back with nothing would be a record of what is not there.
    void keep_empty_imports() {
        for (std::size_t i = 0; i < changed_.size(); ++i) {
            const Changed& import = changed_[i];
            if (import.passage.thing.kind != EntityKind::import || !returns(i) || exists(import.now)
                || !exists(import.then))
                continue;
            const Timeline& timeline = now_.timeline();
            const auto commit =
                timeline.commit_of(timeline.origin_of(import.passage.thing, import.passage.before));
            std::optional<EntityRef> away;
            bool comes_alone = true;
            for (std::size_t j = 0; j < changed_.size() && comes_alone; ++j)
                if (j != i && comes_with(j, commit)) {
                    away = changed_[j].passage.thing;
                    comes_alone = !returns(j);
                }
            if (comes_alone && away)
                keep(i, {WhyKept::refers_to_missing, {}, away});
        }
    }

    const Books& now_;
    ProspectiveBooks result_;
    const std::vector<Changed>& changed_;
    std::vector<std::optional<KeptBecause>> kept_;
    std::map<EntityRef, std::size_t> place_;
    std::set<InvoiceId> invoices_;
    bool grew_ = false;
};

} // namespace

bool never_returns(EntityKind kind) {
    return kind == EntityKind::series || kind == EntityKind::period || kind == EntityKind::timeline;
}

std::vector<std::optional<KeptBecause>> kept_set(const Books& books,
                                                 const std::vector<Changed>& changed) {
    return KeptSet(books, changed).take();
}

} // namespace daybook::domain

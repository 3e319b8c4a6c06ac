#include "api/present/going_back.h"

#include "api/present/label.h"
#include "events/base/reflect.h"

#include <map>

namespace daybook::api {
namespace {

using namespace schema;
using domain::WhyKept;

struct Sentence {
    std::string_view english, french;
};

Sentence sentence_of(WhyKept why) {
    switch (why) {
    case WhyKept::fact:
        return {"It is a fact of the books since then; only its own inverse answers it.",
                "C'est depuis un fait comptable ; seule son écriture inverse y répond."};
    case WhyKept::never_returns:
        return {"Numbers and locks never go back.",
                "Les numéros et les verrous ne reviennent jamais en arrière."};
    case WhyKept::referred_to:
        return {"What stays names it.", "Ce qui reste la nomme."};
    case WhyKept::refers_to_missing:
        return {"What it would name again is not there.",
                "Ce qu'elle nommerait à nouveau n'existe plus."};
    case WhyKept::code_taken:
        return {"Another one has taken its code since.", "Une autre a pris son code entre-temps."};
    case WhyKept::overpaid:
        return {"More would be settled than is owed.", "On aurait réglé plus qu'il n'est dû."};
    case WhyKept::over_credited:
        return {"More would be credited than was invoiced.", "L'avoir dépasserait la facture."};
    case WhyKept::base_currency_frozen:
        return {"Documents bear the currency of today.",
                "Des documents portent la monnaie d'aujourd'hui."};
    }
    return {};
}

class Presenter {
  public:
    Presenter(const Told& told, const domain::Books& books) : told_(told), books_(books) {}

    // By the state it has; of what is not there, by the state it goes back to.
    Json thing(EntityRef thing, Version to_version = 0) const {
        const domain::State* now = books_.find(thing);
        Json json;
        json.set("kind", enum_name(thing.kind));
        json.set("id", to_text(thing.id));
        json.set("label", label_of(now ? *now : books_.timeline().state_of(thing, to_version),
                                   told_.call.language));
        return json;
    }
    Json kept(const domain::Stays& stays) const {
        const domain::KeptBecause& because = stays.because;
        const Sentence said = sentence_of(because.why);
        Json json = thing(stays.thing, stays.then);
        json.set("why", enum_name(because.why));
        json.set("sentence", told_.call.language == Language::french ? said.french : said.english);
        if (!because.fact.empty())
            json.set("event", because.fact);
        if (because.because)
            json.set("because", thing(*because.because));
        return json;
    }

  private:
    const Told& told_;
    const domain::Books& books_;
};

Json credit(CreditNoteId note, std::optional<InvoiceId> invoice, const Frozen& frozen) {
    Json json;
    json.set("kind", "credit_note");
    json.set("id", to_text(note));
    json.set("label", frozen.number);
    json.set("invoice_id", invoice ? Json(to_text(*invoice)) : Json(nullptr));
    return json;
}

// Of a commit, or of the events of a preview: anything with `thing` and `event`.
void add_credit(EntityRef thing, const Event& event, JsonArray& credited) {
    if (const auto* issued = std::get_if<CreditNoteIssued>(&event))
        credited.push_back(
            credit(CreditNoteId{thing.id}, issued->credits.front().invoice_id, issued->frozen));
}

} // namespace

std::expected<Json, Problem> show_going_back(const Told& told, const domain::GoingBack& plan,
                                             const domain::Books& books) {
    const Presenter presenter(told, books);
    std::map<EntityRef, Version> returned;
    JsonArray credited;
    if (told.written.empty()) {
        for (const domain::GoesBack& back : plan.returned)
            returned[back.thing] = back.to_version;
        for (const domain::NewEvent& event : plan.events)
            add_credit(event.thing, event.event, credited);
    }
    for (const RecordedEvent& written : told.written) {
        if (const auto* back = std::get_if<Returned>(&written.event))
            returned[written.envelope.entity] = back->to_version;
        add_credit(written.envelope.entity, written.event, credited);
    }
    JsonArray went, stayed;
    for (const auto& [thing, version] : returned)
        went.push_back(presenter.thing(thing, version));
    for (const domain::Stays& stays : plan.kept)
        if (!returned.contains(stays.thing))
            stayed.push_back(presenter.kept(stays));
    Json json;
    json.set("revision", 0);
    json.set("to_revision", plan.to);
    json.set("returned", std::move(went));
    json.set("kept", std::move(stayed));
    json.set("credited", std::move(credited));
    return json;
}

Schema going_back_schema() {
    const Schema thing = object({{"kind", text()}, {"id", uuid()}, {"label", text()}});
    const Schema kept = extended(thing, {{"why", text()},
                                         {"sentence", text()},
                                         optional("event", text()),
                                         optional("because", thing)});
    const Schema credit = extended(thing, {{"invoice_id", nullable(uuid())}});
    return named("GoingBack", object({{"revision", integer()},
                                      {"to_revision", integer()},
                                      {"returned", array(thing)},
                                      {"kept", array(kept)},
                                      {"credited", array(credit)}}));
}

} // namespace daybook::api

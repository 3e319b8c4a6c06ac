// What a thing is, as one event: how an opening log tells of it (events/opening_events.h). A state
// and the event that opens it have the same fields, so one becomes the other field by field; a
// field that is added to one of them alone does not compile.
//
// The company is not here: HistoryLeftOut opens it and says more. Nor is the timeline, which says
// how the books came to be; that is what was left out.
#pragma once

#include "engine/domain/states.h"
#include "events/base/reflect.h"

#include <string_view>

namespace daybook::domain {

using Openings = boost::mp11::mp_list<boost::mp11::mp_list<SeriesOpened, SeriesState>,
                                      boost::mp11::mp_list<TaxRateOpened, TaxRateState>,
                                      boost::mp11::mp_list<TermsOpened, TermsState>,
                                      boost::mp11::mp_list<MoneyAccountOpened, MoneyAccountState>,
                                      boost::mp11::mp_list<PeriodOpened, PeriodState>,
                                      boost::mp11::mp_list<ClientOpened, ClientState>,
                                      boost::mp11::mp_list<ProductOpened, ProductState>,
                                      boost::mp11::mp_list<InvoiceOpened, InvoiceState>,
                                      boost::mp11::mp_list<CreditNoteOpened, CreditNoteState>,
                                      boost::mp11::mp_list<PaymentOpened, PaymentState>,
                                      boost::mp11::mp_list<FileOpened, FileState>,
                                      boost::mp11::mp_list<ImportOpened, ImportState>>;

template <class E>
concept OpeningEvent = boost::mp11::mp_map_contains<Openings, E>::value;
template <OpeningEvent E>
using OpenedState = boost::mp11::mp_second<boost::mp11::mp_map_find<Openings, E>>;

template <Described To, Described From>
To with_fields_of(const From& from) {
    static_assert(kFieldCount<To> == kFieldCount<From>, "the same fields");
    To to;
    for_each_field<To>([&](auto index, const char*, auto pointer) {
        using Own = boost::mp11::mp_at_c<Members<To>, decltype(index)::value>;
        using Its = boost::mp11::mp_at_c<Members<From>, decltype(index)::value>;
        static_assert(std::string_view(Own::name) == Its::name, "in the same order");
        to.*pointer = from.*Its::pointer;
    });
    return to;
}

template <OpeningEvent E>
OpenedState<E> begin(const E& event) {
    return with_fields_of<OpenedState<E>>(event);
}

// The event that begin() makes that state of. Of a thing that exists, other than company and
// timeline.
Event opening_of(const State& state);

} // namespace daybook::domain

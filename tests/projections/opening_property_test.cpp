// What a backup without history promises: whatever led to the books, their opening comes to the
// same books, thing for thing and by the state hash; and so does an opening of that.
#include "tests/projections/random_history.h"
#include "tests/projections/views_fixture.h"
#include "tests/support/opened_line.h"
#include "tests/support/roll.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace daybook::tests {
namespace {

constexpr log::LineNumber kOpened = 2;
constexpr log::LineNumber kOpenedAgain = 3;

std::map<EntityRef, domain::State> living(const NaiveBooks& books) {
    std::map<EntityRef, domain::State> states;
    for (const auto& [thing, row] : books.things)
        if (domain::exists(row.state))
            states.emplace(thing, row.state);
    return states;
}

std::map<EntityRef, domain::State> living(const log::LogReader& log, log::LineNumber line) {
    NaiveFold fold;
    NaiveBooks books;
    for (const log::StoredRecord& record : ok(log.read(line, 1)))
        fold.add(books, ok(decode_record(record.bytes)));
    return living(books);
}

// A number that is given and given up again within one commit. No decider does so; views look at
// what a commit leaves and do not see it, while an opening asks the events.
bool gives_numbers_for_nothing(const log::LogReader& log) {
    std::map<EntityRef, Revision> issued_in;
    for (const log::StoredRecord& record : ok(log.read(kLine, 1))) {
        const RecordedEvent recorded = ok(decode_record(record.bytes));
        const Envelope& envelope = recorded.envelope;
        if (std::holds_alternative<InvoiceIssued>(recorded.event)
            || std::holds_alternative<CreditNoteIssued>(recorded.event))
            issued_in[envelope.entity] = envelope.commit_last;
        else if (const auto at = issued_in.find(envelope.entity);
                 at != issued_in.end() && at->second == envelope.commit_last)
            return true;
    }
    return false;
}

RC_GTEST_PROP(Opening, ComesToTheBooksThatItIsTheOpeningOf, ()) {
    Books books;
    RandomHistory random(books.ledger, roll);
    for (int commits = *rc::gen::inRange(1, 40); commits > 0; --commits)
        books.commit(random.next_commit());
    RC_PRE(!gives_numbers_for_nothing(books.log));
    // Of any moment, whatever came later.
    const auto& history = books.ledger.history();
    const NaiveBooks& moment = history[*rc::gen::inRange<std::size_t>(1, history.size())];

    backup::Subject subject;
    subject.line = kLine;
    subject.until = moment.revision;
    fill_opening(books.log, subject, books.log, kOpened);
    ok(books.log.show(kOpened, {}));
    subject.line = kOpened;
    subject.until = ok(books.log.head(kOpened)).revision;
    fill_opening(books.log, subject, books.log, kOpenedAgain);
    ok(books.log.show(kOpenedAgain, {}));
    books.catch_up();

    const Hash expected = ok(books.at(moment.revision)->state_hash());
    for (const log::LineNumber line : {kOpened, kOpenedAgain}) {
        RC_ASSERT(living(books.log, line) == living(moment));
        RC_ASSERT(ok(ok(books.views->snapshot(line))->state_hash()) == expected);
    }
    RC_ASSERT(books.views->lag().trouble.empty());
}

} // namespace
} // namespace daybook::tests

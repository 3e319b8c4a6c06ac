// The books of one company, folded from a list of events: what deciders see in tests. Keeps every
// version of every thing, so that `Returned` means here what it means in the engine.
#pragma once

#include "engine/domain/books.h"
#include "engine/domain/decide.h"
#include "events/base/check.h"
#include "events/catalogue.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace daybook::tests {

class BooksInMemory : public domain::Books, private domain::Timeline {
  public:
    BooksInMemory();
    explicit BooksInMemory(std::span<const domain::NewEvent> history);
    BooksInMemory(const BooksInMemory&);
    BooksInMemory(BooksInMemory&&) noexcept;
    BooksInMemory& operator=(const BooksInMemory&);
    BooksInMemory& operator=(BooksInMemory&&) noexcept;
    ~BooksInMemory() override;

    // One commit.
    void apply(std::span<const domain::NewEvent> events);
    void apply(const domain::NewEvent& event) { apply(std::span(&event, 1)); }

    const domain::State* find(EntityRef thing) const override;
    std::vector<Uuid> all(EntityKind kind) const override;
    std::vector<EntityRef> touching(EntityRef thing) const override;
    domain::SeriesPosition series_position(SeriesId series, std::string_view period) const override;
    std::optional<Date> series_last_issued_on(SeriesId series) const override;
    std::optional<EntityRef> claimant(std::string_view claim) const override;
    bool has_documents() const override { return has_documents_; }

    const domain::Timeline& timeline() const override { return *this; }

    // Version of a thing: the number of its events.
    Version version(EntityRef thing) const;

  private:
    struct Record {
        EntityRef thing;
        std::string_view type;
        Version version = 0;
        Revision commit_first = 0;
        Revision commit_last = 0;
    };

    // ---- domain::Timeline
    Revision head() const override { return records_.size(); }
    std::pair<Revision, Revision> commit_of(Revision revision) const override;
    std::vector<domain::Passage> passages(Revision from, Revision to) const override;
    Version version_of(EntityRef thing) const override { return version(thing); }
    Version origin_of(EntityRef thing, Version version) const override;
    domain::State state_of(EntityRef thing, Version version) const override;
    std::optional<std::string> source_claim(EntityRef thing) const override;

    void happen(const domain::NewEvent& happened);
    static domain::State next_state(const std::vector<domain::State>& versions, const Event& event);

    void advance(SeriesId series, const std::string& period, std::uint64_t last,
                 std::optional<Date> issued_on);
    void advance(const Frozen& frozen);
    void advance(const std::vector<SeriesFloor>& floors);
    void note_positions(const domain::NewEvent& happened);

    void touch(InvoiceId invoice, EntityRef by);
    void note_touches(const domain::NewEvent& happened);

    void note_documents(const Event& event);

    void move_claims(EntityRef thing, const domain::State& state);

    std::vector<Record> records_; // By revision.
    std::map<EntityRef, std::vector<domain::State>> versions_;
    std::map<std::pair<EntityRef, Version>, Version> returns_; // What each return went back to.
    std::map<std::pair<SeriesId, std::string>, domain::SeriesPosition> positions_;
    std::map<EntityRef, std::set<EntityRef>> touches_;
    std::map<EntityRef, std::string> sources_;
    std::map<std::string, EntityRef> holders_;
    bool has_documents_ = false;
};

} // namespace daybook::tests

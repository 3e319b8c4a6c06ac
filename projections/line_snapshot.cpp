#include "projections/line_snapshot.h"

#include "projections/changes.h"
#include "projections/entity_row.h"
#include "projections/list_reader.h"
#include "projections/reports.h"
#include "projections/settlement.h"
#include "projections/state_hash.h"

namespace daybook::projections {
namespace {

class LineSnapshot final : public Snapshot {
  public:
    LineSnapshot(std::unique_ptr<const Moment> rows, Revision revision)
        : rows_(std::move(rows)), revision_(revision) {}

    Revision revision() const override { return revision_; }

    Result<std::optional<EntityRow>> find(EntityRef thing) const override {
        return find_entity(*rows_, thing);
    }
    Result<domain::Settled> settled(InvoiceId invoice) const override {
        return projections::settled(*rows_, invoice);
    }
    Result<std::vector<EntityRef>> touching(EntityRef invoice) const override {
        return settled_by(*rows_, InvoiceId{invoice.id});
    }
    Result<ListPage> list(const ListQuery& query) const override {
        return ListReader(*rows_, query).read();
    }
    Result<Summary> summary(Date today) const override { return read_summary(*rows_, today); }
    Result<std::vector<Receivable>> receivables(Date today) const override {
        return read_receivables(*rows_, today);
    }
    Result<std::vector<std::pair<EntityRef, EntityRow>>> all(EntityKind kind) const override {
        std::vector<std::pair<EntityRef, EntityRow>> things;
        const auto visit = [&](std::string_view key, std::string_view bytes) -> Result<bool> {
            EntityRow row = TRY(decode_entity_row(kind, bytes));
            if (domain::exists(row.state))
                things.emplace_back(place_at_end(kind, key).thing, std::move(row));
            return true;
        };
        TRY(rows_->scan_prefix(Table::entity, kind_prefix(kind), visit));
        return things;
    }
    Result<ChangePage> changes(const ChangeQuery& query) const override {
        return read_changes(*rows_, revision_, query);
    }
    Result<Hash> state_hash() const override { return projections::state_hash(*rows_); }

  private:
    std::unique_ptr<const Moment> rows_;
    Revision revision_;
};

} // namespace

std::unique_ptr<Snapshot> make_snapshot(std::unique_ptr<const Moment> rows, Revision revision) {
    return std::make_unique<LineSnapshot>(std::move(rows), revision);
}

} // namespace daybook::projections

// Which line holds which company's book now: folded from the instance's own book (line 0).
#pragma once

#include "engine/log/event_log.h"
#include "events/event.h"

#include <map>
#include <optional>
#include <vector>

namespace daybook::command {

struct CompanyLine {
    CompanyId company;
    Uuid log_id;
    Epoch epoch = 1;
    log::LineNumber line = 0;
    // The company's id inside its records. A copy has another id for the world, and the records of
    // what it is a copy of.
    CompanyId book;

    bool operator==(const CompanyLine&) const = default;
};

class Directory {
  public:
    // Follows CompanyOpened, LineActivated and CompanyClosed; other events say nothing here.
    // `named` where a line's records call the company by another id.
    void apply(const Event& event, std::optional<CompanyId> named = std::nullopt);
    // Learns from each line's first record under which id the company stands in it.
    Result<void> read_books(const log::LogReader& log);

    const CompanyLine* find(CompanyId company) const;              // The current epoch.
    const CompanyLine* find(CompanyId company, Epoch epoch) const; // Also a former one.
    std::vector<CompanyLine> current() const; // In order of company id, that is of making.
    std::size_t epochs(CompanyId company) const;
    // The highest number that the company ever had: the next book is one more. An epoch names one
    // line for good; a former one may be current again.
    Epoch newest_epoch(CompanyId company) const;
    // The book that was current when this one first came; nothing for the first.
    std::optional<Epoch> replaced_by(CompanyId company, Epoch epoch) const;
    log::LineNumber next_line() const { return next_line_; }

  private:
    struct Book {
        std::map<Epoch, CompanyLine> epochs;
        std::map<Epoch, Epoch> replaced; // By which epoch, which one.
        Epoch current = 0;
    };
    std::map<CompanyId, Book> books_;
    log::LineNumber next_line_ = 1;
};

// Reads the whole of line 0.
Result<Directory> read_directory(const log::LogReader& log);

} // namespace daybook::command

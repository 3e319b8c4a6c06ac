#include "engine/command/directory.h"

#include "engine/command/each_event.h"
#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {

void Directory::apply(const Event& event, std::optional<CompanyId> named) {
    const auto put = [&](CompanyId company, Uuid log_id, Epoch epoch, std::uint32_t line) {
        Book& book = books_[company];
        if (book.current != 0 && !book.epochs.contains(epoch))
            book.replaced[epoch] = book.current;
        book.epochs[epoch] = {company, log_id, epoch, line, named.value_or(company)};
        book.current = epoch;
        next_line_ = std::max(next_line_, line + 1);
    };
    if (const auto* opened = std::get_if<CompanyOpened>(&event))
        put(opened->company_id, opened->log_id, opened->epoch, opened->line);
    else if (const auto* activated = std::get_if<LineActivated>(&event))
        put(activated->company_id, activated->log_id, activated->epoch, activated->line);
    else if (const auto* closed = std::get_if<CompanyClosed>(&event))
        books_.erase(closed->company_id);
}

Result<void> Directory::read_books(const log::LogReader& log) {
    for (auto& [company, book] : books_)
        for (auto& [epoch, where] : book.epochs) {
            const auto first = TRY(log.read(where.line, 1, {.records_max = 1}));
            if (!first.empty())
                where.book = CompanyId{TRY(decode_envelope(first.front().bytes)).entity.id};
        }
    return {};
}

const CompanyLine* Directory::find(CompanyId company) const {
    const auto book = books_.find(company);
    return book == books_.end() ? nullptr : find(company, book->second.current);
}

const CompanyLine* Directory::find(CompanyId company, Epoch epoch) const {
    const auto book = books_.find(company);
    if (book == books_.end())
        return nullptr;
    const auto line = book->second.epochs.find(epoch);
    return line == book->second.epochs.end() ? nullptr : &line->second;
}

std::vector<CompanyLine> Directory::current() const {
    std::vector<CompanyLine> lines;
    for (const auto& [company, book] : books_)
        lines.push_back(book.epochs.at(book.current));
    return lines;
}

std::size_t Directory::epochs(CompanyId company) const {
    const auto book = books_.find(company);
    return book == books_.end() ? 0 : book->second.epochs.size();
}

Epoch Directory::newest_epoch(CompanyId company) const {
    const auto book = books_.find(company);
    return book == books_.end() ? 0 : book->second.epochs.rbegin()->first;
}

std::optional<Epoch> Directory::replaced_by(CompanyId company, Epoch epoch) const {
    const auto book = books_.find(company);
    if (book == books_.end())
        return std::nullopt;
    const auto replaced = book->second.replaced.find(epoch);
    return replaced == book->second.replaced.end() ? std::nullopt : std::optional(replaced->second);
}

Result<Directory> read_directory(const log::LogReader& log) {
    Directory directory;
    TRY(each_event(log, log::kInstanceLine, [&](const RecordedEvent& recorded) -> Result<void> {
        directory.apply(recorded.event);
        return {};
    }));
    TRY(directory.read_books(log));
    return directory;
}

} // namespace daybook::command

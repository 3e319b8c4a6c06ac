#include "engine/command/directory.h"

#include "events/codec/codec.h"

#include <algorithm>

namespace daybook::command {

void Directory::apply(const Event& event) {
    const auto put = [&](CompanyId company, Uuid log_id, Epoch epoch, std::uint32_t line) {
        Book& book = books_[company];
        book.epochs[epoch] = {company, log_id, epoch, line};
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

Result<Directory> read_directory(const log::LogReader& log) {
    Directory directory;
    for (Revision next = 1;;) {
        const auto records = TRY(log.read(log::kInstanceLine, next));
        if (records.empty())
            return directory;
        for (const auto& record : records)
            directory.apply(TRY(decode_record(record.bytes)).event);
        next = records.back().revision + 1;
    }
}

} // namespace daybook::command

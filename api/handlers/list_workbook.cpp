#include "api/handlers/list_workbook.h"

#include "engine/adapters/posix_files.h"
#include "engine/adapters/posix_large_files.h"
#include "engine/import/cell_text.h"
#include "events/base/utf8.h"

#include <array>
#include <charconv>
#include <stdexcept>
#include <xlsxwriter.h>

namespace daybook::api {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kCellCharactersMax = 32'767; // Of the format.
constexpr std::size_t kExactDigits = 15;           // What a spreadsheet's numbers hold.
constexpr int kDecimalsMax = 6;
constexpr double kColumnWidth = 16;

class Workbook {
  public:
    Workbook(const std::string& path, std::string folder, std::string_view sheet,
             std::vector<Column> columns)
        : folder_(std::move(folder)), columns_(std::move(columns)) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        book_ = workbook_new_opt(path.c_str(), &options);
        if (!book_)
            throw std::runtime_error("a workbook cannot be begun");
        sheet_ = workbook_add_worksheet(book_, std::string(sheet.substr(0, 31)).c_str());
        add_formats();
        add_head();
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() {
        if (book_)
            lxw_workbook_free(book_);
    }

    void add(const Json& item) {
        ++row_;
        if (row_ >= LXW_ROW_MAX)
            throw std::runtime_error("more rows than a sheet holds");
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (const Json* value = value_at(item, columns_[i].name); value && !value->is_null())
                add_cell(static_cast<lxw_col_t>(i), columns_[i].kind, *value);
    }

    void close() {
        const lxw_error error = workbook_close(std::exchange(book_, nullptr));
        if (error != LXW_NO_ERROR)
            throw std::runtime_error(std::string("a workbook: ") + lxw_strerror(error));
    }

  private:
    void add_formats() {
        head_ = workbook_add_format(book_);
        format_set_bold(head_);
        date_ = workbook_add_format(book_);
        format_set_num_format(date_, "yyyy-mm-dd");
        for (int decimals = 0; decimals <= kDecimalsMax; ++decimals) {
            const std::string digits =
                decimals == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(decimals), '0');
            decimals_[static_cast<std::size_t>(decimals)] = workbook_add_format(book_);
            format_set_num_format(decimals_[static_cast<std::size_t>(decimals)], digits.c_str());
        }
    }

    void add_head() {
        const auto last = static_cast<lxw_col_t>(columns_.size() - 1);
        worksheet_set_column(sheet_, 0, last, kColumnWidth, nullptr);
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_.size(); ++i)
            worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(i),
                                   std::string(columns_[i].name).c_str(), head_);
    }

    void add_cell(lxw_col_t column, ColumnKind kind, const Json& value) {
        if (const bool* truth = value.if_bool())
            return check(worksheet_write_boolean(sheet_, row_, column, *truth ? 1 : 0, nullptr));
        const std::string* text = value.if_string();
        const std::string shown = text ? *text : to_json(value);
        if ((kind == ColumnKind::number || kind == ColumnKind::whole) && add_number(column, shown))
            return;
        if (kind == ColumnKind::date && add_date(column, shown))
            return;
        add_text(column, shown);
    }

    // A number that a spreadsheet would round stays a text.
    bool add_number(lxw_col_t column, const std::string& text) {
        double number = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, problem] = std::from_chars(text.data(), end, number);
        const std::size_t point = text.find('.');
        const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
        if (problem != std::errc{} || stop != end || text.size() > kExactDigits
            || decimals > kDecimalsMax)
            return false;
        check(worksheet_write_number(sheet_, row_, column, number, decimals_[decimals]));
        return true;
    }

    bool add_date(lxw_col_t column, const std::string& text) {
        const auto date = parse_date(text);
        if (!date || text < "1900-03-01") // Before, spreadsheets disagree about the day.
            return false;
        lxw_datetime day{};
        day.year = std::stoi(text.substr(0, 4));
        day.month = std::stoi(text.substr(5, 2));
        day.day = std::stoi(text.substr(8, 2));
        check(worksheet_write_datetime(sheet_, row_, column, &day, date_));
        return true;
    }

    void add_text(lxw_col_t column, std::string text) {
        text = import::escaped(text);         // libxlsxwriter leaves that to us.
        if (text.size() > kCellCharactersMax) // Bytes: never more characters than that.
            text = text.substr(0, utf8_size(std::string_view(text).substr(0, kCellCharactersMax)));
        check(worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr));
    }

    static void check(lxw_error error) {
        if (error != LXW_NO_ERROR)
            throw std::runtime_error(std::string("a workbook: ") + lxw_strerror(error));
    }

    std::string folder_;
    std::vector<Column> columns_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* head_ = nullptr;
    lxw_format* date_ = nullptr;
    std::array<lxw_format*, kDecimalsMax + 1> decimals_{};
    lxw_row_t row_ = 0;
};

class WorkbookWriter final : public ListWriter {
  public:
    WorkbookWriter(std::string path, const std::string& folder, const TableShape& shape)
        : path_(std::move(path)),
          book_(path_, folder, shape.name, columns_of(shape.columns, shape.items)) {}
    ~WorkbookWriter() override { static_cast<void>(files_.remove_all(path_)); }

    std::string item(const Json& item) override {
        book_.add(item);
        return {};
    }
    bool end(std::string& out) override {
        if (!made_) {
            book_.close();
            auto made = large_files_.open_for_reading(path_);
            if (!made)
                throw std::runtime_error(made.error().what);
            made_ = *std::move(made);
        }
        const auto piece = made_->read_at(sent_, kPiece);
        if (!piece)
            throw std::runtime_error(piece.error().what);
        out += *piece;
        sent_ += piece->size();
        return piece->size() == kPiece;
    }

  private:
    PosixFiles files_;
    PosixLargeFiles large_files_;
    std::string path_;
    Workbook book_;
    std::unique_ptr<ReadableFile> made_;
    std::uint64_t sent_ = 0;
};

} // namespace

std::string exports_folder(const std::string& data_directory) {
    return data_directory + "/exports";
}

std::expected<std::unique_ptr<ListWriter>, Problem> workbook_writer(const Call& call,
                                                                    const TableShape& shape) {
    const std::string folder = exports_folder(call.service.data_directory());
    PosixFiles files;
    if (const auto made = files.make_directory(folder); !made)
        return std::unexpected(problem_of(made.error()));
    const std::string path = folder + "/" + to_text(call.service.ids().next_id()) + ".xlsx";
    return std::make_unique<WorkbookWriter>(path, folder, shape);
}

} // namespace daybook::api

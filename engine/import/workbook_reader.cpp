#include "engine/import/workbook_reader.h"

#include "engine/backup/little_endian.h"
#include "engine/import/sheet_reader.h"
#include "engine/import/text.h"

#include <algorithm>
#include <array>

namespace daybook::import {
namespace {

using domain::Code;
using domain::Refusal;

constexpr std::size_t kRelationsMax = 10'000;
// Programs write these in any order; a backup, which is a ZIP too, begins with another.
constexpr auto kFirstParts = std::to_array<std::string_view>(
    {"[Content_Types].xml", "_rels/", "docProps/", "xl/", "customXml/"});

struct Relation {
    std::string id;
    std::string kind; // The end of its type: "worksheet".
    std::string part;
};

// "xl/workbook.xml" says where its parts are in "xl/_rels/workbook.xml.rels".
class Relations final : public XmlListener {
  public:
    explicit Relations(std::string folder) : folder_(std::move(folder)) {}

    void begin(std::string_view name, Attributes attributes) override {
        if (name != "Relationship" || attribute(attributes, "TargetMode") == "External")
            return;
        const std::string_view type = attribute(attributes, "Type");
        const std::string_view target = attribute(attributes, "Target");
        found_.push_back({std::string(attribute(attributes, "Id")),
                          std::string(type.substr(type.rfind('/') + 1)),
                          target.starts_with('/') ? std::string(target.substr(1))
                                                  : folder_ + std::string(target)});
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}
    bool goes_on() const override { return found_.size() < kRelationsMax; }

    const Relation* of_kind(std::string_view kind) const {
        const auto found = std::ranges::find(found_, kind, &Relation::kind);
        return found == found_.end() ? nullptr : &*found;
    }
    const Relation* with_id(std::string_view id) const {
        const auto found = std::ranges::find(found_, id, &Relation::id);
        return found == found_.end() ? nullptr : &*found;
    }

  private:
    std::string folder_;
    std::vector<Relation> found_;
};

// The sheets in their order, as relations; and from when on days are counted.
class WorkbookPart final : public XmlListener {
  public:
    void begin(std::string_view name, Attributes attributes) override {
        if (name == "sheet")
            sheets_.emplace_back(attribute(attributes, "id"));
        const std::string_view since_1904 = attribute(attributes, "date1904");
        if (name == "workbookPr" && (since_1904 == "1" || since_1904 == "true"))
            days_ = DayCount::from_1904;
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}
    bool goes_on() const override { return sheets_.size() < kRelationsMax; }

    const std::vector<std::string>& sheets() const { return sheets_; }
    DayCount days() const { return days_; }

  private:
    std::vector<std::string> sheets_;
    DayCount days_ = DayCount::from_1900;
};

std::expected<Relations, Refusal> relations_of(const PackageReader& package,
                                               const std::string& part) {
    const std::size_t slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    Relations relations(folder);
    TRY(read_xml(package, folder + "_rels/" + part.substr(folder.size()) + ".rels", relations));
    return relations;
}

// A chart may have a sheet of its own, in front.
std::expected<std::string, Refusal> first_sheet(const WorkbookPart& workbook,
                                                const Relations& relations) {
    for (const std::string& id : workbook.sheets())
        if (const Relation* sheet = relations.with_id(id); sheet && sheet->kind == "worksheet")
            return sheet->part;
    return no_workbook("The workbook has no sheet of cells.");
}

// Where there is such a part; a workbook without texts, say, has none.
std::expected<void, Refusal> read_part(const PackageReader& package, const Relations& relations,
                                       std::string_view kind, XmlListener& listener) {
    const Relation* found = relations.of_kind(kind);
    if (!found)
        return {};
    TRY(read_xml(package, found->part, listener));
    if (!listener.goes_on())
        return no_workbook("More is in " + in_quotes(found->part) + " than is taken.");
    return {};
}

} // namespace

bool is_workbook(std::string_view bytes) {
    constexpr std::size_t kNameLength = 26;
    constexpr std::size_t kName = 30;
    if (!bytes.starts_with("PK\x03\x04") || bytes.size() < kName)
        return false;
    const std::string_view first =
        bytes.substr(kName, backup::read_little_endian<std::uint16_t>(bytes, kNameLength));
    return std::ranges::any_of(kFirstParts, [&](auto each) { return first.starts_with(each); });
}

std::expected<Table, Refusal> read_workbook(std::string_view bytes) {
    const PackageReader package = TRY(PackageReader::open(bytes));
    if (!package.has("_rels/.rels"))
        return no_workbook("The file is a ZIP, and no workbook.");
    const Relations root = TRY(relations_of(package, ""));
    const Relation* main = root.of_kind("officeDocument");
    if (!main)
        return no_workbook("The file holds no workbook.");
    WorkbookPart workbook;
    TRY(read_xml(package, main->part, workbook));
    const Relations relations = TRY(relations_of(package, main->part));
    const std::string part = TRY(first_sheet(workbook, relations));
    SheetContext context{{}, {}, workbook.days()};
    TRY(read_part(package, relations, "sharedStrings", context.shared));
    TRY(read_part(package, relations, "styles", context.formats));
    SheetReader sheet(context);
    TRY(read_xml(package, part, sheet));
    return std::move(sheet).finish();
}

} // namespace daybook::import

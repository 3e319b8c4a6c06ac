#include "api/imports/list_import.h"

#include "api/handlers/client_write.h"
#include "api/handlers/products.h"
#include "api/or_problem.h"
#include "engine/import/faults.h"
#include "engine/import/text.h"
#include "engine/log/merkle.h"
#include "events/base/strict_json.h"

#include <algorithm>
#include <map>

namespace daybook::api {
namespace {

constexpr std::size_t kPage = 500;

// The requests of a list's rows are answered like any other, so they are one.
struct Context {
    Call call;
    CompanyView view;
};
std::expected<Context, Problem> context_of(Service& service, CompanyId company) {
    Call call{{}, {}, service, Language::english};
    CompanyView view = TRY(open_company(call, MomentWanted{company, {}, {}, "as_of"}));
    return Context{std::move(call), std::move(view)};
}

// All clients or products as they stand, by id and by code.
class There {
  public:
    static std::expected<There, Problem> read(const CompanyView& view, EntityKind kind) {
        There there;
        projections::ListQuery query;
        query.kind = kind;
        query.limit = kPage;
        query.today = view.today;
        do {
            auto page = TRY(or_problem(view.snapshot->list(query)));
            for (projections::ListItem& item : page.items)
                there.add(item.thing.id, std::move(item.row));
            query.after = page.next;
        } while (!query.after.empty());
        return there;
    }

    struct Thing {
        Uuid id;
        projections::EntityRow row;
    };
    const Thing* find(std::string_view id, std::string_view code) const {
        if (const auto parsed = parse_uuid(id))
            if (const auto known = by_id_.find(*parsed); known != by_id_.end())
                return &known->second;
        const auto coded = code.empty() ? by_code_.end() : by_code_.find(code);
        return coded == by_code_.end() ? nullptr : &by_id_.at(coded->second);
    }

  private:
    void add(const Uuid& id, projections::EntityRow row) {
        std::string code;
        if (const auto* client = std::get_if<domain::ClientState>(&row.state))
            code = client->profile.party.code;
        if (const auto* product = std::get_if<domain::ProductState>(&row.state))
            code = product->profile.code;
        if (!code.empty())
            by_code_.emplace(std::move(code), id);
        by_id_.emplace(id, Thing{id, std::move(row)});
    }

    std::map<Uuid, Thing> by_id_;
    std::map<std::string, Uuid, std::less<>> by_code_;
};

// Sets "address.city" as a member of a member.
void set_member(Json& json, std::string_view member, Json value) {
    const std::size_t dot = member.find('.');
    if (dot == std::string_view::npos) {
        json.set(member, std::move(value));
        return;
    }
    const Json* known = json.find(member.substr(0, dot));
    Json inner = known ? *known : Json(JsonObject{});
    set_member(inner, member.substr(dot + 1), std::move(value));
    json.set(member.substr(0, dot), std::move(inner));
}

// How the file writes what stands in it.
struct FileForm {
    char decimal = '.';
    char separator = ',';

    bool is_workbook() const { return separator == import::kNoSeparator; }
    // Only CSV needs an apostrophe before what would be a formula.
    std::string text_of(const std::string& field) const {
        return is_workbook() ? field : undefused(field);
    }
    std::vector<NamedText> options() const {
        if (is_workbook())
            return {{"decimal", std::string(1, decimal)}, {"format", "xlsx"}};
        return {{"decimal", std::string(1, decimal)},
                {"separator", separator == '\t' ? "tab" : std::string(1, separator)}};
    }
};

class ListPlan {
  public:
    ListPlan(const Context& context, const ListHeader& header, const FileForm& form,
             const There& there)
        : context_(context), header_(header), form_(form), there_(there) {}

    void add(const import::Row& row) {
        const auto field = [&](std::string_view member) {
            const auto place = header_.place(member);
            return place ? form_.text_of(row.fields[*place]) : std::string();
        };
        const There::Thing* thing = there_.find(field("id"), field("code"));
        if (thing) {
            const auto [earlier, is_first] = lines_.emplace(thing->id, row.line);
            if (!is_first)
                return fault(row.line, "", "invalid_input",
                             "line " + std::to_string(earlier->second)
                                 + " is of the same thing already");
            note_only_shown(row, *thing);
        }
        const auto patch = patch_of(row);
        if (!patch)
            return;
        const auto made =
            header_.kind == EntityKind::client ? client(*patch, thing) : product(*patch, thing);
        if (!made)
            return add_faults(row.line, made.error());
        if (!*made) {
            ++unchanged_;
            return;
        }
        ++(thing ? changed_ : created_);
        rows_.push_back({row.line, **made});
    }

    std::expected<PlannedImport, Problem> finish(ImportRecorded record) && {
        if (no_.count > 0) {
            Problem no = problem(422, "import_broken_row",
                                 "Rows that cannot be: " + std::to_string(no_.count)
                                     + (no_.count == 1 ? " fault" : " faults"));
            no.faults = std::move(no_.listed);
            no.facts.push_back({"faults", std::to_string(no_.count)});
            return std::unexpected(std::move(no));
        }
        record.counts = {{"rows", created_ + changed_ + unchanged_},
                         {"created", created_},
                         {"changed", changed_},
                         {"unchanged", unchanged_}};
        if (ignored_ > 0)
            record.warnings.push_back({"only_shown", ignored_,
                                       "columns that an import does not set: archive, restore and "
                                       "merge are asked for one by one",
                                       std::move(examples_)});
        PlannedImport planned;
        planned.record = record;
        planned.units = rows_.size();
        planned.unit = "rows";
        planned.command = domain::ImportList{std::move(record), std::move(rows_)};
        planned.persons = std::move(persons_);
        return planned;
    }

  private:
    using Made = std::expected<std::optional<domain::ListedThing>, Problem>;

    Made client(const Json& patch, const There::Thing* thing) {
        ClientWrite write =
            thing ? TRY(changed_client(context_.call, context_.view,
                                       {EntityKind::client, thing->id}, thing->row, patch))
                  : TRY(new_client(context_.call, patch));
        if (thing && write.profile == std::get<domain::ClientState>(thing->row.state).profile)
            return std::nullopt;
        std::ranges::move(write.persons, std::back_inserter(persons_));
        if (thing)
            return domain::ChangeClient{ClientId{thing->id}, std::move(write.profile)};
        return domain::CreateClient{ClientId{next_id()}, std::move(write.profile)};
    }

    Made product(const Json& patch, const There::Thing* thing) {
        if (!thing)
            return domain::CreateProduct{ProductId{next_id()},
                                         TRY(new_product(context_.view, patch))};
        const ProductProfile& old = std::get<domain::ProductState>(thing->row.state).profile;
        ProductProfile profile = TRY(changed_product(context_.view, old, patch));
        if (profile == old)
            return std::nullopt;
        return domain::ChangeProduct{ProductId{thing->id}, std::move(profile)};
    }

    Uuid next_id() const { return context_.call.service.ids().next_id(); }

    // The row as a merge patch; nothing when a field cannot be read.
    std::optional<Json> patch_of(const import::Row& row) {
        Json patch = JsonObject{};
        bool sound = true;
        for (std::size_t i = 0; i < header_.columns.size(); ++i) {
            const ListColumn& column = header_.columns[i];
            if (column.member.empty() || column.member == "id" || column.only_shown)
                continue;
            const auto value = value_of(row.fields[i], column);
            if (!value) {
                fault(row.line, column.name, "wrong_type",
                      column.kind == ColumnKind::json ? "JSON, as an export writes it"
                                                      : "true or false");
                sound = false;
                continue;
            }
            set_member(patch, column.member, *value);
        }
        return sound ? std::optional(std::move(patch)) : std::nullopt;
    }

    std::optional<Json> value_of(const std::string& field, const ListColumn& column) const {
        if (field.empty())
            return Json();
        if (column.kind == ColumnKind::truth) {
            if (field != "true" && field != "false")
                return std::nullopt;
            return Json(field == "true");
        }
        if (column.kind == ColumnKind::json) {
            auto parsed = parse_strict_json(form_.text_of(field));
            return parsed ? std::optional(*std::move(parsed)) : std::nullopt;
        }
        if (column.kind != ColumnKind::number)
            return Json(form_.text_of(field));
        std::string number = field;
        if (form_.decimal != '.')
            std::ranges::replace(number, form_.decimal, '.');
        return Json(std::move(number));
    }

    // Archived in the file and not in the books, say: nobody is to think that it was done.
    void note_only_shown(const import::Row& row, const There::Thing& thing) {
        const auto place = header_.place("archived");
        if (!place)
            return;
        const auto* client = std::get_if<domain::ClientState>(&thing.row.state);
        const auto* product = std::get_if<domain::ProductState>(&thing.row.state);
        const bool archived = client ? client->archived : product && product->archived;
        if (row.fields[*place].empty() || row.fields[*place] == (archived ? "true" : "false"))
            return;
        ++ignored_;
        if (examples_.size() < 5)
            examples_.push_back(import::row_pointer(row.line, header_.columns[*place].name));
    }

    // "/address/city" of a request is a column of the file.
    std::string column_of(std::string_view pointer) const {
        std::string member(pointer.substr(pointer.empty() ? 0 : 1));
        std::ranges::replace(member, '/', '.');
        const auto place = header_.place(member);
        return place ? header_.columns[*place].name : member;
    }

    void add_faults(std::uint64_t line, const Problem& no) {
        if (no.faults.empty())
            fault(line, "", no.code, no.detail);
        for (const ProblemFault& each : no.faults)
            fault(line, column_of(each.pointer), each.code, each.detail);
    }

    void fault(std::uint64_t line, std::string_view column, std::string code, std::string detail) {
        if (++no_.count <= import::kFaultsMax)
            no_.listed.push_back(
                {import::row_pointer(line, column), std::move(code), std::move(detail)});
    }

    const Context& context_;
    const ListHeader& header_;
    const FileForm& form_;
    const There& there_;
    std::vector<domain::ListedRow> rows_;
    std::vector<command::NewPerson> persons_;
    std::map<Uuid, std::uint64_t> lines_; // Where each thing stood first.
    std::uint64_t created_ = 0;
    std::uint64_t changed_ = 0;
    std::uint64_t unchanged_ = 0;
    std::uint64_t ignored_ = 0;
    std::vector<std::string> examples_;
    struct {
        std::vector<ProblemFault> listed;
        std::uint64_t count = 0;
    } no_;
};

ImportRecorded record_of(Service& service, const ImportSource& source, const ListHeader& header,
                         const FileForm& form) {
    ImportRecorded record;
    record.import_id = {service.ids().next_id()};
    record.file = {source.file_name,
                   log::sha256(source.bytes),
                   source.bytes.size(),
                   header.kind == EntityKind::client ? "clients" : "products",
                   {}};
    record.options = form.options();
    for (const ListColumn& column : header.columns)
        record.mapping.push_back({column.name, column.member.empty() ? "ignore" : column.member});
    return record;
}

// Of a list only these may be said; the others are about documents.
std::expected<FileForm, Problem> form_of(const ImportSource& source, char separator) {
    Problem no = problem(422, "invalid_input", "Options");
    FileForm form{'.', separator};
    for (const NamedText& option : source.options) {
        if (option.name == "decimal" && (option.value == "," || option.value == "comma"))
            form.decimal = ',';
        else if (option.name == "decimal" && option.value != "." && option.value != "point")
            no.faults.push_back({"/decimal", "unknown_value", "'.' or ','"});
        else if (option.name == "separator" && form.is_workbook())
            no.faults.push_back({"/separator", "unknown_member", "a workbook has none"});
        else if (option.name != "decimal" && option.name != "mapping" && option.name != "list"
                 && option.name != "separator")
            no.faults.push_back(
                {"/" + option.name, "unknown_member", "a list of clients or products has none"});
    }
    if (!no.faults.empty())
        return std::unexpected(std::move(no));
    return form;
}

} // namespace

std::expected<PlannedImport, Problem> plan_list(Service& service, CompanyId company,
                                                const ImportSource& source,
                                                const import::Table& table,
                                                const ListHeader& header) {
    const FileForm form = TRY(form_of(source, table.separator));
    if (table.rows.empty())
        return std::unexpected(problem(422, "import_empty", "The file has a header and no row."));
    const Context context = TRY(context_of(service, company));
    const There there = TRY(There::read(context.view, header.kind));
    ListPlan plan(context, header, form, there);
    for (const import::Row& row : table.rows)
        plan.add(row);
    return std::move(plan).finish(record_of(service, source, header, form));
}

std::expected<SavedReading, Problem> saved_reading(Service& service, CompanyId company,
                                                   const import::Row& header) {
    const Context context = TRY(context_of(service, company));
    const auto imports = TRY(or_problem(context.view.snapshot->all(EntityKind::import)));
    for (auto earlier = imports.rbegin(); earlier != imports.rend(); ++earlier) {
        const auto* import = std::get_if<domain::ImportState>(&earlier->second.state);
        if (!import || import->record.mapping.size() != header.fields.size())
            continue;
        const auto& mapping = import->record.mapping;
        const bool same = std::ranges::equal(mapping, header.fields,
                                             [](const NamedText& mapped, const std::string& field) {
                                                 return mapped.name == import::trimmed(field);
                                             });
        const std::string& kind = import->record.file.kind; // "csv": of documents.
        if (same)
            return SavedReading{mapping, kind == "csv" ? std::string() : kind};
    }
    return SavedReading{};
}

} // namespace daybook::api

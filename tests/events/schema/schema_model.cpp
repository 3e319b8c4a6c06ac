#include "tests/events/schema/schema_model.h"

#include "events/base/check.h"
#include "tests/events/schema/flatc.h"
#include "tests/support/temp_directory.h"

#include <fmt/format.h>

#include <flatbuffers/reflection.h>

namespace daybook::tests {
namespace {

std::string unqualified(const flatbuffers::String* name) {
    const std::string text = name->str();
    CHECK(text.starts_with("daybook."), "everything is in the namespace daybook");
    return text.substr(text.find('.') + 1);
}

std::string type_text(const reflection::Schema& schema, const reflection::Type& type,
                      reflection::BaseType base) {
    if (base == reflection::Vector)
        return "[" + type_text(schema, type, type.element()) + "]";
    const auto index = static_cast<flatbuffers::uoffset_t>(type.index());
    if (base == reflection::Obj) {
        const reflection::Object& object = *schema.objects()->Get(index);
        return (object.is_struct() ? "struct " : "") + unqualified(object.name());
    }
    if (type.index() >= 0)
        return "enum " + unqualified(schema.enums()->Get(index)->name());
    std::string name = reflection::EnumNameBaseType(base);
    name.front() = static_cast<char>(std::tolower(name.front()));
    return name == "uByte" ? "ubyte" : name == "uInt" ? "uint" : name == "uLong" ? "ulong" : name;
}

std::vector<SchemaField> fields_of(const reflection::Schema& schema,
                                   const reflection::Object& table) {
    std::vector<SchemaField> fields(table.fields()->size());
    for (const reflection::Field* field : *table.fields()) {
        CHECK(field->default_integer() == 0, "no field of a schema has a default");
        CHECK(!field->deprecated() && !field->required(), "no field is deprecated or required");
        fields.at(field->id()) = {
            field->name()->str(), type_text(schema, *field->type(), field->type()->base_type()),
            field->optional() && field->type()->base_type() <= reflection::ULong};
    }
    return fields;
}

std::vector<std::string> enumerators_of(const reflection::Enum& enumeration) {
    CHECK(enumeration.underlying_type()->base_type() == reflection::UByte, "an enum is a byte");
    std::vector<std::string> names;
    for (const reflection::EnumVal* value : *enumeration.values()) {
        CHECK(value->value() == static_cast<std::int64_t>(names.size()), "values have no gaps");
        names.push_back(value->name()->str());
    }
    return names;
}

void add_lost_or_changed(const std::string& table, const std::vector<SchemaField>& older,
                         const std::vector<SchemaField>& newer, std::vector<std::string>& faults) {
    for (std::size_t i = 0; i < older.size(); ++i) {
        const SchemaField& field = older[i];
        if (i >= newer.size())
            faults.push_back(fmt::format("{}.{} is gone", table, field.name));
        else if (newer[i].name != field.name)
            faults.push_back(
                fmt::format("{}: field {} was {}, is {}", table, i, field.name, newer[i].name));
        else if (newer[i] != field)
            faults.push_back(
                fmt::format("{}.{} was {}, is {}", table, field.name, field.type, newer[i].type));
    }
}

} // namespace

FieldCounts Schema::field_counts() const {
    FieldCounts counts;
    for (const auto& [table, fields] : tables)
        counts[table] = fields.size();
    return counts;
}

Schema read_schema(const std::string& folder) {
    const TempDirectory scratch;
    const FlatcRun run =
        run_flatc({"--binary", "--schema", "-o", scratch.path(), folder + "/events.fbs"});
    CHECK(run.succeeded, run.output.c_str());
    const std::string bytes = read_file(scratch / "events.bfbs");
    flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                   bytes.size());
    CHECK(reflection::VerifySchemaBuffer(verifier), "flatc writes a sound schema");
    const reflection::Schema& binary = *reflection::GetSchema(bytes.data());
    Schema schema;
    for (const reflection::Object* object : *binary.objects())
        if (!object->is_struct())
            schema.tables[unqualified(object->name())] = fields_of(binary, *object);
    for (const reflection::Enum* enumeration : *binary.enums())
        schema.enums[unqualified(enumeration->name())] = enumerators_of(*enumeration);
    return schema;
}

std::vector<std::string> evolution_faults(const Schema& older, const Schema& newer) {
    std::vector<std::string> faults;
    for (const auto& [table, fields] : older.tables) {
        const auto found = newer.tables.find(table);
        if (found == newer.tables.end())
            faults.push_back(fmt::format("table {} is gone", table));
        else
            add_lost_or_changed(table, fields, found->second, faults);
    }
    for (const auto& [name, enumerators] : older.enums) {
        const auto found = newer.enums.find(name);
        if (found == newer.enums.end())
            faults.push_back(fmt::format("enum {} is gone", name));
        else if (found->second.size() < enumerators.size()
                 || !std::equal(enumerators.begin(), enumerators.end(), found->second.begin()))
            faults.push_back(fmt::format("enum {} does not begin as it did", name));
    }
    return faults;
}

} // namespace daybook::tests

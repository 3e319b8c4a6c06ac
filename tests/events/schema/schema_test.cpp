// The .fbs files are what others read our records with; the structs are what we read them with.
#include "tests/events/schema/flatc.h"
#include "tests/events/schema/schema_model.h"
#include "tests/support/temp_directory.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <class Map>
std::vector<std::string> keys(const Map& map) {
    std::vector<std::string> names;
    for (const auto& [name, _] : map)
        names.push_back(name);
    return names;
}

std::vector<std::string> lines_of(const std::vector<SchemaField>& fields) {
    std::vector<std::string> lines;
    for (const SchemaField& field : fields)
        lines.push_back(field.name + ":" + field.type + (field.nullable ? " = null" : ""));
    return lines;
}

TEST(Schema, HasTheTablesOfTheStructsFieldByField) {
    const Schema written = read_schema(schema_folder());
    const Schema described = described_schema();
    EXPECT_EQ(keys(written.tables), keys(described.tables));
    for (const auto& [table, fields] : described.tables)
        if (const auto found = written.tables.find(table); found != written.tables.end()) {
            EXPECT_EQ(lines_of(found->second), lines_of(fields)) << "table " << table;
        }
}

TEST(Schema, HasTheEnumeratorsOfTheStructsInOrder) {
    EXPECT_EQ(read_schema(schema_folder()).enums, described_schema().enums);
}

// ---- what was released stays readable ---------------------------------------------------------

FlatcRun conform(const std::string& released, const std::string& current) {
    const TempDirectory scratch;
    return run_flatc({"--conform", released + "/events.fbs", "--conform-includes", released, "-I",
                      current, current + "/events.fbs"});
}

std::string released_folder() { return golden_folder() + "/schema-v1"; }

// A copy of the released schemas with one text replaced by another.
struct Planted {
    Planted(const std::string& file, const std::string& from, const std::string& to) {
        for (const auto& entry : std::filesystem::directory_iterator(released_folder()))
            std::filesystem::copy(entry.path(), folder / entry.path().filename().string());
        std::string text = read_file(folder / file);
        const std::size_t at = text.find(from);
        CHECK(at != std::string::npos, "what is to be changed is there");
        write_file(folder / file, text.replace(at, from.size(), to));
    }
    TempDirectory folder;
};

TEST(SchemaEvolution, FlatcAcceptsTheCurrentSchemas) {
    const FlatcRun run = conform(released_folder(), schema_folder());
    EXPECT_TRUE(run.succeeded) << run.output;
}

TEST(SchemaEvolution, FlatcFindsAPlantedChangeOfType) {
    const Planted planted("tax.fbs", "rate:long;", "rate:int;");
    const FlatcRun run = conform(released_folder(), planted.folder.path());
    EXPECT_FALSE(run.succeeded);
    EXPECT_THAT(run.output, HasSubstr("types differ for field: rate"));
}

TEST(SchemaEvolution, LosesAndRenamesNothing) {
    EXPECT_THAT(evolution_faults(read_schema(released_folder()), read_schema(schema_folder())),
                IsEmpty());
}

TEST(SchemaEvolution, FindsWhatFlatcLetsPass) {
    const Schema released = read_schema(released_folder());
    const auto faults_of = [&](const Planted& planted) {
        EXPECT_TRUE(conform(released_folder(), planted.folder.path()).succeeded);
        return evolution_faults(released, read_schema(planted.folder.path()));
    };
    EXPECT_THAT(faults_of({"party.fbs", "  bic:string;\n", ""}),
                ElementsAre("BankAccount.bic is gone"));
    EXPECT_THAT(faults_of({"party.fbs", "bic:string;", "swift:string;"}),
                ElementsAre("BankAccount: field 1 was bic, is swift"));
    EXPECT_THAT(faults_of({"file.fbs", "table FileErased", "table FileGone"}),
                ElementsAre("table FileErased is gone"));
}

TEST(SchemaEvolution, AllowsNewFieldsTablesAndEnumerators) {
    const Planted planted("party.fbs", "  bic:string;\n",
                          "  bic:string;\n  holder:string;\n}\n\ntable New {\n  a:int;\n");
    EXPECT_TRUE(conform(released_folder(), planted.folder.path()).succeeded);
    EXPECT_THAT(
        evolution_faults(read_schema(released_folder()), read_schema(planted.folder.path())),
        IsEmpty());
    const Planted enumerator("tax.fbs", "K, G, O }", "K, G, O, L }");
    EXPECT_THAT(
        evolution_faults(read_schema(released_folder()), read_schema(enumerator.folder.path())),
        IsEmpty());
}

} // namespace
} // namespace daybook::tests

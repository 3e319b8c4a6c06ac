// kill -9 in the middle of appending: what was acknowledged is there, and only whole groups are.
//
// The victim is this test binary again, running the first test below with its directory in the
// environment; it reports each acknowledged group through a pipe. DAYBOOK_KILLS=<n> kills more
// often, DAYBOOK_SEED repeats a run.

#include "tests/engine/log/damage_workshop.h"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace daybook::log {
namespace {

constexpr const char* kDirectory = "DAYBOOK_VICTIM_DIRECTORY";
constexpr int kAcknowledgements = 3; // Descriptor in the victim.

// Group n puts n mod 5 + 1 records into line 1 and one into line 2, all naming the group.
std::vector<Commit> numbered_group(const LogReader& log, std::uint64_t group) {
    const std::string name = "group " + std::to_string(group);
    return {commit(1, ok(log.head(1)).revision, std::vector<std::string>(group % 5 + 1, name),
                   {{Index::command, name, "done"}}),
            commit(2, group, {name})};
}

void append_for_ever(const std::string& directory) {
    PosixFiles files;
    tests::FixedIds ids;
    const OpenedLog opened = ok(open_rocksdb_log(files, directory, ids));
    for (std::uint64_t group = ok(opened.log->head(2)).revision;; ++group) {
        append(*opened.log, numbered_group(*opened.log, group));
        const std::uint64_t acknowledged = group + 1;
        if (::write(kAcknowledgements, &acknowledged, sizeof acknowledged) < 0)
            return;
    }
}

// Every group up to the end is whole, and the end is not before what was acknowledged.
void expect_whole_groups(const std::string& directory, std::uint64_t acknowledged) {
    PosixFiles files;
    tests::FixedIds ids;
    const OpenedLog opened = ok(open_rocksdb_log(files, directory, ids));
    ASSERT_EQ(opened.damage, std::nullopt);
    const std::uint64_t groups = ok(opened.log->head(2)).revision;
    EXPECT_GE(groups, acknowledged);
    EXPECT_EQ(opened.groups, groups);
    MemoryEventLog expected;
    for (std::uint64_t group = 0; group < groups; ++group)
        append(expected, numbered_group(expected, group));
    EXPECT_EQ(ok(read_everything(*opened.log)), ok(read_everything(expected)));
}

TEST(KilledLog, VictimAppendsNumberedGroups) {
    if (const char* directory = std::getenv(kDirectory))
        append_for_ever(directory);
    // Without a killer: what the victim would have done, for a moment.
    const tests::TempDirectory directory;
    {
        PosixFiles files;
        tests::FixedIds ids;
        const OpenedLog opened = ok(open_rocksdb_log(files, directory.path(), ids));
        for (std::uint64_t group = 0; group < 12; ++group)
            append(*opened.log, numbered_group(*opened.log, group));
    }
    expect_whole_groups(directory.path(), 12);
}

struct Victim {
    pid_t process;
    int acknowledgements;
};

Victim spawn_victim(const std::string& directory) {
    int pipe_ends[2];
    CHECK(::pipe2(pipe_ends, O_CLOEXEC) == 0, "a pipe can be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], kAcknowledgements);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    std::string program = "/proc/self/exe";
    std::string filter = "--gtest_filter=KilledLog.VictimAppendsNumberedGroups";
    std::string variable = std::string(kDirectory) + "=" + directory;
    char* arguments[] = {program.data(), filter.data(), nullptr};
    char* environment[] = {variable.data(), nullptr};
    pid_t process = 0;
    CHECK(::posix_spawn(&process, program.c_str(), &actions, nullptr, arguments, environment) == 0,
          "this binary can be started again");
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    return {process, pipe_ends[0]};
}

// Waits for so many acknowledgements, kills, and returns the last one that was sent.
std::uint64_t kill_after(const Victim& victim, int count) {
    std::uint64_t acknowledged = 0;
    std::uint64_t next = 0;
    for (int i = 0; i < count; ++i)
        if (::read(victim.acknowledgements, &next, sizeof next) == sizeof next)
            acknowledged = next;
    ::kill(victim.process, SIGKILL);
    while (::read(victim.acknowledgements, &next, sizeof next) == sizeof next)
        acknowledged = next;
    ::close(victim.acknowledgements);
    int status = 0;
    ::waitpid(victim.process, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the victim ended before it was killed";
    return acknowledged;
}

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* asked = std::getenv(name);
    return asked == nullptr ? otherwise : std::stoull(asked);
}

TEST(KilledLog, HoldsEveryAcknowledgedGroupAndOnlyWholeOnes) {
    const auto kills = number_from_environment("DAYBOOK_KILLS", 6);
    const auto seed = number_from_environment("DAYBOOK_SEED", std::random_device()());
    SCOPED_TRACE("DAYBOOK_SEED=" + std::to_string(seed));
    std::mt19937_64 random(seed);
    auto directory = std::make_unique<tests::TempDirectory>();
    for (std::uint64_t kill = 0; kill < kills; ++kill) {
        if (kill % 10 == 9)
            directory = std::make_unique<tests::TempDirectory>();
        const int count = std::uniform_int_distribution(1, 60)(random);
        const std::uint64_t acknowledged = kill_after(spawn_victim(directory->path()), count);
        expect_whole_groups(directory->path(), acknowledged);
    }
}

} // namespace
} // namespace daybook::log

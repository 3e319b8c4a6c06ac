"""Plants violations, so that no rule passes only because it cannot see.

Each rule is given small trees that break it, with the place where it must say so, and trees that
come close and are right.
"""

import inspect
import unittest

import rules
import tree as trees

# Written in two parts, or the rules would find the words here.
LATER = "TO" + "DO"
SKIP = "GTEST" + "_SKIP"
DISABLED = "DISABLED" + "_"


def including(*targets):
    return "".join(f"#include {target}\n" for target in targets)


# Rule -> [(tree, places of its findings)]
BROKEN = {
    rules.layers_know_only_those_below: [
        ({"events/a.h": including("<vector>", '"engine/ports.h"')}, ["events/a.h:2"]),
        ({"engine/log/a.cpp": including('"projections/x.h"')}, ["engine/log/a.cpp:1"]),
        ({"projections/a.h": including('"api/x.h"')}, ["projections/a.h:1"]),
        ({"api/a.cpp": including('"tests/x.h"', '"bench/x.h"')}, ["api/a.cpp:1", "api/a.cpp:2"]),
        ({"events/a.h": '#  include   "api/x.h" // why'}, ["events/a.h:1"]),
    ],
    rules.own_headers_are_named_from_the_root: [
        ({"engine/log/a.h": including('"../command/b.h"')}, ["engine/log/a.h:1"]),
        ({"engine/log/a.h": including('"b.h"'), "engine/log/b.h": ""}, ["engine/log/a.h:1"]),
        ({"api/a.cpp": including("<events/b.h>"), "events/b.h": ""}, ["api/a.cpp:1"]),
    ],
    rules.rooms_of_the_engine_keep_apart: [
        ({"engine/domain/a.h": including('"engine/ports.h"')}, ["engine/domain/a.h:1"]),
        ({"engine/log/a.h": including('"engine/domain/b.h"')}, ["engine/log/a.h:1"]),
        ({"engine/log/a.h": including('"engine/command/b.h"')}, ["engine/log/a.h:1"]),
    ],
    rules.rocksdb_stays_in_its_adapters: [
        ({"projections/table.cpp": including("<rocksdb/db.h>")}, ["projections/table.cpp:1"]),
        ({"engine/adapters/a.cpp": including('"rocksdb/db.h"')}, ["engine/adapters/a.cpp:1"]),
    ],
    rules.beast_stays_in_two_sources: [
        (
            {f"api/{n}.cpp": including("<boost/asio.hpp>") for n in "abc"},
            ["api/a.cpp:1", "api/b.cpp:1", "api/c.cpp:1"],
        ),
        (
            {
                "api/a.cpp": including("<boost/asio.hpp>"),
                "api/b.cpp": including("<vector>", '"api/b.h"'),
                "api/b.h": including('"api/c.h"'),
                "api/c.cpp": including('"api/c.h"'),
                "api/c.h": including('"api/b.h"', "<boost/beast/http.hpp>"),
            },
            ["api/a.cpp:1", "api/b.cpp:2", "api/c.cpp:1"],
        ),
    ],
    rules.flatbuffers_stay_in_the_codec: [
        ({"engine/a.cpp": including("<flatbuffers/flatbuffers.h>")}, ["engine/a.cpp:1"]),
        ({"events/a.h": including('"events_generated.h"')}, ["events/a.h:1"]),
    ],
    rules.outside_world_stays_behind_ports: [
        ({"engine/a.cpp": line}, ["engine/a.cpp:1"])
        for line in (
            "#include <thread>",
            "#include <mutex>",
            "#include <condition_variable>",
            "std::jthread worker;",
            "std::this_thread::yield();",
            "sleep_for(seconds(1));",
            "auto now = std::chrono::system_clock::now();",
            "auto now = steady_clock::now();",
            "auto now = time(nullptr);",
            "std::random_device seed;",
            "RAND_bytes(salt, 16);",
            'auto* file = fopen("x", "r");',
            "std::ofstream out;",
            "std::ifstream in;",
            "std::filesystem::path path;",
            "long n = 1'000; std::ifstream in; n = 2'000;",
        )
    ],
    rules.lines_fit_the_page: [
        ({"api/a.cpp": "\n" + "x" * 101}, ["api/a.cpp:2"]),
        ({"tests/a.py": "x" * 101}, ["tests/a.py:1"]),
    ],
    rules.files_stay_readable: [({"events/a.fbs": "x\n" * 401}, ["events/a.fbs:401"])],
    rules.nothing_is_left_for_later: [
        ({"api/a.cpp": f"int a;\n// {LATER}: more"}, ["api/a.cpp:2"]),
        ({"tests/run": f"# {LATER}"}, ["tests/run:1"]),
    ],
    rules.top_level_is_as_agreed: [
        ({f"{entry}/x": "" for entry in rules.TOP_LEVEL | {"notes"}}, ["notes:1"]),
        ({f"{entry}/x": "" for entry in rules.TOP_LEVEL - {"bench"}}, ["bench:1"]),
    ],
    rules.headers_say_what_lives_here: [
        ({"events/a.h": "#pragma once\n// Late."}, ["events/a.h:1"]),
        ({"tests/support/a.h": ""}, ["tests/support/a.h:1"]),
    ],
    rules.every_test_runs: [
        ({"tests/a_test.cpp": f"TEST(A, {DISABLED}Works)"}, ["tests/a_test.cpp:1"]),
        ({"tests/a_test.cpp": f"{{\n{SKIP}();"}, ["tests/a_test.cpp:2"]),
        ({"tests/scenarios/a_test.py": "@unittest" + ".skip"}, ["tests/scenarios/a_test.py:1"]),
    ],
}

# Rule -> trees that come close and are right.
SOUND = {
    rules.layers_know_only_those_below: [
        {"api/a.cpp": including('"events/x.h"', '"engine/x.h"', '"projections/x.h"', '"api/x.h"')},
        {"events/a.h": '// #include "engine/ports.h"\n/*\n#include "api/x.h"\n*/'},
        {"tests/a.cpp": including('"api/x.h"', '"tests/support/x.h"')},
    ],
    rules.own_headers_are_named_from_the_root: [
        {"api/a.cpp": including('"events/b.h"', "<vector>"), "events/b.h": ""},
        {"events/codec/a.cpp": including('"events/company_generated.h"')},
    ],
    rules.rooms_of_the_engine_keep_apart: [
        {"engine/domain/a.h": including("<vector>", '"events/money.h"', '"engine/domain/b.h"')},
        {"engine/log/a.h": including('"engine/files.h"', '"engine/log/b.h"')},
    ],
    rules.rocksdb_stays_in_its_adapters: [
        {"engine/log/rocksdb_event_log.cpp": including("<rocksdb/db.h>")},
        {"bench/raw.cpp": including("<rocksdb/db.h>")},
    ],
    rules.beast_stays_in_two_sources: [
        {f"api/{n}.cpp": including("<boost/asio.hpp>", "<boost/beast.hpp>") for n in "ab"},
        {f"api/{n}.cpp": including("<boost/json.hpp>") for n in "abc"},
        {f"api/{n}": including("<boost/asio.hpp>") for n in ("a.cpp", "a.h", "b.h", "c.h")},
    ],
    rules.flatbuffers_stay_in_the_codec: [
        {"events/codec/a.cpp": including("<flatbuffers/flatbuffers.h>", '"a_generated.h"')},
    ],
    rules.outside_world_stays_behind_ports: [
        {"engine/a.cpp": '// #include <thread>\nauto text = "std::ifstream"; clock.now();'},
        {"engine/a.cpp": 'auto text = R"(std::ifstream)"; runtime(nullptr); asleep(1);'},
        {"engine/adapters/system_clock.cpp": "system_clock::now();"},
        {"engine/log/rocksdb_event_log.cpp": "#include <mutex>"},
        {"api/main.cpp": "#include <thread>", "tests/a.cpp": "#include <fstream>"},
    ],
    rules.lines_fit_the_page: [
        {"api/a.cpp": "é" * 100, "README.md": "x" * 101, "tests/golden/v1/a.fbs": "x" * 101},
    ],
    rules.files_stay_readable: [
        {"events/a.fbs": "x\n" * 400, "tests/golden/v1/a.fbs": "x\n" * 401},
    ],
    rules.nothing_is_left_for_later: [{"api/a.cpp": "bool to_do = METHODOLOGY;"}],
    rules.top_level_is_as_agreed: [{f"{entry}/x": "" for entry in rules.TOP_LEVEL | {".ci"}}],
    rules.headers_say_what_lives_here: [{"events/a.h": "// Money.", "events/a.cpp": "int a;"}],
    rules.every_test_runs: [{"tests/a_test.cpp": "TEST(Client, IsDisabledOnce)"}],
}


class Rules(unittest.TestCase):
    def test_find_what_is_planted(self):
        for rule, cases in BROKEN.items():
            for tree, places in cases:
                with self.subTest(rule=rule.__name__, tree=tree):
                    self.assertEqual(places, [f"{path}:{line}" for path, line, _ in rule(tree)])

    def test_leave_sound_code_alone(self):
        for rule, cases in SOUND.items():
            for tree in cases:
                with self.subTest(rule=rule.__name__, tree=tree):
                    self.assertEqual([], list(rule(tree)))

    def test_are_all_tried_here_and_all_held(self):
        every = {
            name
            for name, rule in inspect.getmembers(rules, inspect.isfunction)
            if not name.startswith("_")
        }
        held = (trees.ROOT / "tests/tidy/tidy_test.py").read_text(encoding="utf-8")
        self.assertEqual(every, {rule.__name__ for rule in BROKEN})
        self.assertEqual(every, {rule.__name__ for rule in SOUND})
        self.assertEqual([], [name for name in sorted(every) if f"rules.{name})" not in held])


class CodeLines(unittest.TestCase):
    def test_keep_numbers_of_lines_and_code(self):
        text = 'a; // b\n/* c\nd */ e;\n"f // g" h; \'"\' i; 1\'000 + 2\'000;\nR"x(j\n)" )x" k;'
        kept = [line.split() for line in trees.code_lines(text)]
        numbers = ["1'000", "+", "2'000;"]
        self.assertEqual([["a;"], [], ["e;"], ["h;", "i;", *numbers], [], ["k;"]], kept)


if __name__ == "__main__":
    unittest.main()

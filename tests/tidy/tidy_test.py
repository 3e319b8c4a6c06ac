"""Holds the repository to the rules of rules.py, one test a rule."""

import unittest

import rules
import tree as trees


class Tidy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = trees.read()

    def hold(self, rule):
        findings = [f"{path}:{line}: {why}" for path, line, why in rule(self.tree)]
        if findings:
            self.fail(f"{len(findings)} found\n" + "\n".join(findings))

    def test_the_whole_repository_was_read(self):
        for path in ("CMakeLists.txt", "events/base/result.h", "tests/tidy/tidy_test.py"):
            self.assertIn(path, self.tree)
        for layer in rules.LAYERS:
            self.assertTrue(any(path.startswith(layer + "/") for path in self.tree), layer)

    def test_layers_know_only_those_below(self):
        self.hold(rules.layers_know_only_those_below)

    def test_own_headers_are_named_from_the_root(self):
        self.hold(rules.own_headers_are_named_from_the_root)

    def test_rooms_of_the_engine_keep_apart(self):
        self.hold(rules.rooms_of_the_engine_keep_apart)

    def test_rocksdb_stays_in_its_adapters(self):
        self.hold(rules.rocksdb_stays_in_its_adapters)

    def test_beast_stays_in_two_sources(self):
        self.hold(rules.beast_stays_in_two_sources)

    def test_flatbuffers_stay_in_the_codec(self):
        self.hold(rules.flatbuffers_stay_in_the_codec)

    def test_outside_world_stays_behind_ports(self):
        self.hold(rules.outside_world_stays_behind_ports)

    def test_lines_fit_the_page(self):
        self.hold(rules.lines_fit_the_page)

    def test_files_stay_readable(self):
        self.hold(rules.files_stay_readable)

    def test_nothing_is_left_for_later(self):
        self.hold(rules.nothing_is_left_for_later)

    def test_top_level_is_as_agreed(self):
        self.hold(rules.top_level_is_as_agreed)

    def test_headers_say_what_lives_here(self):
        self.hold(rules.headers_say_what_lives_here)

    def test_every_test_runs(self):
        self.hold(rules.every_test_runs)


if __name__ == "__main__":
    unittest.main()

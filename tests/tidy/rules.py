"""The rules that a compiler does not know: layers, adapters, layout, honest tests.

A rule is a pure function from a tree (see tree.py) to its findings. A finding names the file, the
line and the reason, as a reviewer would. Exceptions are listed here by name, each with its reason;
the shorter the list, the better the rule.
"""

import collections
import re

import tree as trees

Finding = collections.namedtuple("Finding", "path line why")

# Each layer knows those before it. What is not a layer (tests, bench) may know all of them.
LAYERS = ("events", "engine", "projections", "api")

# Rooms of the engine: a decider sees plain values, and a log does not know what it stores.
ROOMS_ALLOW = {"engine/domain/": ("events/", "engine/domain/")}
ROOMS_REFUSE = {"engine/log/": ("engine/domain/", "engine/command/")}

# Where threads, clocks, randomness and files may be touched, besides files named rocksdb_*:
ADAPTERS = (
    "engine/adapters/",  # The system's clock, identifiers, files and executor.
    "api/http/server.cpp",  # Sockets, and the threads that serve them.
    "api/main.cpp",  # The composition root: starts and stops the rest.
)

TOP_LEVEL = {
    "CMakeLists.txt",
    "CMakePresets.json",
    "README.md",
    "api",
    "bench",
    "engine",
    "events",
    "projections",
    "tests",
}

CODE = (".h", ".cpp", ".fbs", ".py")
FROZEN = "tests/golden/"  # What was released stays as it was, layout included.
COLUMNS_MAX = 100
LINES_MAX = 400
BEAST_FILES_MAX = 2

_INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')

# What is not the same twice, and its port.
_OUTSIDE_WORLD = (
    (
        r"^\s*#\s*include\s+<(thread|mutex|shared_mutex|condition_variable|future|semaphore|latch"
        r"|barrier|stop_token)>|\bstd::(this_thread|j?thread|async)\b|\bpthread_",
        "threads and locks belong to adapters; post a step to an Executor",
    ),
    (r"\b(sleep_for|sleep_until|u?sleep|nanosleep)\s*\(", "nothing sleeps; wait on a completion"),
    (
        r"\w+_clock::now\b|\b(gettimeofday|clock_gettime|localtime(_r)?)\s*\("
        r"|\btime\s*\(\s*(0|nullptr|NULL)\s*\)",
        "time comes from the Clock port",
    ),
    (
        r"\brandom_device\b|\b(s?rand|getrandom|getentropy|arc4random\w*|RAND_(priv_)?bytes)\s*\(",
        "randomness comes from the IdSource port",
    ),
    (
        r"^\s*#\s*include\s+<(fstream|filesystem|fcntl\.h|unistd\.h)>"
        r"|\bstd::(filesystem|[io]?fstream)\b|\b(fopen|freopen|tmpfile|mkstemp)\s*\(",
        "files are reached through the Files port",
    ),
)


def _layer(path):
    folder = path.split("/")[0]
    return LAYERS.index(folder) if folder in LAYERS else None


def _is_cpp(path):
    return path.endswith((".h", ".cpp"))


def _name(path):
    return path.rsplit("/", 1)[-1]


def _is_adapter(path):
    return _name(path).startswith("rocksdb_") or path.startswith(ADAPTERS)


def _product(tree):
    """The C++ of the layers, with its text."""
    return [(p, t) for p, t in tree.items() if _is_cpp(p) and _layer(p) is not None]


def _includes(text):
    """Number of line, bracket and target of each include that is not commented out."""
    raw = text.split("\n")
    for number, code in enumerate(trees.code_lines(text), 1):
        if code.lstrip().startswith("#") and (match := _INCLUDE.match(raw[number - 1])):
            yield number, match.group(1), match.group(2)


def _of_product(tree):
    """(path, line, bracket, target) of every include in the layers."""
    return [(path, *include) for path, text in _product(tree) for include in _includes(text)]


def _is_generated(target):
    return target.endswith("_generated.h")


def layers_know_only_those_below(tree):
    for path, line, _, target in _of_product(tree):
        own, other = _layer(path), _layer(target)
        if other is not None and other > own:
            yield Finding(path, line, f"{LAYERS[own]} must not know {LAYERS[other]}: {target}")
        if target.startswith(("tests/", "bench/")):
            yield Finding(path, line, f"the product must not know its tests: {target}")


def own_headers_are_named_from_the_root(tree):
    """Without this, a relative include would slip past the rules about layers."""
    for path, text in tree.items():
        if not _is_cpp(path):
            continue
        for line, bracket, target in _includes(text):
            if bracket == '"' and target not in tree and not _is_generated(target):
                yield Finding(path, line, f'no file seen from the repository\'s root: "{target}"')
            if bracket == "<" and target in tree:
                yield Finding(path, line, f"a file of ours is included with quotes: <{target}>")


def rooms_of_the_engine_keep_apart(tree):
    for path, line, bracket, target in _of_product(tree):
        for room, allowed in ROOMS_ALLOW.items():
            if path.startswith(room) and bracket == '"' and not target.startswith(allowed):
                yield Finding(path, line, f"{room} includes only {' and '.join(allowed)}: {target}")
        for room, refused in ROOMS_REFUSE.items():
            if path.startswith(room) and target.startswith(refused):
                yield Finding(path, line, f"{room} must not know {target}")


def rocksdb_stays_in_its_adapters(tree):
    for path, line, _, target in _of_product(tree):
        if target.startswith("rocksdb/") and not _name(path).startswith("rocksdb_"):
            yield Finding(path, line, f"only files named rocksdb_* include <{target}>")


def beast_stays_in_two_sources(tree):
    """A source that includes Beast, by itself or through a header, compiles for 20 seconds."""
    knows = collections.defaultdict(list)
    for path, line, _, target in _of_product(tree):
        knows[path].append((line, target))

    def reaches(path, seen):
        """The line of the include that leads to Beast, or None."""
        for line, target in knows[path]:
            if target.startswith(("boost/beast", "boost/asio")):
                return line
            if target in tree and target not in seen:
                seen.add(target)
                if reaches(target, seen):
                    return line
        return None

    sources = [path for path, _ in _product(tree) if path.endswith(".cpp")]
    users = [(path, line) for path in sorted(sources) if (line := reaches(path, {path}))]
    for path, line in users if len(users) > BEAST_FILES_MAX else ():
        yield Finding(path, line, f"{len(users)} sources reach Beast or Asio; two are enough")


def flatbuffers_stay_in_the_codec(tree):
    for path, line, _, target in _of_product(tree):
        inside = path.startswith("events/codec/")
        if (target.startswith("flatbuffers/") or _is_generated(target)) and not inside:
            yield Finding(path, line, f"only events/codec/ includes {target}; others see structs")


def outside_world_stays_behind_ports(tree):
    for path, text in _product(tree):
        if _is_adapter(path):
            continue
        for line, code in enumerate(trees.code_lines(text), 1):
            for pattern, why in _OUTSIDE_WORLD:
                if match := re.search(pattern, code):
                    yield Finding(path, line, f"{match.group().strip()}: {why}")


def _pages(tree):
    """What people read and change."""
    return [(p, t) for p, t in tree.items() if p.endswith(CODE) and not p.startswith(FROZEN)]


def lines_fit_the_page(tree):
    for path, text in _pages(tree):
        for line, content in enumerate(text.split("\n"), 1):
            if len(content) > COLUMNS_MAX:
                yield Finding(path, line, f"{len(content)} columns; {COLUMNS_MAX} are the limit")


def files_stay_readable(tree):
    for path, text in _pages(tree):
        lines = len(text.splitlines())
        if lines > LINES_MAX:
            yield Finding(path, lines, f"{lines} lines; above {LINES_MAX} a file has two subjects")


def nothing_is_left_for_later(tree):
    for path, text in tree.items():
        if path.endswith(CODE) or _name(path) in ("CMakeLists.txt", "run"):
            for line, content in enumerate(text.split("\n"), 1):
                # The brackets keep this line from finding itself.
                if match := re.search(r"\b(TO[D]O|FIX[M]E)\b", content):
                    yield Finding(path, line, f"{match.group()}: do it, or open an issue")


def top_level_is_as_agreed(tree):
    visible = {path.split("/")[0] for path in tree if not path.startswith(".")}
    for entry in sorted(visible - TOP_LEVEL):
        yield Finding(entry, 1, "the visible top level is fixed, and this is not part of it")
    for entry in sorted(TOP_LEVEL - visible):
        yield Finding(entry, 1, "the visible top level is fixed, and this is missing")


def headers_say_what_lives_here(tree):
    for path, text in tree.items():
        if path.endswith(".h") and not re.match(r"// \S", text):
            yield Finding(path, 1, "a header opens with a comment: what lives here, and why")


def every_test_runs(tree):
    # Brackets as above.
    skips = r"\bDISABLED[_]\w*|\bGTEST[_]SKIP\b|\bunittest\.skip\w*|\bskip[T]est\b|\bSkip[T]est\b"
    for path, text in tree.items():
        if path.startswith("tests/") and path.endswith(CODE):
            for line, content in enumerate(text.split("\n"), 1):
                if match := re.search(skips, content):
                    why = f"{match.group()}: a test that does not run proves nothing"
                    yield Finding(path, line, why)

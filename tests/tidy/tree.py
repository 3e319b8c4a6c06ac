"""The repository's own files as text, and a view of C++ without comments and strings.

Rules read a tree, which is a plain dictionary from path to text, so that a test can plant a
violation in a tree of its own. What belongs to the repository is git's answer: files that are
committed or about to be, never what .gitignore names.
"""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Comments, raw strings, strings and characters, whichever begins first. A digit before the quote is
# a separator in a number: 1'000.
_NOT_CODE = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<end>[^(\s]*)\(.*?\)(?P=end)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.VERBOSE,
)


def paths():
    """Every path of the repository, committed or new."""
    answer = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
        + ["--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = {name for name in answer.stdout.decode().split("\0") if name}
    return sorted(name for name in names if (ROOT / name).is_file())


def read():
    """The tree. Bytes that are no text, as in golden files, keep their line ends and no more."""
    return {path: (ROOT / path).read_text(encoding="utf-8", errors="replace") for path in paths()}


def code_lines(text):
    """The lines of C++ with comments, strings and characters blanked; numbers of lines stay."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())

    return _NOT_CODE.sub(blank, text).split("\n")

"""Taking in the real file beside the least it could cost: Python reading the same rows.

    bench/import.py [--repeats N] [--dir DIR]

`daybook import` reads 28,492 lines, plans 1,275 documents, writes them as one commit and shows
them. The peer is Python's own CSV reader (which is C) over the same file, grouping the rows by
document and adding them up exactly, in a process of its own as well. Run in turn; of the ratios
the median, the least and the greatest. $DAYBOOK_BINARY is the program, else build-bench/daybook.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
os.environ.setdefault("DAYBOOK_BINARY", str(ROOT / "build-bench" / "daybook"))
sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from daybook import BINARY, BRITISH, RETAIL, Server  # noqa: E402

PEER = """
import collections, csv, decimal, sys
documents = collections.defaultdict(decimal.Decimal)
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")):
    documents[row["InvoiceNo"]] += decimal.Decimal(row["Quantity"]) * decimal.Decimal(
        row["UnitPrice"])
assert len(documents) == 1275, len(documents)
"""


def run(*arguments):
    """Seconds, and the peak of memory in bytes, of a process that must succeed."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss * 1024


def company_in(directory):
    server = Server(directory, "--empty")
    company = server.post("/api/v1/companies", BRITISH).json["id"]
    server.stop()
    return company


def row(name, ratios):
    print(f"  {name:<46} {statistics.median(ratios):>6.2f}  "
          f"{f'{min(ratios):.2f}–{max(ratios):.2f}':>15}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--repeats", type=int, default=5, help="pairs measured (5)")
    arguments.add_argument("--dir", help="where files are written and removed")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-", dir=options.dir) as scratch:
        company = company_in(f"{scratch}/new")
        first, again, memory = [], [], []
        for _ in range(options.repeats):
            books = f"{scratch}/books"
            shutil.copytree(f"{scratch}/new", books)
            command = (BINARY, "import", RETAIL, "--data", books, "--company", company,
                       "--currency", "GBP", "--tax-treatment", "none",
                       "--client-for-blank", "counter")
            ours, our_peak = run(*command)
            peer, peer_peak = run(sys.executable, "-c", PEER, RETAIL)
            repeated, _ = run(*command)
            shutil.rmtree(books)
            first.append(ours / peer)
            again.append(repeated / peer)
            memory.append(our_peak / peer_peak)
    print("\nimport of 1,275 documents (× what Python takes to read and add up the file)\n"
          f"{'':<48} {'median':>6}  {'least–greatest':>15}")
    row("time, the first time", first)
    row("time, again: nothing to add", again)
    row("memory at its peak", memory)


if __name__ == "__main__":
    main()

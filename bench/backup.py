"""Making, verifying and restoring a backup beside `zstd` and `cp` of the same bytes.

    bench/backup.py [--copies N] [--repeats N] [--dir DIR]

The books are the real file, taken in N times under other numbers: 1,275 documents each. The bytes
are what the backup holds, unpacked: records, persons, schemas, tables. zstd (level 3, one thread)
and cp, which is synced, take the same bytes as one file, in the same run. "× zstd" is
processor time, which others at work do not change. "MiB more": the peak of memory of each of our
processes, beyond that of a backup of a single client.
$DAYBOOK_BINARY is the program, else build-bench/daybook.
"""

import argparse
import csv
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
os.environ.setdefault("DAYBOOK_BINARY", str(ROOT / "build-bench" / "daybook"))
sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from daybook import BINARY, BRITISH, CLIENT, RETAIL, Server  # noqa: E402

IMPORT = "currency=GBP&tax_treatment=none&client_for_blank=counter"


def peak_of(pid):
    """VmHWM, which begins with the program; ru_maxrss remembers who forked it."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def run(*arguments):
    """Seconds by the wall, seconds of processor, and the peak of memory in bytes, of a process that
    must succeed."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    peak = 0
    while True:
        peak = max(peak, peak_of(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak


def renumbered(copy):
    """The real file with other numbers: other documents, as far as an import can tell."""
    with open(RETAIL, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    for row in rows:
        number = row["InvoiceNo"]
        letters = number.rstrip("0123456789")
        writer.writerow({**row, "InvoiceNo": f"{letters}{copy + 1}{number[len(letters):]}"})
    return text.getvalue().encode()


def fill(directory, copies):
    """A company with that many copies; with none, a single client."""
    server = Server(directory, "--empty")
    company = server.post("/api/v1/companies", BRITISH).json["id"]
    server.post(f"/api/v1/companies/{company}/clients", CLIENT)
    for copy in range(copies):
        answer = server.call("POST", f"/api/v1/imports?company={company}&{IMPORT}",
                             raw=renumbered(copy),
                             headers={"Content-Type": "text/csv", "X-Filename": f"{copy}.csv"})
        operation = answer.json
        if answer.status != 202:
            sys.exit(json.dumps(operation))
        while operation["state"] in ("pending", "running"):
            time.sleep(0.1)
            operation = server.get("/api/v1/operations/" + operation["id"]).json
        if operation["state"] != "succeeded":
            sys.exit(json.dumps(operation))
    server.stop()


def unpack(backup, into):
    """All that is in it, one behind the other; blocks of records as zstd finds them."""
    with zipfile.ZipFile(backup) as archive, open(into, "wb") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".zst"):
                content = subprocess.run(["zstd", "-d", "-c"], input=content, check=True,
                                         capture_output=True).stdout
            out.write(content)
    return os.path.getsize(into)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--copies", type=int, default=16, help="of the real file (16)")
    arguments.add_argument("--repeats", type=int, default=3, help="runs measured (3)")
    arguments.add_argument("--dir", help="where files are written and removed")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-", dir=options.dir) as scratch:
        fill(f"{scratch}/small", 0)
        fill(f"{scratch}/books", options.copies)
        wall, processor, peaks = {}, {}, {}

        def measure(name, *command):
            spent, busy, peak = run(*command)
            wall.setdefault(name, []).append(spent)
            processor.setdefault(name, []).append(busy)
            peaks[name] = max(peak, peaks.get(name, 0))

        for number in range(options.repeats):
            file = f"{scratch}/{number}.daybook"
            measure("backup", BINARY, "backup", "--data", f"{scratch}/books", "--output", file)
            measure("verify", BINARY, "verify", file)
            measure("restore", BINARY, "restore", file, "--data", f"{scratch}/restored{number}")
            size = unpack(file, f"{scratch}/bytes")
            measure("zstd", "zstd", "-q", "-f", "-3", "-T1", f"{scratch}/bytes", "-o",
                    f"{scratch}/bytes.zst")
            measure("cp", "sh", "-c",
                    f"cp {scratch}/bytes {scratch}/copy && sync {scratch}/copy")
        *_, smallest = run(BINARY, "backup", "--data", f"{scratch}/small", "--output",
                           f"{scratch}/small.daybook")
        stored = os.path.getsize(f"{scratch}/0.daybook")
    print(f"\nbackup of {options.copies * 1275:,} documents: {size / 1e6:.1f} MB in a file of "
          f"{stored / 1e6:.1f} MB; medians of {options.repeats}\n"
          f"  {'':<10} {'MB/s':>8} {'MB/s of processor':>18} {'× zstd':>8} {'MiB more':>9}")
    for name, spent in wall.items():
        rate = size / 1e6 / statistics.median(spent)
        busy = statistics.median(processor[name])
        more = (f"{(peaks[name] - smallest) / 2**20:>9.1f}"
                if name in ("backup", "verify", "restore") else "")
        print(f"  {name:<10} {rate:>8.1f} {size / 1e6 / busy:>18.1f} "
              f"{busy / statistics.median(processor['zstd']):>8.2f} {more}")


if __name__ == "__main__":
    main()

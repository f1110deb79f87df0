"""Does the measuring for `benches/compare`: books, questions, runs and the table."""

import csv
import filecmp
import itertools
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT, FOLDER, PROFILE = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
QUICK = "--quick" in sys.argv[4:]
CRG, GENERATE = PROJECT / "target" / PROFILE / "crg", PROJECT / "target/debug/examples/generate"
DOCUMENT = PROJECT / "docs/performance.md"

# No entry of a generated book lies ahead of the clock.
os.environ["CRG_NOW"] = "2099-12-31T12:00:00Z"

# A program is run this many times, or for this many seconds but at least three times.
RUNS, SECONDS = (5, 0.5) if QUICK else (41, 12)
# A program that takes longer than the first is run once, and is stopped after the second.
ONE_RUN_SECONDS, TIMEOUT_SECONDS = (0.5, 60) if QUICK else (20, 240)
# The factor by which a promise may be missed. The quick variant shares its machine with other work.
LENIENCE = 3 if QUICK else 1

# The columns of entries.csv, with the amount in pence and a number.
BARE = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, on_date TEXT, year TEXT, kind TEXT, project TEXT,
  pot TEXT, amount_pence INTEGER, title TEXT, lead TEXT, supplier TEXT, reference TEXT,
  measure TEXT, value TEXT, priorities TEXT, vat TEXT, override TEXT, note TEXT,
  recorded_by TEXT, refers_to INTEGER);
CREATE INDEX question ON entry (year, kind, project, on_date);
CREATE INDEX reversal ON entry (refers_to) WHERE kind = 'reverse';
"""

STANDING = """
WITH e AS (
  SELECT * FROM entry AS e WHERE year = '{year}' AND kind IN ({kinds}) AND on_date <= '{day}'
    AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'reverse' AND r.refers_to = e.number)
)"""

# After the release the upfront pot is empty, so what moved follows from its other movements.
POT = STANDING + """, sums AS (
  SELECT iif(e.project = '' OR e.kind = 'return', e.pot, p.pot) AS pot,
    sum(CASE e.kind WHEN 'allocate' THEN e.amount_pence WHEN 'cut' THEN -e.amount_pence
      ELSE 0 END) AS allocated,
    sum(CASE WHEN e.kind IN ('approve', 'increase') THEN e.amount_pence
      WHEN e.kind IN ('reduce', 'withdraw') THEN -e.amount_pence ELSE 0 END) AS committed,
    sum(iif(e.kind = 'return', e.amount_pence, 0)) AS returned,
    (SELECT count(*) FROM entry
      WHERE year = '{year}' AND kind = 'release' AND on_date <= '{day}') AS released
  FROM e LEFT JOIN entry AS p ON p.year = e.year AND p.kind = 'propose' AND p.project = e.project
  GROUP BY 1
), moved AS (
  SELECT *,
    iif(released, (SELECT committed + returned - allocated FROM sums WHERE pot = 'upfront'), 0)
    * iif(pot = 'upfront', 1, -1) AS moved
  FROM sums WHERE pot <> ''
)
SELECT pot, allocated, moved, committed, returned, allocated + moved - committed - returned
FROM moved"""
POT_KINDS = "'allocate', 'cut', 'approve', 'increase', 'reduce', 'withdraw', 'return'"

YEAR_END = STANDING + """, s AS (
  SELECT project,
    max(iif(kind = 'propose', title, NULL)) AS title,
    max(iif(kind = 'propose', lead, NULL)) AS lead,
    max(iif(kind = 'propose', pot, NULL)) AS pot,
    max(iif(kind = 'propose', amount_pence, NULL)) AS requested,
    sum(CASE WHEN kind IN ('approve', 'increase') THEN amount_pence
      WHEN kind IN ('reduce', 'withdraw') THEN -amount_pence ELSE 0 END) AS approved,
    sum(CASE kind WHEN 'spend' THEN amount_pence WHEN 'refund' THEN -amount_pence
      ELSE 0 END) AS spent,
    sum(iif(kind = 'return', amount_pence, 0)) AS returned
  FROM e WHERE project <> '' GROUP BY project
)
SELECT '{year}', 'project', project, title, lead, pot, requested, approved, spent,
  approved - spent, returned FROM s"""
YEAR_END_KINDS = (
    "'propose', 'approve', 'increase', 'reduce', 'withdraw', 'spend', 'refund', 'return'"
)


def output_of(*command):
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def log(text):
    print(text, file=sys.stderr, flush=True)


def pence(pounds):
    whole, _, part = pounds.replace(",", "").partition(".")
    return int(whole + (part + "00")[:2]) if whole not in ("", "-") else 0


class Book:
    """One book, in the form that each program reads."""

    def __init__(self, name, year, size=None):
        self.name, self.year = name, year
        self.folder = FOLDER / re.sub(r"\W+", "-", name)
        self.day = f"{int(year[:4]) + 1}-03-31"
        self.folder.mkdir()
        self.source = self.path("source")
        if size is None:
            shutil.copytree(PROJECT / "fixtures/kent", self.source)
        else:
            output_of(GENERATE, *size, self.source)
        self.book = self.path("book.db")
        output_of(CRG, "--db", self.book, "load", self.source)

    def path(self, name):
        return self.folder / name

    def make_bare(self):
        """Makes the bare table from a dump, which has the amounts of releases and withdrawals."""
        output_of(CRG, "--db", self.book, "dump", self.path("dump"))
        self.rows, self.late, self.years, last = 0, 0, set(), ""
        with (
            open(self.path("dump/entries.csv"), newline="") as dumped,
            open(self.path("bare.csv"), "w", newline="") as bare,
        ):
            out = csv.writer(bare)
            for row in csv.DictReader(dumped):
                self.rows += 1
                self.years.add(row["year"])
                self.late += row["on"] < last
                last = max(last, row["on"])
                refers_to = row["reference"] if row["kind"] in ("reverse", "explain") else ""
                row["amount"] = pence(row["amount"]) if row["amount"] else ""
                out.writerow([self.rows, *row.values(), refers_to])
        self.path("bare.sql").write_text(BARE)
        output_of("sqlite3", self.path("bare.db"), *self.fill_bare())
        years = len(self.years)
        log(f"{self.name}: {self.rows} entries in {years} years, {self.late} recorded late")

    def fill_bare(self):
        return f".read {self.path('bare.sql')}", f".import --csv {self.path('bare.csv')} entry"

    def make_journals(self):
        for reader in ("hledger", "ledger", "beancount"):
            with open(self.path(f"journal.{reader}"), "w") as journal:
                for year in sorted(self.years):
                    export = ["export", "journal", year, "--for", reader, "--as-at", "2099-12-31"]
                    journal.write(output_of(CRG, "--db", self.book, *export))
        # For tackler: no declarations, no assertions, and a mark before the description.
        with (
            open(self.path("journal.ledger")) as journal,
            open(self.path("journal.txn"), "w") as tackler,
        ):
            for part in journal.read().split("\n\n"):
                if re.match(r"\d", part) and " * balances\n" not in part:
                    tackler.write(part.replace(" * ", " '", 1) + "\n\n")
        pots = self.account("(Upfront|Tactical)")
        self.path("tackler.toml").write_text(TACKLER.format(account=pots))

    def account(self, pot):
        return f"Assets:CRG:{self.year.replace('/', '-')}:{pot}"

    def pot(self):
        """The commands that ask each program for the pots at the end of the year."""
        after = f"{int(self.year[:4]) + 1}-04-01"
        accounts = [self.account("Upfront"), self.account("Tactical")]
        pots = self.account("(Upfront|Tactical)")
        query = (f"SELECT account, sum(position) WHERE account ~ '{pots}' AND date <= {self.day}"
                 " GROUP BY account")
        until = json.dumps({"txnFilter": {"TxnFilterTxnTSEnd": {"end": f"{after}T00:00:00Z"}}})
        sql = POT.format(year=self.year, day=self.day, kinds=POT_KINDS)
        journal = lambda reader: self.path(f"journal.{reader}")
        return {
            "crg": [CRG, "--db", self.book, "pot", self.year, "--as-at", self.day,
                    "--format", "json"],
            "sqlite3": ["sqlite3", "-readonly", self.path("bare.db"), sql],
            "hledger": ["hledger", "-f", journal("hledger"), "balance", "--flat", "-N",
                        "-e", after, *accounts],
            "ledger": ["ledger", "-f", journal("ledger"), "balance", "--flat", "--no-total",
                       "-e", after, *accounts],
            "beancount": ["bean-query", "--no-errors", journal("beancount"), query],
            "rustledger": ["rledger", "query", journal("beancount"), query],
            "okane": ["okane", "balance", journal("ledger"), "--end", after, *accounts],
            "tackler": ["tackler", "--config", self.path("tackler.toml"),
                        "--input.file", journal("txn"), "--api-filter-def", until],
        }

    def year_end(self):
        """The commands that ask for the year-end figures of every project."""
        query = YEAR_END.format(year=self.year, day=self.day, kinds=YEAR_END_KINDS)
        return {
            "crg": [CRG, "--db", self.book, "report", "year-end", self.year, "--as-at", self.day,
                    "--format", "csv"],
            "sqlite3": ["sqlite3", "-readonly", "-csv", self.path("bare.db"), query],
        }


TACKLER = """[kernel]
strict = false
audit = {{ mode = false, hash = "SHA-256" }}
timestamp = {{ default-time = 00:00:00, timezone = {{ name = "UTC" }} }}
[kernel.input]
storage = "fs"
fs = {{ path = ".", dir = ".", ext = "txn" }}
[transaction]
accounts = {{ path = "none" }}
commodities = {{ path = "none" }}
tags = {{ path = "none" }}
[report]
report-timezone = "UTC"
scale = {{ min = 2, max = 2 }}
formats = ["txt"]
accounts = ["{account}"]
targets = ["balance"]
balance = {{ title = "Balance", type = "flat" }}
balance-group = {{ title = "Balance", type = "flat", group-by = "month" }}
register = {{ title = "Register" }}
[export]
targets = []
equity = {{ accounts = [], equity-account = "Equity:Balance" }}
"""


# Comparing the answers.


def figures(output):
    """The figures of both pots from the JSON of `crg pot`, in pence."""
    pots = json.loads(output)
    names = ("allocated", "moved", "committed", "returned", "remaining")
    return {pot: [pence(pots[pot][name]) for name in names] for pot in ("upfront", "tactical")}


def remaining(output):
    """The balances of both pots from a plain-text program, in pence: the first amount on the line
    that names the account, or zero if no line does."""
    found = {"upfront": 0, "tactical": 0}
    for line in output.splitlines():
        for pot in found:
            if re.search(rf"CRG:\S*:{pot}\b", line, re.IGNORECASE):
                amounts = re.findall(r"-?[\d,]+(?:\.\d+)?", re.sub(r"\S*CRG\S*", "", line))
                found[pot] = pence(amounts[0]) if amounts else 0
    return found


def same_pots(program, output, expected):
    pots = figures(expected)
    if program == "crg":
        return True
    if program == "sqlite3":
        rows = csv.reader(output.splitlines(), delimiter="|")
        return {row[0]: [int(cell) for cell in row[1:]] for row in rows} == pots
    return remaining(output) == {pot: row[-1] for pot, row in pots.items()}


def same_year_end(program, output, expected):
    if program == "crg":
        return True
    names = ("requested", "approved", "spent", "underspend", "returned")
    projects = {
        row["project"]: [pence(row[name]) for name in names]
        for row in csv.DictReader(expected.splitlines())
        if row["line"] == "project"
    }
    rows = csv.reader(output.splitlines())
    return {row[2]: [int(cell) for cell in row[6:]] for row in rows} == projects


# Measuring.


def timed(command, clean):
    """The seconds that one run takes. Its output is discarded."""
    clean()
    null = os.open(os.devnull, os.O_WRONLY)
    to_null = [(os.POSIX_SPAWN_DUP2, null, out) for out in (1, 2)]
    started = time.perf_counter()
    child = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=to_null)
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - started
    os.close(null)
    if status:
        sys.exit(f"compare: failed: {command}")
    return seconds


# Without a cache beancount reads the journal each time, as the others do.
ENVIRONMENT = {**os.environ, "BEANCOUNT_DISABLE_LOAD_CACHE": "1", "TZ": "UTC"}


def first_run(command, clean):
    """The first run, which fills the caches: its output, its peak memory in MB and its seconds. If
    it fails, `None`, the reason and 0."""
    clean()
    measured = FOLDER / "measured"
    started = time.perf_counter()
    run = subprocess.Popen(["/usr/bin/time", "-f", "%M", "-o", measured, *command],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                           env=ENVIRONMENT, start_new_session=True)
    try:
        output, errors = run.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        return None, f"no answer in {TIMEOUT_SECONDS} s", 0
    if run.returncode:
        return None, f"failed: {(errors or output).strip().splitlines()[0][:60]}", 0
    seconds = time.perf_counter() - started
    return output, int(measured.read_text().split()[-1]) / 1024, seconds


ROWS, FOUND = [], {}


def compare(book, question, commands, same=lambda *_: True, clean=lambda: None):
    """Runs all commands in turns. Each must give the same answer as the first."""
    samples, peaks, expected = {}, {}, None
    for program, command in commands.items():
        path = shutil.which(str(command[0]))
        if path is None:
            ROWS.append((book.name, question, program, "", "not installed", "", ""))
            continue
        commands[program] = [path, *map(str, command[1:])]
        output, peak, seconds = first_run(commands[program], clean)
        if output is None:
            ROWS.append((book.name, question, program, "", peak, "", ""))
            continue
        expected = output if expected is None else expected
        if not same(program, output, expected):
            sys.exit(f"compare: {program} and crg differ on {question} of {book.name}:\n"
                     f"{output[:600]}\n{expected[:600]}")
        peaks[program] = peak
        samples[program] = [seconds] if seconds > ONE_RUN_SECONDS else []
    for _ in range(RUNS):
        for program, times in samples.items():
            is_slow = peaks[program] and sum(times) > ONE_RUN_SECONDS
            if not is_slow and (len(times) < 3 or sum(times) < SECONDS):
                times.append(timed(commands[program], clean))
    medians = {program: statistics.median(times) for program, times in samples.items()}
    for program, median in medians.items():
        FOUND[book.name, question, program] = (median, peaks[program])
        ratio = f"{median / medians['sqlite3']:.2f}" if "sqlite3" in medians else ""
        runs, peak = str(len(samples[program])), f"{peaks[program]:.1f} MB"
        ROWS.append((book.name, question, program, runs, duration(median), ratio, peak))
    summary = ", ".join(f"{program} {duration(median)}" for program, median in medians.items())
    log(f"{book.name}, {question}: {summary}")


def duration(seconds):
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def remove(*paths):
    for path in paths:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def load_and_dump(book):
    """Measures loading and dumping a whole book."""
    loaded, imported, dumped = book.path("loaded.db"), book.path("imported.db"), book.path("dumped")
    load = {
        "crg": [CRG, "--db", loaded, "load", book.source],
        "sqlite3": ["sqlite3", imported, *book.fill_bare()],
    }
    entries = book.path("dump/entries.csv")

    def same_load(program, *_):
        if program == "sqlite3":
            count = output_of("sqlite3", "-readonly", imported, "SELECT count(*) FROM entry")
            return count == f"{book.rows}\n"
        again = book.path("again")
        remove(again)
        output_of(CRG, "--db", loaded, "dump", again)
        return filecmp.cmp(again / "entries.csv", entries, shallow=False)

    compare(book, "load", load, same_load, lambda: remove(loaded, imported))
    dump = {
        "crg": [CRG, "--db", book.book, "dump", dumped],
        "sqlite3": ["sqlite3", "-readonly", "-csv", "-header", book.path("bare.db"),
                    f".output {book.path('dumped.csv')}", "SELECT * FROM entry ORDER BY number"],
    }

    def same_dump(program, *_):
        if program == "crg":
            return filecmp.cmp(dumped / "entries.csv", entries, shallow=False)
        with (
            open(book.path("dumped.csv"), newline="") as rows,
            open(book.path("bare.csv"), newline="") as expected,
        ):
            next(rows)
            pairs = itertools.zip_longest(csv.reader(rows), csv.reader(expected))
            return all(row == other for row, other in pairs)

    compare(book, "dump", dump, same_dump, lambda: remove(dumped))


# The views that have rows of their own.
PEOPLE = ("pot", "project", "year", "pot of one year")
# The triggers ask it; nobody else does, and DuckDB has no index to answer it with.
OF_TRIGGERS = "balance_due"


def compare_views(book, *names):
    """Measures the CPU time of views of a book, or of every view, within one process that has the book
    open. Of all but a few only the slowest has a row. Returns the seconds of the slowest in DuckDB."""
    command = [sys.executable, PROJECT / "benches/views.py", book.book, book.year, RUNS, SECONDS]
    found = json.loads(output_of(*command, *names))
    found.pop(OF_TRIGGERS, None)
    slowest = max(found, key=lambda view: found[view]["DuckDB"][1])
    for view, programs in found.items():
        seconds = {program: median for program, (_, median) in programs.items()}
        log(f"{book.name}, view {view}: " + ", ".join(f"{p} {duration(s)}" for p, s in seconds.items()))
        for program, (runs, median) in programs.items():
            FOUND[book.name, f"view {view}", program] = (median, 0)
            if view in (*PEOPLE, slowest):
                ratio = f"{median / seconds['sqlite3']:.2f}"
                ROWS.append((book.name, f"view {view}", program, runs, duration(median), ratio, ""))
    return max(seconds["DuckDB"][1] for seconds in found.values())


def measure():
    kent = Book("one real year", "2025/26")
    partnerships = Book("14 partnerships, ten years", "2020/21", [2016, 10, 154, 1800])
    size = [2016, 10, 60, 2_000] if QUICK else [2016, 10, 1000, 100_000]
    large = Book(f"{size[1] * size[3]:,} entries, ten years", "2020/21", size)
    for book in (kent, partnerships, large):
        book.make_bare()
        book.make_journals()
        compare(book, "pot", book.pot(), same_pots)
    count = lambda book: ["sqlite3", "-readonly", book.book, "SELECT count(*) FROM entry"]
    compare(kent, "start-up", {"crg": kent.pot()["crg"], "sqlite3": count(kent), "true": ["true"]})
    compare(large, "year-end", large.year_end(), same_year_end)
    load_and_dump(large)
    compare_views(large, *PEOPLE[:3])
    twenty = Book("20 years of that size", "2020/21", [2006, 20, 12, 130])
    compare(twenty, "check", {"crg": [CRG, "--db", twenty.book, "check"], "sqlite3": count(twenty)})
    slowest_view = compare_views(twenty)
    spans = [(1, 2020), (10, 2016), (99, 2000)]
    books = {
        f"{years} in the book": Book(f"span {years}", "2020/21", [first, years, 154, 1800])
        for years, first in spans
    }
    spanned = books["1 in the book"]
    spanned.name = "1, 10 and 99 years"
    compare(spanned, "pot", {name: book.pot()["crg"] for name, book in books.items()})
    return kent, large, spanned, twenty, slowest_view


def promises(kent, large, spanned, twenty, slowest_view):
    """The promises: each with the figure found, the limit, and whether it is kept."""
    seconds = lambda book, question, program: FOUND[book.name, question, program][0]
    memory = lambda question: FOUND[large.name, question, "crg"][1]
    ratio = lambda book, question: (
        seconds(book, question, "crg") / seconds(book, question, "sqlite3")
    )
    others = [program for program in large.pot() if program not in ("crg", "sqlite3")]
    peers = [program for program in others if (large.name, "pot", program) in FOUND]
    fastest = min(peers, key=lambda peer: seconds(large, "pot", peer))
    ahead = seconds(large, "pot", fastest) / seconds(large, "pot", "crg")
    in_duckdb = lambda view: (
        seconds(large, f"view {view}", "DuckDB") / seconds(large, f"view {view}", "sqlite3")
    )
    one_year = seconds(twenty, "view pot of one year", "sqlite3")
    span = lambda years: seconds(spanned, "pot", f"{years} in the book")
    found = [
        (f"`pot`, {large.name}: times sqlite3", ratio(large, "pot"), 5),
        (f"`pot`, {large.name}: MB", memory("pot"), 20),
        ("`pot`, one real year: times what sqlite3 takes to open it", ratio(kent, "start-up"), 1.5),
        (f"`load`, {large.name}: times sqlite3", ratio(large, "load"), 2),
        (f"`load`, {large.name}: MB", memory("load"), 300),
        (f"`dump`, {large.name}: times sqlite3", ratio(large, "dump"), 2),
        (f"`year-end`, {large.name}: times sqlite3", ratio(large, "year-end"), 2),
        ("`pot` with 99 years in the book: times that with one", span(99) / span(1), 1.25),
        (f"slowest view in DuckDB, {twenty.name}: ms of CPU time", slowest_view * 1000, 40),
        (f"views in DuckDB, {large.name}: times sqlite3", max(map(in_duckdb, PEOPLE[:3])), 3),
        (f"view `pot` of one year in SQLite, {twenty.name}: ms of CPU time", one_year * 1000, 5),
    ]
    rows = []
    for what, value, most in found:
        limit = most * LENIENCE
        rows.append((what, f"{value:.2f}", f"at most {limit:g}", value <= limit))
    if not QUICK:
        check = ratio(twenty, "check")
        what = f"`check`, {twenty.name}: times what sqlite3 takes to open it"
        rows.append((what, f"{check:.2f}", "at most 20", check <= 20))
        what = f"`pot`, {large.name}: times faster than {fastest}"
        rows.append((what, f"{ahead:.0f}", "at least 100", ahead >= 100))
    return rows


def table(header, rows, right):
    rules = ["---:" if column in right else "---" for column in range(len(header))]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (header, rules, *rows))


def machine():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()).group(1)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text()).group(1)
    gigabytes = int(memory) // 1024 // 1024
    versions = []
    peers = ("hledger", "ledger", "bean-query", "rledger", "okane", "tackler")
    for program in ("sqlite3", *peers, CRG):
        if shutil.which(program):
            ran = subprocess.run([program, "--version"], capture_output=True, text=True)
            version = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr).group(0)
            versions.append(f"{Path(program).name} {version}")
    load = f"load averages {LOAD:.2f} before and {os.getloadavg()[0]:.2f} after"
    return f"{cpu}, {os.cpu_count()} processors, {gigabytes} GB; {load}.\n{', '.join(versions)}."


LOAD = os.getloadavg()[0]
kept = promises(*measure())
text = "\n\n".join([
    machine(),
    table(("Book", "Question", "Program", "Runs", "Median", "Times sqlite3", "Peak memory"),
          ROWS, {3, 4, 5, 6}),
    table(("Promise", "Found", "Limit", "Result"),
          [(*row[:3], "PASS" if row[3] else "FAIL") for row in kept], {1}),
])
print(text)
if not QUICK:
    before, _, rest = DOCUMENT.read_text().partition("<!-- measured -->\n")
    after = rest.partition("<!-- end -->")[2].lstrip()
    DOCUMENT.write_text(f"{before}<!-- measured -->\n{text}\n<!-- end -->\n\n{after}")
sys.exit(0 if all(row[3] for row in kept) else 1)

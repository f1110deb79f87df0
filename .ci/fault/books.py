"""Books, their state as a fresh process reads it, and the commands that are tested with faults."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from trace import strace

NOW = "2026-05-11T09:30:00.000Z"
COPY = "crg-20260511-093000.db"
OLD_COPY = "crg-version-2.db"
BOOK = "crg.db"
MAP = """[columns]
date = "Date"
amount = "Amount"
supplier = "Supplier"
reference = "Number"

[[project]]
ref = "P50"
column = "Code"
is = "A1"
"""


class Fault(Exception):
    """An outcome that must not occur."""


@dataclass
class Place:
    """The program, the project and a folder for the books."""

    crg: str
    project: Path
    folder: Path

    def environment(self):
        return {"CRG_NOW": NOW, "CRG_BY": "KCST", "NO_COLOR": "1", "PATH": os.environ["PATH"]}

    def run(self, arguments, folder):
        return subprocess.run([self.crg, *map(str, arguments)], cwd=folder,
                              env=self.environment(), capture_output=True, text=True)

    def new_folder(self):
        return Path(tempfile.mkdtemp(dir=self.folder, prefix="run-"))


@dataclass
class Scenario:
    """A command, its preparation, and the books it touches."""

    name: str
    command: list
    prepare: list = field(default_factory=list)
    books: tuple = (BOOK,)
    # Safety copies that the command makes: each, once it exists, is the book before.
    copies: tuple = ()
    # Killed before the command when it had changed the book and not yet committed: the command
    # finds what it left, and must recover the book first.
    killed: list = None
    # Set by `ready`: a folder as it is before the command, and the books before and after it.
    before_folder: Path = None
    before: tuple = ()
    after: tuple = ()

    def ready(self, place):
        self.before_folder = place.folder / self.name
        self.before_folder.mkdir()
        for arguments in self.prepare:
            if callable(arguments):
                arguments(self.before_folder)
                continue
            done = place.run(arguments, self.before_folder)
            if done.returncode:
                raise Fault(f"{self.name}: cannot be prepared: {done.stderr}")
        self.before = look(place, self.before_folder, self.books)
        if self.killed:
            self.kill_half_way(place)
        folder = self.fresh(place)
        done = place.run(self.command, folder)
        if done.returncode:
            raise Fault(f"{self.name}: fails without a fault: {done.stderr}")
        self.after = look(place, folder, self.books)
        shutil.rmtree(folder)
        if self.before == self.after:
            raise Fault(f"{self.name}: the command changes nothing")

    def kill_half_way(self, place):
        """Kills a command before it syncs the book itself: after its journal, the folder and the
        journal's head."""
        options = ["-e", "trace=fsync", "-e", "inject=fsync:signal=KILL:when=4"]
        strace(place, self.before_folder, options, self.killed)
        if not (self.before_folder / f"{BOOK}-journal").exists():
            raise Fault(f"{self.name}: nothing is to be recovered")

    def fresh(self, place):
        folder = place.new_folder()
        shutil.copytree(self.before_folder, folder, dirs_exist_ok=True)
        return folder

    def judge(self, place, folder, code, errors=""):
        """Returns whether the books are those "before" or "after". Raises a fault if they are
        neither, or if the exit code says something else."""
        found = look(place, folder, self.books)
        if found not in (self.before, self.after):
            raise Fault(f"neither book before nor book after (exit {code}): {found}\n{errors}")
        for copy in self.copies:
            if state(place, folder / copy) not in (None, self.before[0]):
                raise Fault(f"{copy} is not the book before (exit {code})\n{errors}")
        which = "after" if found == self.after else "before"
        if code == 0:
            is_true = which == "after"
        elif code == 6:
            # The outcome is never unknown if the book did not exist before.
            is_true = self.before[0] is not None
        else:
            recorded = "it was recorded nevertheless" in errors
            is_true = which == ("after" if recorded else "before")
        if code is not None and (not is_true or code not in (0, 1, 3, 4, 5, 6)):
            raise Fault(f"exit {code}, but the book is the one {which}\n{errors}")
        return which

    def go_on(self, place, folder, which):
        """Runs the next command: the same again if it was not done, otherwise another. It must
        succeed, and remove whatever the fault left behind."""
        again = self.command if which == "before" else ["year", "receive", "2026/27", "1.00"]
        done = place.run(again, folder)
        if done.returncode:
            raise Fault(f"the next command fails: {done.stderr}")
        # The remains of a copy are removed only by the command that makes that copy.
        names = [file.name for file in folder.iterdir()]
        copies = (COPY, OLD_COPY, OLD_COPY.replace(".db", "-2.db"))
        left = [name for name in names if name not in self.books and not name.startswith(copies)]
        if left:
            raise Fault(f"the next command leaves {left} behind")


def look(place, folder, books):
    """The state of each book."""
    return tuple(state(place, folder / book) for book in books)


def state(place, book):
    """A digest of everything `dump` writes and of the book's version, or `None` if there is no
    book. Raises a fault if `check` does not pass."""
    if not book.exists():
        return None
    out = Path(tempfile.mkdtemp(dir=place.folder, prefix="dump-"))
    dumped = place.run(["--db", book, "dump", out / "d"], book.parent)
    if dumped.returncode:
        raise Fault(f"{book.name} cannot be read: {dumped.stderr}")
    digest = hashlib.sha256()
    for file in sorted((out / "d").iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    shutil.rmtree(out)
    digest.update(book.read_bytes()[60:64])
    checked = place.run(["--db", book, "check"], book.parent)
    if checked.returncode:
        raise Fault(f"check of {book.name}: {checked.stdout}{checked.stderr}")
    return digest.hexdigest()


def rows(folder, count):
    """A folder to load, with `count` receipts."""
    folder.mkdir()
    lines = ["on,year,kind,amount,note"]
    for n in range(count):
        note = "Cash is received. " * (n % 20)
        lines.append(f"2026-05-{1 + n % 10:02},2026/27,receive,{n + 1}.00,{note}")
    (folder / "entries.csv").write_text("\n".join(lines) + "\n")
    return folder


def ledger(folder):
    """An extract of three hundred payments, and its map."""
    folder.mkdir()
    lines = ["Date,Supplier,Number,Amount,Code"]
    for n in range(300):
        lines.append(f"{1 + n % 28:02}/05/2026,Printer {n},INV-{n},{n % 10 + 1}.50,A1")
    (folder / "extract.csv").write_text("\n".join(lines) + "\n")
    (folder / "map.toml").write_text(MAP)
    return folder


def without_priorities(place, folder):
    """The fixture as a book of version 2 may hold it: no entry says what its priorities are."""
    folder.mkdir()
    for name in ("entries.csv", "book.csv"):
        shutil.copy(place.project / "fixtures/kent" / name, folder)
    return folder


def as_version_2(place):
    """Returns what makes the book one that the program of version 2 would have made."""

    def make(folder):
        book, new = folder / BOOK, folder / "new.db"
        book.rename(new)
        connection = sqlite3.connect(book)
        connection.executescript((place.project / "src/store/schema_v2.sql").read_text())
        connection.execute("ATTACH ? AS new", [str(new)])
        columns = ", ".join(row[1] for row in connection.execute("PRAGMA main.table_info(entry)"))
        connection.executescript(
            f"""BEGIN;
            INSERT INTO book SELECT * FROM new.book;
            INSERT INTO entry ({columns}) SELECT {columns} FROM new.entry ORDER BY number;
            COMMIT;"""
        )
        connection.close()
        new.unlink()

    return make


def scenarios(place):
    inputs = place.folder / "inputs"
    inputs.mkdir()
    load = ["load", place.project / "fixtures/kent"]
    many = rows(inputs / "many", 2000)
    council = ledger(inputs / "ledger")
    old = without_priorities(place, inputs / "old")
    day = ["--year", "2026/27", "--on", "2026-05-01"]
    propose = ["project", "propose", "P50", "--pot", "upfront", "--amount", "4000",
               "--title", "T", "--lead", "L", *day]
    steps = [["project", step, "P50", *day] for step in ("recommend", "endorse", "submit")]
    submitted = [load, propose, *steps]
    approve = ["project", "approve", "P50", "4000", *day]
    receive = ["year", "receive", "2026/27", "5.00", "--on", "2026-05-01"]
    import_extract = ["spend", "import", council / "extract.csv", "--map", council / "map.toml"]
    issue = ["report", "quarter", "2025/26", "Q4", "--issue", "--format", "json"]
    return [
        Scenario("init", ["init"]),
        Scenario("load", load),
        Scenario("load-more", ["load", many], [load]),
        Scenario("approve", approve, submitted),
        Scenario("recover", approve, submitted, killed=receive),
        Scenario("return", ["year", "return", "2025/26", "--reference", "BACS 9"], [load]),
        Scenario("import", import_extract, [*submitted, approve]),
        Scenario("issue", issue, [load]),
        Scenario("backup", ["backup"], [load], (BOOK, COPY)),
        Scenario("upgrade", ["upgrade"], [["load", old], as_version_2(place)], copies=(OLD_COPY,)),
    ]

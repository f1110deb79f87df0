"""Books, what a fresh process says of them, and the commands that faults are put under."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

NOW = "2026-05-11T09:30:00.000Z"
COPY = "crg-20260511-093000.db"
BOOK = "crg.db"


class Fault(Exception):
    """What must not be."""


@dataclass
class Place:
    """Where things are."""

    crg: str
    project: Path
    folder: Path

    def environment(self):
        return {"CRG_NOW": NOW, "CRG_BY": "KCST", "NO_COLOR": "1", "PATH": os.environ["PATH"]}

    def run(self, arguments, folder):
        return subprocess.run([self.crg, *map(str, arguments)], cwd=folder, env=self.environment(), capture_output=True, text=True)

    def new_folder(self):
        return Path(tempfile.mkdtemp(dir=self.folder, prefix="run-"))


@dataclass
class Scenario:
    """A command, what goes before it, and the books it touches."""

    name: str
    command: list
    prepare: list = field(default_factory=list)
    books: tuple = (BOOK,)
    # Filled by `ready`: a folder as it is before the command, and what the books are before and after it.
    before_folder: Path = None
    before: tuple = ()
    after: tuple = ()

    def ready(self, place):
        self.before_folder = place.folder / self.name
        self.before_folder.mkdir()
        for arguments in self.prepare:
            done = place.run(arguments, self.before_folder)
            if done.returncode:
                raise Fault(f"{self.name}: cannot prepare: {done.stderr}")
        self.before = look(place, self.before_folder, self.books)
        folder = self.fresh(place)
        done = place.run(self.command, folder)
        if done.returncode:
            raise Fault(f"{self.name}: without a fault: {done.stderr}")
        self.after = look(place, folder, self.books)
        shutil.rmtree(folder)
        if self.before == self.after:
            raise Fault(f"{self.name}: the command changes nothing")

    def fresh(self, place):
        folder = place.new_folder()
        shutil.copytree(self.before_folder, folder, dirs_exist_ok=True)
        return folder

    def judge(self, place, folder, code, said=""):
        """Says whether the books are those before or those after; a fault where they are neither, or the exit code lies."""
        found = look(place, folder, self.books)
        if found not in (self.before, self.after):
            raise Fault(f"neither the book before nor the book after (exit {code}): {found}\n{said}")
        which = "after" if found == self.after else "before"
        recorded_all_the_same = "it is recorded all the same" in said
        # Of a book that is not yet there it can always be told.
        truthful = {0: which == "after", 6: self.before[0] is not None}.get(code, which == ("after" if recorded_all_the_same else "before"))
        if code is not None and (not truthful or code not in (0, 1, 3, 4, 5, 6)):
            raise Fault(f"exit {code}, and the book is the one {which}\n{said}")
        return which

    def go_on(self, place, folder, which):
        """The next command works, and clears away what the fault left: the same command, or another where that was done."""
        again = self.command if which == "before" else ["year", "receive", "2026/27", "1.00"]
        done = place.run(again, folder)
        if done.returncode:
            raise Fault(f"the next command fails: {done.stderr}")
        # What is left of a copy is cleared away by whoever makes that copy, and by nobody else.
        left = [file.name for file in folder.iterdir() if file.name not in self.books and not file.name.startswith(COPY)]
        if left:
            raise Fault(f"after the next command there is still {left}")


def look(place, folder, books):
    """What each book is, by all that `dump` writes of it and its version; a fault where `check` does not pass."""
    return tuple(state(place, folder / book) for book in books)


def state(place, book):
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
    """A folder to load: cash received, `count` times."""
    folder.mkdir()
    lines = "".join(f"2026-05-{1 + n % 10:02},2026/27,receive,{n + 1}.00,{'What is received. ' * (n % 20)}\n" for n in range(count))
    (folder / "entries.csv").write_text("on,year,kind,amount,note\n" + lines)
    return folder


def ledger(folder):
    """An extract of three hundred payments, and its map."""
    folder.mkdir()
    payments = "".join(f"{1 + n % 28:02}/05/2026,Printer {n},INV-{n},{n % 10 + 1}.50,A1\n" for n in range(300))
    (folder / "extract.csv").write_text("Date,Supplier,Number,Amount,Code\n" + payments)
    columns = '[columns]\ndate = "Date"\namount = "Amount"\nsupplier = "Supplier"\nreference = "Number"\n'
    (folder / "map.toml").write_text(f'{columns}\n[[project]]\nref = "P50"\ncolumn = "Code"\nis = "A1"\n')
    return folder


def scenarios(place):
    inputs = place.folder / "inputs"
    inputs.mkdir()
    load = ["load", place.project / "fixtures/kent"]
    many = rows(inputs / "many", 2000)
    bank = ledger(inputs / "ledger")
    day = ["--year", "2026/27", "--on", "2026-05-01"]
    propose = ["project", "propose", "P50", "--pot", "upfront", "--amount", "4000", "--title", "T", "--lead", "L", *day]
    submitted = [load, propose, *(["project", step, "P50", *day] for step in ("recommend", "endorse", "submit"))]
    approve = ["project", "approve", "P50", "4000", *day]
    return [
        Scenario("init", ["init"]),
        Scenario("load", load),
        Scenario("load-more", ["load", many], [load]),
        Scenario("approve", approve, submitted),
        Scenario("return", ["year", "return", "2025/26", "--reference", "BACS 9"], [load]),
        Scenario("import", ["spend", "import", bank / "extract.csv", "--map", bank / "map.toml"], [*submitted, approve]),
        Scenario("issue", ["report", "quarter", "2025/26", "Q4", "--issue", "--format", "json"], [load]),
        Scenario("backup", ["backup"], [load], (BOOK, COPY)),
    ]

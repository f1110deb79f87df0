"""Power cuts: a command's system calls, replayed on a simulated disk that may lose, keep or tear
whatever was not synced.

The bytes of a file are safe once the file is synced, the names in a folder once the folder is. At
a power cut each other write and each other name is kept or lost at random. A write that is kept may
be torn at 512 bytes. A file that grew without its content holds zeros or noise there.
"""

import random
import re
from dataclasses import dataclass, field

from trace import readable, strace, unhex

CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,linkat"
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PATH = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
WRITE = re.compile(r"^\d+ +p?write")
SECTOR = 512


@dataclass
class File:
    """The synced bytes, and the writes since: (offset, bytes), or (length, None) to truncate."""

    synced: bytes = b""
    writes: list = field(default_factory=list)
    position: int = 0

    def now(self):
        content = bytearray(self.synced)
        for write in self.writes:
            put(content, *write)
        return bytes(content)


def put(content, offset, data, gap=b"\0"):
    if data is None:
        del content[offset:]
        return
    while len(content) < offset:
        content.extend(gap)
    content[offset:offset + len(data)] = data


class Disk:
    """Files by number, the synced names, and their changes since: (name, file or None)."""

    def __init__(self, folder, obeys=True):
        self.files, self.synced, self.names = [], {}, []
        self.folder, self.obeys = str(folder), obeys
        for path in sorted(folder.iterdir()):
            self.synced[path.name] = len(self.files)
            self.files.append(File(path.read_bytes()))

    def current(self):
        names = dict(self.synced)
        for name, file in self.names:
            change(names, name, file)
        return names

    def name(self, path):
        """The name of a file in the folder, or `None` for a file elsewhere."""
        folder, _, name = path.rpartition("/")
        return name if folder == self.folder else None

    def play(self, line):
        """Replays a line of the trace. Returns `True` if it changed anything."""
        call = re.match(r"^\d+ +(\w+)\((.*)\) += (\d+)", line, re.S)
        if not call:
            return False
        kind, arguments, result = call[1], call[2], int(call[3])
        if kind == "openat":
            return self.open(readable(STRING.search(arguments)[1]), arguments)
        if kind in ("unlink", "rename", "linkat"):
            paths = STRING.findall(arguments)
            return self.rename(kind, [self.name(readable(path)) for path in paths])
        path = PATH.search(arguments)
        if not path:
            # A pipe or a terminal.
            return False
        path = readable(path[1])
        if kind in ("fsync", "fdatasync"):
            return self.sync(path)
        name = self.name(path)
        if name not in self.current():
            return False
        file = self.files[self.current()[name]]
        if kind == "ftruncate":
            file.writes.append((int(arguments.rpartition(",")[2]), None))
            return True
        data = unhex(STRING.search(arguments)[1])
        if len(data) != result:
            raise RuntimeError(f"a short write: {line[:200]}")
        offset = int(arguments.rpartition(",")[2]) if kind == "pwrite64" else file.position
        file.position = offset + len(data)
        file.writes.append((offset, data))
        return True

    def open(self, path, arguments):
        name, names = self.name(path), self.current()
        if name is None or not ("O_CREAT" in arguments or "O_TRUNC" in arguments):
            return False
        if name not in names:
            self.names.append((name, len(self.files)))
            self.files.append(File())
            return True
        file = self.files[names[name]]
        file.position = 0
        if "O_TRUNC" in arguments:
            file.writes.append((0, None))
        return "O_TRUNC" in arguments

    def rename(self, kind, names):
        if None in names:
            return False
        file = self.current().get(names[0])
        if file is None:
            # Of several processes: another removed it first, and its trace says so later.
            return False
        if kind in ("rename", "linkat"):
            self.names.append((names[1], file))
        if kind in ("rename", "unlink"):
            self.names.append((names[0], None))
        return True

    def sync(self, path):
        if not self.obeys:
            return False
        if path == self.folder:
            self.synced, self.names = self.current(), []
            return True
        number = self.current().get(self.name(path))
        if number is None:
            return False
        file = self.files[number]
        file.synced, file.writes = file.now(), []
        return True

    def cut(self, chance, keep):
        """The files after a power cut, each with its names. Each part that was not synced is kept
        with probability `keep`."""
        names = dict(self.synced)
        for name, file in self.names:
            if chance.random() < keep:
                change(names, name, file)
        files = []
        for number in sorted(set(names.values())):
            names_of_file = sorted(name for name in names if names[name] == number)
            files.append((names_of_file, torn(self.files[number], chance, keep)))
        return files


def change(names, name, file):
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def torn(file, chance, keep):
    """The bytes of a file after a power cut."""
    content = bytearray(file.synced)
    for offset, data in file.writes:
        if chance.random() >= keep:
            continue
        gap = b"\0" if chance.random() < 0.5 else chance.randbytes(1)
        if data is None or keep == 1 or chance.random() < 0.5:
            put(content, offset, data, gap)
            continue
        # Torn: each sector is kept or lost by itself.
        start = offset
        while start < offset + len(data):
            end = min(start - start % SECTOR + SECTOR, offset + len(data))
            if chance.random() < 0.5:
                put(content, start, data[start - offset:end - offset], gap)
            start = end
    return bytes(content)


def images(place, scenario, each, most, seed, obeys=True):
    """Every distinct state of the folder that a power cut may leave, with whether the command had
    ended and a description. Cuts are before and after every call that is not a plain write and at
    `most` of the writes: with everything lost, with everything kept, and `each` times at random."""
    chance = random.Random(seed)
    folder = scenario.fresh(place)
    disk = Disk(folder, obeys)
    options = ["-xx", "-s", "100000000", "-e", f"trace={CALLS}"]
    done, lines = strace(place, folder, options, scenario.command)
    if done.returncode:
        raise RuntimeError(done.stderr)
    is_write = [bool(WRITE.match(line)) for line in lines]
    step = max(1, sum(is_write) // most)
    seen = set()
    for number, line in enumerate(lines):
        ended = number == len(lines) - 1
        matters = ended or not (is_write[number] and is_write[number + 1]) or number % step == 0
        if not (disk.play(line) or ended) or not matters:
            continue
        for keep in [0, 1, *chance.choices([0.2, 0.5, 0.8], k=each)]:
            image = disk.cut(chance, keep)
            known = (tuple((tuple(names), hash(content)) for names, content in image), ended)
            if known not in seen:
                seen.add(known)
                yield image, ended, f"cut after call {number + 1} of {len(lines)}, keeping {keep}"

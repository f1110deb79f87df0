"""The system calls of a command, as strace reports them."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass

CALL = re.compile(r"^(\d+) +(\w+)\((.*)$", re.S)
LINE = re.compile(r"^((\d+) +(?:[\d.]+ +)?)(.*)$", re.S)
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$", re.S)
UNFINISHED = " <unfinished ...>"
HEX = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Point:
    """A call: its name, its number among the calls of that name by its thread, as strace counts
    them too, and its arguments."""

    name: str
    number: int
    arguments: str


def strace(place, folder, options, arguments):
    log = folder.with_name(folder.name + ".strace")
    # Much faster, because only the traced calls stop the command. But strace 6.1 then injects no
    # signals.
    fast = [] if any("signal=" in option for option in options) else ["--seccomp-bpf"]
    command = ["strace", "-f", *fast, "-y", "-o", str(log), *options, place.crg]
    done = subprocess.run([*command, *map(str, arguments)], cwd=folder, env=place.environment(),
                          capture_output=True, text=True)
    lines = list(joined(log.read_text().splitlines()))
    log.unlink()
    return done, lines


def joined(lines):
    """The lines of strace. A call that another thread's interrupted is whole, where it ended."""
    begun = {}
    for line in lines:
        start, thread, call = LINE.match(line).groups()
        resumed = RESUMED.match(call)
        if call.endswith(UNFINISHED):
            begun[thread] = call.removesuffix(UNFINISHED)
        elif resumed:
            yield start + begun.pop(thread) + resumed[1]
        else:
            yield line


def points(place, scenario, names):
    """Every call of these names about the book's folder or a file in it."""
    folder = scenario.fresh(place)
    done, lines = strace(place, folder, ["-e", "trace=" + ",".join(names)], scenario.command)
    if done.returncode:
        raise RuntimeError(done.stderr)
    counted, found = Counter(), []
    for line in lines:
        call = CALL.match(line)
        if call:
            thread, name, arguments = call.groups()
            counted[thread, name] += 1
            if any(part in arguments for part in (f"{folder}/", f'"{folder}"', f"<{folder}>)")):
                number = counted[thread, name]
                found.append(Point(name, number, arguments.replace(str(folder), "")[:100]))
    return found


def unhex(text):
    """The bytes of a string that strace printed in hexadecimal."""
    return bytes.fromhex(text.replace("\\x", ""))


def readable(line):
    return HEX.sub(lambda code: chr(int(code[1], 16)), line)

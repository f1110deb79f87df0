"""The system calls of a command, as strace reports them."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass

CALL = re.compile(r"^\d+ +(\w+)\((.*)$", re.S)
HEX = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Point:
    """A call: its name, its number among the calls of that name, and its arguments."""

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
    lines = log.read_text().splitlines()
    log.unlink()
    return done, lines


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
            counted[call[1]] += 1
            name, arguments = call.groups()
            if any(part in arguments for part in (f"{folder}/", f'"{folder}"', f"<{folder}>)")):
                found.append(Point(name, counted[name], arguments.replace(str(folder), "")[:100]))
    return found


def unhex(text):
    """The bytes of a string that strace printed in hexadecimal."""
    return bytes.fromhex(text.replace("\\x", ""))


def readable(line):
    return HEX.sub(lambda code: chr(int(code[1], 16)), line)

"""The system calls of a command, as strace tells them."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass

CALL = re.compile(r"^\d+ +(\w+)\((.*)$", re.S)
HEX = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Point:
    """A call by its name and its number among those of that name, and what it is about."""

    name: str
    number: int
    about: str


def strace(place, folder, options, arguments):
    log = folder.with_name(folder.name + ".strace")
    # Only the calls asked for stop the command, which is much faster; strace 6.1 then injects no signals.
    fast = [] if any("signal=" in option for option in options) else ["--seccomp-bpf"]
    command = ["strace", "-f", *fast, "-y", "-o", str(log), *options, place.crg, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=place.environment(), capture_output=True, text=True)
    lines = log.read_text().splitlines()
    log.unlink()
    return done, lines


def points(place, scenario, names):
    """Every call of these names about a file in the book's folder, but for what is only read there by the program's start."""
    folder = scenario.fresh(place)
    done, lines = strace(place, folder, ["-e", "trace=" + ",".join(names)], scenario.command)
    if done.returncode:
        raise RuntimeError(done.stderr)
    counted, found = Counter(), []
    for line in lines:
        call = CALL.match(line)
        if call:
            counted[call[1]] += 1
            if f"{folder}/" in call[2] or f'"{folder}"' in call[2] or f"<{folder}>)" in call[2]:
                found.append(Point(call[1], counted[call[1]], call[2].replace(str(folder), "")[:100]))
    return found


def unhex(text):
    """The bytes of a string that strace wrote in hexadecimal."""
    return bytes.fromhex(text.replace("\\x", ""))


def readable(line):
    return HEX.sub(lambda code: chr(int(code[1], 16)), line)

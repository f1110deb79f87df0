"""Cuts the power while several commands run, at a moment that a number chooses.

Arguments: the number, a folder as it was before the commands, the folder itself, and a log of
strace for each command. Leaves in the folder what a power cut may leave there. Prints for each
command whether it had "ended" before the cut, or is "cut"."""

import os
import random
import sys
from pathlib import Path

from disk import Disk
from trace import joined


def calls(number, log):
    """The calls of a log: (moment, number of the log, line)."""
    for line in joined(log.read_text().splitlines()):
        process, moment, call = line.split(maxsplit=2)
        yield float(moment), number, f"{process} {call}"


def main():
    choice, before, folder, *logs = sys.argv[1:]
    chance = random.Random(int(choice))
    disk = Disk(Path(before))
    disk.folder = folder
    lines = sorted(line for number, log in enumerate(logs) for line in calls(number, Path(log)))
    cut = chance.randint(0, len(lines))
    ended = {number: False for number in range(len(logs))}
    main_process = {}
    for _, number, line in lines[:cut]:
        process = main_process.setdefault(number, line.split()[0])
        if f"{process} +++ exited" in line:
            ended[number] = True
        disk.play(line)
    image = disk.cut(chance, chance.choice([0, 0.2, 0.5, 0.8, 1]))
    for path in Path(folder).iterdir():
        path.unlink()
    for names, content in image:
        first = Path(folder, names[0])
        first.write_bytes(content)
        for name in names[1:]:
            os.link(first, Path(folder, name))
    for number in ended:
        print("ended" if ended[number] else "cut")


main()

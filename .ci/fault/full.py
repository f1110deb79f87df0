"""A full disk: with no page free, then with a few, until there is room for the whole command."""

import os
import shutil
import subprocess

from books import Fault

PAGE = 4096
PAGES = 1024


def mount(place):
    """A small disk, or the reason why there is none."""
    disk = place.folder / "full"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={PAGES * PAGE}", "faults", disk]
    done = subprocess.run(command, capture_output=True, text=True)
    return (disk, None) if done.returncode == 0 else (None, done.stderr.strip())


def runs(place, disk, scenario):
    """The command with ever more pages free, until it succeeds. There is only one disk, so each run
    ends before the next begins."""
    free, which = 0, "before"
    while which == "before":
        which = run_on_full_disk(place, disk, scenario, free)
        yield lambda which=which: which
        free += 1 + free // 8


def run_on_full_disk(place, disk, scenario, free):
    folder, filler = disk / "book", disk / "filler"
    shutil.copytree(scenario.before_folder, folder)
    available = os.statvfs(disk).f_bavail
    filler.write_bytes(bytes(max(0, available - free) * PAGE))
    done = place.run(scenario.command, folder)
    try:
        # The book is read while the disk is full; the next command has space again.
        which = scenario.judge(place, folder, done.returncode, done.stderr)
        filler.unlink()
        scenario.go_on(place, folder, which)
    except Fault as fault:
        raise Fault(f"{scenario.name}: a disk with {free} pages free: {fault}") from fault
    shutil.rmtree(folder)
    return which

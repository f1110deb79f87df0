"""A disk that is full: with room for nothing more, then for a few pages, until there is room for all."""

import os
import shutil
import subprocess

from books import Fault

PAGE = 4096
PAGES = 1024


def mount(place):
    """A small disk, or why there is none."""
    disk = place.folder / "full"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={PAGES * PAGE}", "faults", disk], capture_output=True, text=True)
    return (disk, None) if done.returncode == 0 else (None, done.stderr.strip())


def runs(place, disk, scenario):
    """The command with ever more pages free, until they are enough. There is one disk: each run is done before the next."""
    free, which = 0, "before"
    while which == "before":
        which = on_a_full_disk(place, disk, scenario, free)
        yield lambda which=which: which
        free += 1 + free // 8


def on_a_full_disk(place, disk, scenario, free):
    folder, filler = disk / "book", disk / "filler"
    shutil.copytree(scenario.before_folder, folder)
    room = os.statvfs(disk)
    filler.write_bytes(bytes(max(0, room.f_bavail - free) * PAGE))
    done = place.run(scenario.command, folder)
    try:
        # Asked while the disk is full; what comes next has room again.
        which = scenario.judge(place, folder, done.returncode, done.stderr)
        filler.unlink()
        scenario.go_on(place, folder, which)
    except Fault as fault:
        raise Fault(f"{scenario.name}: a disk with {free} pages free: {fault}") from fault
    shutil.rmtree(folder)
    return which

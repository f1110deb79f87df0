"""Commands that are killed, or whose calls fail, at every point of their work on the book."""

import random
import resource
import shutil
import signal
import subprocess
import time

from books import Fault
from trace import points, strace

# Calls that change what is on the disk, or who may write it.
CHANGES = ["openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "linkat", "rename", "fchown", "fcntl", "close"]
# What each call may fail with.
ERRORS = {
    "openat": ["EIO", "EMFILE"],
    "read": ["EIO"],
    "pread64": ["EIO"],
    "pwrite64": ["EIO", "ENOSPC", "EDQUOT"],
    "write": ["EIO", "ENOSPC"],
    "fsync": ["EIO", "ENOSPC"],
    "fdatasync": ["EIO"],
    "ftruncate": ["EIO"],
    "unlink": ["EIO", "EACCES"],
    "linkat": ["EIO", "EPERM"],
    "rename": ["EIO"],
    "fcntl": ["EIO", "ENOLCK"],
    "newfstatat": ["EIO"],
    "statx": ["EIO"],
}


def spread(found, most):
    """At most so many, from the first to the last."""
    if len(found) <= most:
        return found
    return [found[place * (len(found) - 1) // (most - 1)] for place in range(most)]


def under(place, scenario, inject, point):
    """Runs the command with one injection; says what was injected where, and which book it left."""
    folder = scenario.fresh(place)
    name = point.name
    done, lines = strace(place, folder, ["-e", f"trace={name}", "-e", f"inject={name}:{inject}"], scenario.command)
    killed = done.returncode < 0
    struck = killed or any("(INJECTED)" in line for line in lines)
    if not struck:
        raise Fault(f"{scenario.name}: {name} {inject}: was not injected")
    return judged(place, scenario, folder, None if killed else done.returncode, done.stderr, f"{inject} at {point}")


def judged(place, scenario, folder, code, said, what):
    try:
        which = scenario.judge(place, folder, code, said)
        scenario.go_on(place, folder, which)
    except Fault as fault:
        raise Fault(f"{scenario.name}: {what}: {fault}") from fault
    shutil.rmtree(folder)
    return which


def kills(place, scenario, most):
    """SIGKILL before every changing call (before `most` of them, where there are more)."""
    for point in spread(points(place, scenario, CHANGES), most):
        yield lambda point=point: under(place, scenario, f"signal=KILL:when={point.number}", point)


def interrupts(place, scenario, most):
    """Ctrl-C before `most` changing calls."""
    for point in spread(points(place, scenario, CHANGES), most):
        yield lambda point=point: under(place, scenario, f"signal=INT:when={point.number}", point)


def errors(place, scenario, most):
    """One call fails; then that call and all of its name after it. For each call about the book and each of its errors."""
    found = [(point, error) for point in points(place, scenario, list(ERRORS)) for error in ERRORS[point.name]]
    for point, error in spread(found, most):
        # The terminal is no file of that disk: what is written there still can be.
        for on in ("",) if point.name == "write" else ("", "+"):
            yield lambda point=point, error=error, on=on: under(place, scenario, f"error={error}:when={point.number}{on}", point)


def at_random(place, scenario, times, seed):
    """SIGKILL at a random moment between the command's start and well after its usual end."""
    chance = random.Random(seed)
    folder = scenario.fresh(place)
    start = time.monotonic()
    place.run(scenario.command, folder)
    usual = time.monotonic() - start
    shutil.rmtree(folder)
    for _ in range(times):
        yield lambda wait=chance.uniform(0, usual * 4): kill_after(place, scenario, wait)


def kill_after(place, scenario, wait):
    folder = scenario.fresh(place)
    command = [place.crg, *map(str, scenario.command)]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    running = subprocess.Popen(command, cwd=folder, env=place.environment(), text=True, **pipes)
    time.sleep(wait)
    running.send_signal(signal.SIGKILL)
    said = running.communicate()[1]
    code = running.returncode
    return judged(place, scenario, folder, None if code < 0 else code, said, f"SIGKILL after {wait:.4f} s")


def limited(place, scenario, times):
    """No file may grow beyond a limit: sizes from nothing to more than the book needs."""
    largest = 4096 * 200
    for number in range(times):
        yield lambda limit=number * largest // times: grow_to(place, scenario, limit)


def grow_to(place, scenario, limit):
    folder = scenario.fresh(place)

    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [place.crg, *map(str, scenario.command)]
    done = subprocess.run(command, cwd=folder, env=place.environment(), capture_output=True, text=True, preexec_fn=set_limit)
    return judged(place, scenario, folder, done.returncode, done.stderr, f"files of at most {limit} bytes")

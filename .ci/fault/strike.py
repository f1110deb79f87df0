"""Commands that are killed, or whose system calls fail, at every point of their work."""

import random
import resource
import shutil
import signal
import subprocess
import time

from books import Fault
from trace import points, strace

# Calls that change the disk, or who may write to it.
CHANGES = ["openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "linkat",
           "rename", "fchown", "fcntl", "close"]
# The errors with which each call may fail.
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
    """At most `most` of them, evenly spread from the first to the last."""
    if len(found) <= most:
        return found
    return [found[number * (len(found) - 1) // (most - 1)] for number in range(most)]


def inject(place, scenario, injection, point):
    """Runs the command with one injection of strace, and returns which book it left."""
    folder = scenario.fresh(place)
    name = point.name
    options = ["-e", f"trace={name}", "-e", f"inject={name}:{injection}"]
    done, lines = strace(place, folder, options, scenario.command)
    killed = done.returncode < 0
    if not killed and not any("(INJECTED)" in line for line in lines):
        raise Fault(f"{scenario.name}: {name} {injection}: was not injected")
    code = None if killed else done.returncode
    return judged(place, scenario, folder, code, done.stderr, f"{injection} at {point}")


def judged(place, scenario, folder, code, errors, what):
    """Judges the book after a fault, runs the next command, and returns which book it was."""
    try:
        which = scenario.judge(place, folder, code, errors)
        scenario.go_on(place, folder, which)
    except Fault as fault:
        raise Fault(f"{scenario.name}: {what}: {fault}") from fault
    shutil.rmtree(folder)
    return which


def kills(place, scenario, most):
    """SIGKILL before each call that changes the disk, at most `most` of them."""
    return signals(place, scenario, most, "KILL")


def interrupts(place, scenario, most):
    """Ctrl-C before each call that changes the disk, at most `most` of them."""
    return signals(place, scenario, most, "INT")


def signals(place, scenario, most, signal_name):
    for point in spread(points(place, scenario, CHANGES), most):
        injection = f"signal={signal_name}:when={point.number}"
        yield lambda i=injection, point=point: inject(place, scenario, i, point)


def errors(place, scenario, most):
    """Each call about the book with each of its errors, at most `most` pairs. First only that call
    fails, then every call of the same name after it too."""
    calls = points(place, scenario, list(ERRORS))
    found = [(point, error) for point in calls for error in ERRORS[point.name]]
    for point, error in spread(found, most):
        # Later writes may go to the terminal, which is not on the failing disk.
        for later in ("",) if point.name == "write" else ("", "+"):
            injection = f"error={error}:when={point.number}{later}"
            yield lambda i=injection, point=point: inject(place, scenario, i, point)


def at_random(place, scenario, times, seed):
    """SIGKILL at random moments, from the command's start to well after its usual end."""
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
    errors = running.communicate()[1]
    code = None if running.returncode < 0 else running.returncode
    return judged(place, scenario, folder, code, errors, f"SIGKILL after {wait:.4f} s")


def limited(place, scenario, times):
    """A limit on the size of every file, from nothing to more than the book needs."""
    largest = 4096 * 200
    for number in range(times):
        yield lambda limit=number * largest // times: run_limited(place, scenario, limit)


def run_limited(place, scenario, limit):
    folder = scenario.fresh(place)

    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [place.crg, *map(str, scenario.command)]
    done = subprocess.run(command, cwd=folder, env=place.environment(), capture_output=True,
                          text=True, preexec_fn=set_limit)
    what = f"files of at most {limit} bytes"
    return judged(place, scenario, folder, done.returncode, done.stderr, what)

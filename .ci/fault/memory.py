"""Commands that run out of memory at the n-th allocation, once or from then on."""

import signal
import subprocess
from pathlib import Path

from books import Fault
from strike import judged, spread


def failures(place, scenario, most):
    """At most `most` allocations, evenly spread from the first to the last."""
    library = build(place)
    counted = place.folder / f"{scenario.name}.allocations"
    run(place, scenario, library, {"FAULT_COUNT": str(counted)})
    numbers = spread(range(1, int(counted.read_text()) + 1), most)
    for number in numbers:
        for last in (number, 2**63):
            limits = {"FAULT_FIRST": str(number), "FAULT_LAST": str(last)}
            yield lambda limits=limits: judge(place, scenario, library, limits)


def build(place):
    library = place.folder / "memory.so"
    if not library.exists():
        source = Path(__file__).with_name("memory.c")
        command = ["cc", "-O1", "-shared", "-fPIC", "-o", library, source]
        subprocess.run(command, check=True)
    return library


def run(place, scenario, library, settings):
    folder = scenario.fresh(place)
    environment = place.environment() | settings | {"LD_PRELOAD": str(library)}
    done = subprocess.run([place.crg, *map(str, scenario.command)], cwd=folder, env=environment,
                          capture_output=True, text=True)
    return folder, done


def judge(place, scenario, library, limits):
    folder, done = run(place, scenario, library, limits)
    what = f"no memory at allocation {limits['FAULT_FIRST']} to {limits['FAULT_LAST']}"
    # Rust gives up if it gets no memory, which is as good as a kill.
    code = None if done.returncode == -signal.SIGABRT else done.returncode
    if code is not None and code < 0:
        raise Fault(f"{scenario.name}: {what}: ended by signal {-code}")
    return judged(place, scenario, folder, code, done.stderr, what)

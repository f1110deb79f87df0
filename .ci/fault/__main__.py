"""Runs every command under every kind of fault, and counts the outcomes."""

import itertools
import os
import signal
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import full
import memory
import power
import strike
from books import Fault, Place, scenarios

# The fewest of each that a complete run must reach.
MINIMUM = {"kills": 1000, "failing calls": 200, "power cuts": 200}
# How many failures of a kind are printed.
MAX_SHOWN = 3


class Bench:
    """Runs faults, a few at a time, and keeps count."""

    def __init__(self, workers):
        self.workers, self.total, self.wrong = workers, Counter(), 0

    def count(self, faults):
        found, wrong = Counter(), []

        def run_one(fault):
            try:
                return fault()
            except Fault as error:
                wrong.append(str(error))
                return "wrong"

        faults = iter(faults)
        while batch := list(itertools.islice(faults, 64)):
            found.update(self.workers.map(run_one, batch))
        return found, wrong

    def run(self, kind, scenario, faults, both=False):
        """Runs all faults of a kind. With `both`, both outcomes must occur: the faults cover the
        command from start to end."""
        found, wrong = self.count(faults)
        number = sum(found.values())
        before, after = found["before"], found["after"]
        print(f"{scenario.name:<10} {number:>5} {kind:<36} {before:>5} before {after:>5} after",
              flush=True)
        if both and not (before and after):
            wrong.append(f"{scenario.name}: {kind}: not both outcomes: {dict(found)}")
        for text in wrong[:MAX_SHOWN]:
            print(f"  WRONG: {text}")
        self.total[kind] += number
        self.wrong += len(wrong)
        return number


def run_all(bench, place, scenario, disk):
    def run(kind, faults, both=False):
        return bench.run(kind, scenario, faults, both)

    kills = run("killed before a call", strike.kills(place, scenario, 120), both=True)
    kills += run("killed at a moment", strike.at_random(place, scenario, 40, scenario.name))
    if scenario.name == "import":
        interrupts = strike.interrupts(place, scenario, 40)
        kills += run("interrupted by Ctrl-C", interrupts, both=True)
    calls = run("with a call that fails", strike.errors(place, scenario, 50), both=True)
    # A killed import leaves a file beside its extract, of which there may be ninety-nine.
    if scenario.name != "import":
        run("out of memory", memory.failures(place, scenario, 10))
    run("with a limit on the size of files", strike.limited(place, scenario, 10))
    if disk:
        # A recovery frees the space that the command then needs.
        run("on a full disk", full.runs(place, disk, scenario), both=not scenario.killed)
    cuts = run("with the power cut", power.cuts(place, scenario, 4, 20), both=True)
    return {"kills": kills, "failing calls": calls, "power cuts": cuts}


def run_planted(bench, place, scenario):
    """Tests the test: a disk that syncs nothing loses books, and some loss must be found."""
    found, wrong = bench.count(power.cuts_without_sync(place, scenario))
    number = sum(found.values())
    print(f"{scenario.name:<10} {number:>5} cuts of a disk that syncs nothing: {len(wrong)} wrong")
    if not wrong:
        raise Fault("nothing is found wrong on a disk that syncs nothing")


def main():
    crg, project, folder, *only = sys.argv[1:]
    # Shells let what they start in the background ignore Ctrl-C, and so would the commands.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    place = Place(crg, Path(project), Path(folder))
    disk, why = full.mount(place)
    if why:
        print(f"The full disk is not tested: {why}")
    known = scenarios(place)
    chosen = [scenario for scenario in known if not only or scenario.name in only]
    done = Counter()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        bench = Bench(workers)
        for scenario in chosen:
            scenario.ready(place)
            done.update(run_all(bench, place, scenario, disk))
        for scenario in chosen:
            if scenario.name in ("load", "approve", "backup"):
                run_planted(bench, place, scenario)
    counts = ", ".join(f"{count} {kind}" for kind, count in bench.total.items())
    print(f"faults: {sum(bench.total.values())} in total: {counts}")
    if bench.wrong:
        sys.exit(f"faults: {bench.wrong} with a wrong outcome")
    few = [kind for kind, minimum in MINIMUM.items() if done[kind] < minimum and not only]
    if few:
        sys.exit(f"faults: too few {', '.join(few)}: {dict(done)}")
    summary = f"{done['kills']} kills, {done['failing calls']} failing calls"
    print(f"faults: {summary} and {done['power cuts']} power cuts: nothing lost, exit codes right")


try:
    main()
except Fault as fault:
    sys.exit(f"faults: {fault}")

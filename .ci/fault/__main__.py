"""Puts every command under every kind of fault, and counts what each left."""

import itertools
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import full
import power
import strike
from books import Fault, Place, scenarios

# What the whole must come to.
LEAST = {"kills": 1000, "failing calls": 200, "power cuts": 200}
# So many wrong ones are shown of a kind.
SHOWN = 3


class Bench:
    """Runs faults, a few at a time, and keeps count."""

    def __init__(self, workers):
        self.workers, self.total, self.wrong = workers, Counter(), 0

    def count(self, faults):
        found, wrong = Counter(), []

        def one(fault):
            try:
                return fault()
            except Fault as error:
                wrong.append(str(error))
                return "wrong"

        faults = iter(faults)
        while batch := list(itertools.islice(faults, 64)):
            found.update(self.workers.map(one, batch))
        return found, wrong

    def run(self, kind, scenario, faults, both=False):
        """All faults of a kind; where the kind covers a command from its start to its end, both outcomes must be seen."""
        found, wrong = self.count(faults)
        number = sum(found.values())
        print(f"{scenario.name:<10} {number:>5} {kind:<36} {found['before']:>5} before {found['after']:>5} after", flush=True)
        if both and not (found["before"] and found["after"]):
            wrong.append(f"{scenario.name}: {kind}: {dict(found)}: not from before to after")
        for text in wrong[:SHOWN]:
            print(f"  WRONG: {text}")
        self.total[kind] += number
        self.wrong += len(wrong)
        return number


def every(bench, place, scenario, disk):
    kills = bench.run("killed before a call", scenario, strike.kills(place, scenario, 120), both=True)
    kills += bench.run("killed at a moment", scenario, strike.at_random(place, scenario, 40, scenario.name))
    if scenario.name == "import":
        kills += bench.run("interrupted by Ctrl-C", scenario, strike.interrupts(place, scenario, 40), both=True)
    calls = bench.run("with a call that fails", scenario, strike.errors(place, scenario, 50), both=True)
    bench.run("with a limit on the size of files", scenario, strike.limited(place, scenario, 10))
    if disk:
        bench.run("on a full disk", scenario, full.runs(place, disk, scenario), both=True)
    cuts = bench.run("with the power cut", scenario, power.cuts(place, scenario, 4, 20), both=True)
    return {"kills": kills, "failing calls": calls, "power cuts": cuts}


def planted(bench, place, scenario):
    """A disk that syncs nothing loses or spoils books: that must be found, or nothing is."""
    found, wrong = bench.count(power.disobeyed(place, scenario))
    print(f"{scenario.name:<10} {sum(found.values()):>5} cuts of a disk that syncs nothing: {len(wrong)} found wrong")
    if not wrong:
        raise Fault("nothing is found wrong on a disk that syncs nothing")


def main():
    crg, project, folder, *only = sys.argv[1:]
    place = Place(crg, Path(project), Path(folder))
    disk, why = full.mount(place)
    if why:
        print(f"A full disk is left out: {why}")
    known = scenarios(place)
    chosen = [scenario for scenario in known if not only or scenario.name in only]
    done = Counter()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        bench = Bench(workers)
        for scenario in chosen:
            scenario.ready(place)
            done.update(every(bench, place, scenario, disk))
        for scenario in [one for one in chosen if one.name in ("load", "approve", "backup")]:
            planted(bench, place, scenario)
    counts = ", ".join(f"{count} {kind}" for kind, count in bench.total.items())
    print(f"faults: {sum(bench.total.values())} in all: {counts}")
    if bench.wrong:
        sys.exit(f"faults: {bench.wrong} left what must not be")
    few = [kind for kind, least in LEAST.items() if done[kind] < least and not only]
    if few:
        sys.exit(f"faults: fewer {', '.join(few)} than there must be: {dict(done)}")
    print(f"faults: {done['kills']} kills, {done['failing calls']} failing calls and {done['power cuts']} power cuts: nothing lost, and every exit code true")


try:
    main()
except Fault as fault:
    sys.exit(f"faults: {fault}")

"""Times views of a book in DuckDB and in SQLite, for `benches/compare`: `views.py BOOK YEAR RUNS SECONDS
VIEW...`, or every view if none is named. Prints JSON: for each view, and for `pot` of the year alone,
how often it was asked and the median seconds of CPU time of each program, so that other work on the
machine does not count. DuckDB has one thread."""

import json
import sqlite3
import statistics
import sys
import time

import duckdb
from duckdb_extensions import import_extension

BOOK, YEAR, RUNS, SECONDS = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
EVERY = "SELECT name FROM sqlite_master WHERE type = 'view'"

import_extension("sqlite_scanner")
duck = duckdb.connect()
duck.execute("SET threads = 1")
duck.execute("LOAD sqlite_scanner")
duck.execute(f"ATTACH '{BOOK}' AS book (TYPE sqlite, READ_ONLY)")
duck.execute("USE book")
sqlite = sqlite3.connect(f"file:{BOOK}?mode=ro", uri=True)
PROGRAMS = {"DuckDB": duck, "sqlite3": sqlite}


def medians(query):
    """The median of each program, run in turns. Both must give the same number of rows."""
    samples, counts = {program: [] for program in PROGRAMS}, set()
    for _ in range(RUNS):
        for program, connection in PROGRAMS.items():
            times = samples[program]
            if len(times) < 3 or sum(times) < SECONDS:
                started = time.process_time()
                counts.add(len(connection.execute(query).fetchall()))
                times.append(time.process_time() - started)
    if len(counts) != 1:
        sys.exit(f"views: {query} has {counts} rows")
    return {program: (len(times), statistics.median(times)) for program, times in samples.items()}


views = sys.argv[5:] or [name for (name,) in sqlite.execute(EVERY)]
found = {view: medians(f"SELECT * FROM {view}") for view in views}
found["pot of one year"] = medians(f"SELECT * FROM pot WHERE year = '{YEAR}'")
json.dump(found, sys.stdout)

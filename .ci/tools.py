"""Compares what other programs read from books with what the bundled SQLite reads, for `.ci/tools`."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas
import yaml
from datasette.app import Datasette
from duckdb_extensions import import_extension

FOLDER, METADATA = Path(sys.argv[1]), Path(sys.argv[2])
import_extension("sqlite_scanner")


def fail(text):
    sys.exit(f"tools: {text}")


def cell(value):
    """A value as the test `views::write` writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, float):
        return f"{value:.2f}"
    # DuckDB gives the result of EXISTS as true or false.
    return str(int(value)) if isinstance(value, bool) else str(value)


def cells(rows):
    return sorted(sorted((name, cell(value)) for name, value in row.items()) for row in rows)


def by_sqlite3(book, query):
    run = ["sqlite3", "-readonly", "-json", book, query]
    return json.loads(subprocess.run(run, check=True, capture_output=True).stdout or "[]")


def by_duckdb(book):
    connection = duckdb.connect()
    connection.execute("LOAD sqlite_scanner")
    connection.execute(f"ATTACH '{book}' AS book (TYPE sqlite, READ_ONLY)")
    connection.execute("USE book")

    def ask(query):
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row)) for row in found.fetchall()]

    return ask


def differences(book, views):
    """Where Debian's sqlite3 and DuckDB do not give the cells expected: the program, the view, and the
    first row that differs with the one expected."""
    duck = by_duckdb(book)
    for view, rows in views.items():
        expected = cells(rows)
        query = f"SELECT * FROM {view}"
        for program, found in (("sqlite3", by_sqlite3(book, query)), ("DuckDB", duck(query))):
            found = cells(found)
            if found != expected:
                pairs = zip(found, expected)
                first = next((pair for pair in pairs if pair[0] != pair[1]), "another number of rows")
                yield program, view, first


def compare_engines():
    """Every cell of every view: the bundled SQLite, Debian's sqlite3 and DuckDB."""
    compared = 0
    books = sorted(FOLDER.glob("book-*.db"))
    for book in books:
        views = json.loads(book.with_suffix(".json").read_text())
        for program, view, first in differences(book, views):
            fail(f"{book.name}, {view}: {program} differs: {first}")
        compared += sum(len(row) for rows in views.values() for row in rows)
    print(f"tools: sqlite3 and DuckDB agree with the bundled SQLite on {compared} cells of {len(books)} books")
    plant(books)


# One change to an entry for each, and the views for people that must then differ.
PLANTED = {
    "amount_pence = amount_pence + 1 WHERE kind = 'allocate'": {"pot", "year", "movement", "daily_balance"},
    "title = title || '.' WHERE kind = 'propose'": {"project", "standing"},
    "kind = 'explain' WHERE kind = 'release'": {"pot", "movement"},
}


def plant(books):
    """Changes a copy of a book for each of the above: both programs must be seen to differ."""
    for change, expected in PLANTED.items():
        has = f"SELECT count(*) FROM standing WHERE {change.split(' WHERE ')[1]}"
        book = next(book for book in books if by_sqlite3(book, has)[0]["count(*)"])
        copy = FOLDER / "planted.db"
        shutil.copy(book, copy)
        with sqlite3.connect(copy) as connection:
            connection.execute("DROP TRIGGER entry_update")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(f"UPDATE entry SET {change}")
        views = json.loads(book.with_suffix(".json").read_text())
        found = {}
        for program, view, _ in differences(copy, views):
            found.setdefault(program, set()).add(view)
        for program in ("sqlite3", "DuckDB"):
            missed = expected - found.get(program, set())
            if missed:
                fail(f"planted {change}: {program} shows no difference in {missed}")
    print(f"tools: both see each of {len(PLANTED)} planted changes")


def amounts(connection):
    """Each column of pounds in a view, with its exact column."""
    views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    for (view,) in views:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({view})")]
        for column in columns:
            if f"{column}_pence" in columns:
                yield view, column


def exact(connection, view, column):
    query = f"SELECT coalesce(sum({column}_pence), 0) FROM {view}"
    return connection.execute(query).fetchone()[0]


def compare_pandas():
    compared = 0
    for book in [FOLDER / "crg.db", *sorted(FOLDER.glob("book-*.db"))]:
        connection = sqlite3.connect(book)
        for view, column in amounts(connection):
            frame = pandas.read_sql_query(f"SELECT {column} FROM {view}", connection)
            found, expected = round(frame[column].sum() * 100), exact(connection, view, column)
            if found != expected:
                fail(f"{book.name}, {view}.{column}: pandas adds up to {found}, the book to {expected} pence")
            compared += 1
    print(f"tools: pandas adds {compared} columns of amounts to the penny")


async def compare_datasette():
    book = FOLDER / "crg.db"
    metadata = yaml.safe_load(METADATA.read_text())
    datasette = Datasette([], immutables=[str(book)], metadata=metadata, settings={"max_returned_rows": 10000})
    connection = sqlite3.connect(book)
    connection.row_factory = sqlite3.Row

    async def ask(path, **parameters):
        answer = await datasette.client.get(path, params={"_shape": "array", **parameters})
        if answer.status_code != 200:
            fail(f"Datasette: {path} {parameters}: {answer.text[:200]}")
        return answer.json()

    compared = 0
    for view, column in amounts(connection):
        rows = await ask(f"/crg/{view}.json", _sort=column, _size="max")
        pence = [row[f"{column}_pence"] for row in rows]
        known = [amount for amount in pence if amount is not None]
        if known != sorted(known):
            fail(f"Datasette does not sort {view}.{column}")
        total = await ask("/crg.json", sql=f"SELECT round(coalesce(sum({column}), 0), 2) AS total FROM {view}")
        found, expected = round(total[0]["total"] * 100), exact(connection, view, column)
        if found != expected:
            fail(f"Datasette adds {view}.{column} up to {found}, the book to {expected} pence")
        page = await datasette.client.get(f"/crg/{view}")
        meaning = metadata["databases"]["crg"]["tables"][view]["columns"][column]
        if meaning not in page.text.replace("&#39;", "'"):
            fail(f"Datasette does not explain {view}.{column}")
        compared += 1
    queries = metadata["databases"]["crg"]["queries"]
    for query in queries:
        await ask(f"/crg/{query}.json", year="2025/26")
    print(f"tools: Datasette sorts and adds {compared} columns, and answers {len(queries)} questions")


compare_engines()
compare_pandas()
asyncio.run(compare_datasette())

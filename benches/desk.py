#!/usr/bin/env python3
"""Compares the pages of the desk with the commands that answer the same questions, on a book of ten
years. Fails if a page takes more than 3 times as long as its command, or the desk more than 30 MB.
Takes the program to test."""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CRG = Path(sys.argv[1] if len(sys.argv) > 1 else PROJECT / "target/release/crg").resolve()
GENERATE = PROJECT / "target/debug/examples/generate"
YEAR = "2020/21"
# The first year, years, and the projects and entries of each.
SIZE = ["2016", "10", "15", "130"]
RUNS, MAX_TIMES, MAX_KB = 9, 3, 30 * 1024

PAGES = {
    f"/?year={YEAR}": ["page", YEAR],
    f"/projects?year={YEAR}": ["project", "list", YEAR],
    f"/project?project={{project}}&year={YEAR}": ["project", "show", "{project}", "--year", YEAR],
    f"/spend?year={YEAR}": ["spend", "list", YEAR],
    f"/year?year={YEAR}": ["year", "show", YEAR],
    f"/log?year={YEAR}": ["log", "--year", YEAR],
    "/health": ["check"],
}
QUESTIONS = {
    "pot": ["pot", YEAR],
    "projects": ["project", "list", YEAR],
    "spend": ["spend", "list", YEAR],
    "due": ["due", YEAR],
    "documents": ["document", "list", YEAR],
    "reconcile": ["reconcile", YEAR],
    "quarter&period=Q4": ["report", "quarter", YEAR, "Q4"],
    "claim&period=H1": ["report", "claim", YEAR, "--period", "H1"],
    "monitoring&period=year-end": ["report", "monitoring", YEAR, "--period", "year-end"],
} | {
    name: ["report", name, YEAR]
    for name in ["update", "decisions", "forecast", "priorities", "year-end", "remittance"]
}


def median(ask):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


class Desk:
    def __init__(self, folder):
        command = [CRG, "--db", "book.db", "serve", "--read-only"]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        lines = (line.strip() for line in self.process.stdout)
        address = next(line for line in lines if line.startswith("http://"))
        self.host, start = re.fullmatch(r"http://([^/]+)(/.*)", address).groups()
        self.cookie = ""
        reply = self.send(start)
        self.cookie = reply.getheader("set-cookie").split(";")[0]

    def send(self, path):
        connection = http.client.HTTPConnection(self.host)
        connection.request("GET", path, headers={"Cookie": self.cookie})
        reply = connection.getresponse()
        reply.text = reply.read().decode("utf-8", "replace")
        connection.close()
        return reply

    def get(self, path):
        reply = self.send(path)
        assert reply.status == 200, f"{path}: {reply.status}"
        return reply.text

    def kilobytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1))


def main():
    failed = []
    with tempfile.TemporaryDirectory() as folder:

        def crg(*words):
            command = [CRG, "--db", "book.db", *words]
            return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)

        subprocess.run([GENERATE, *SIZE, "source"], cwd=folder, check=True, capture_output=True)
        crg("load", "source")
        desk = Desk(folder)
        try:
            page = desk.get(f"/projects?year={YEAR}")
            project = re.search(r"/project\?project=([^&\"]+)", page).group(1)
            reports = {
                f"/report?year={YEAR}&name={name}": words for name, words in QUESTIONS.items()
            }
            for path, words in (PAGES | reports).items():
                path = path.replace("{project}", project)
                words = [word.replace("{project}", project) for word in words]
                shown, told = median(lambda: desk.get(path)), median(lambda: crg(*words))
                print(f"{shown:8.1f} ms {told:8.1f} ms  {path}, crg {' '.join(words)}")
                if shown > MAX_TIMES * told:
                    failed.append(path)
            for path in reports:
                for ending in ["docx", "xlsx"]:
                    desk.get(path.replace("/report", "/save", 1) + f"&format={ending}")
            kilobytes = desk.kilobytes()
            print(f"{kilobytes / 1024:.1f} MB at most")
            if kilobytes > MAX_KB:
                failed.append("memory")
        finally:
            desk.process.kill()
            desk.process.wait()
    if failed:
        sys.exit(f"too slow or too large: {', '.join(failed)}")


main()

"""Fills in the template of a tracker in LibreOffice, as a person does: opens the workbook, types cells
of the rows below the example, and saves it.

Takes the workbook, and a CSV whose header names the columns to fill in. Days are typed as days, and
amounts as numbers.
"""

import csv
import datetime
import pathlib
import re
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FIRST_ROW = 2  # Below the header and the example, counted from 0.
FIRST_DAY = datetime.date(1899, 12, 30)  # Day 0 of a spreadsheet.


def office(profile):
    """Starts LibreOffice, and returns its process and desktop."""
    pipe = f"tracker{time.time_ns()}"
    process = subprocess.Popen([
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}",
        f"--accept=pipe,name={pipe};urp;",
    ], stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    create = local.ServiceManager.createInstanceWithContext
    resolver = create("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            desktop = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context)
            return process, desktop
        except NoConnectException:
            time.sleep(0.5)
    sys.exit("tracker: LibreOffice does not start")


def type_in(cell, text):
    """Types a text into a cell: a day or a number where it looks like one."""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
    if day:
        days = datetime.date(int(day[3]), int(day[2]), int(day[1])) - FIRST_DAY
        cell.setValue(days.days)
    elif re.fullmatch(r"\d+(\.\d+)?", text):
        cell.setValue(float(text))
    else:
        cell.setString(text)


def main(workbook, rows):
    workbook = pathlib.Path(workbook).resolve()
    process, desktop = office(workbook.with_suffix(".profile"))
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (hidden,))
    sheet = document.Sheets.getByIndex(0)
    columns = {}
    while heading := sheet.getCellByPosition(len(columns), 0).getString():
        columns[heading] = len(columns)
    with open(rows, newline="") as file:
        for row, cells in enumerate(csv.DictReader(file), FIRST_ROW):
            for heading, text in cells.items():
                type_in(sheet.getCellByPosition(columns[heading], row), text)
    formats = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
    save = PropertyValue(Name="FilterName", Value=formats[workbook.suffix])
    document.storeToURL(workbook.as_uri(), (save,))
    document.close(True)
    try:
        desktop.terminate()
    except Exception:  # It ends before it can answer.
        pass
    process.wait(60)


main(*sys.argv[1:])

"""A table of observations: published quantities by month and destination.

    month,destination,tonnes,status,source,note
    2025-04,WORLD,2627,reported,smm_apr_2025,
    2024-01..2024-02,WORLD,2.76,reported,gage_feb_2024,

`month` is one month or two with .. between. The quantity stands in `tonnes` or `kilograms`. `destination` is WORLD (all
together), EU27, or the id of a region or of a group of regions. A column `product` parts materials; of a column `flow`
only `exports` are read. Other columns are for readers. Every fault of a table is told at once, with line and column.
"""

import csv
import io
import math
import pathlib
import re
from dataclasses import dataclass, field

import pandas as pd

UNITS = {"tonnes": 1.0, "kilograms": 0.001}  # column: t in one
NEEDED = ("month", "destination")
MONTHS = re.compile(r"(\d{4}-\d\d)(?:\.\.(\d{4}-\d\d))?")
SHOWN = 20  # faults told of one table


class BadInput(ValueError):
    """A file of a user is wrong; one line a fault: file:line:column: error: what; remedy."""


@dataclass(frozen=True)
class Row:
    """A published quantity [t] of a period, its two ends included. line: in the file."""

    destination: str
    product: str
    first: pd.Period
    last: pd.Period
    tonnes: float
    source: str
    line: int

    @property
    def months(self) -> list[pd.Period]:
        """The months of the period."""
        return list(pd.period_range(self.first, self.last, freq="M"))

    @property
    def name(self) -> str:
        """The period as it is written in a table."""
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


@dataclass
class Observed:
    """A table that was read: rows by series, (destination, product), in the order of the file; notes on what was left out."""

    path: pathlib.Path
    series: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def until(self, month: pd.Period) -> "Observed":
        """What was observed up to the end of a month."""
        kept = {name: [row for row in rows if row.last <= month] for name, rows in self.series.items()}
        return Observed(self.path, {name: rows for name, rows in kept.items() if rows}, self.notes)


def read(path) -> Observed:
    """Reads a table. OSError when it cannot be; BadInput names every fault with its place."""
    path = pathlib.Path(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(f"{path}:{line}:1: error: not UTF-8; save the table as UTF-8") from error
    return _Reader(path, text).table()


class _Reader:
    def __init__(self, path, text):
        self.path, self.faults, self.notes = path, [], []
        self.lines = text.splitlines()

    def fault(self, line, column, what):
        self.faults.append(f"{self.path}:{line}:{column}: error: {what}")

    def table(self) -> Observed:
        numbered = [(at, line) for at, line in enumerate(self.lines, 1) if line.strip() and not line.startswith("#")]
        if not numbered:
            raise BadInput(f"{self.path}:1:1: error: an empty table; give a head, month,destination,tonnes, and a line a month")
        head_at, head = numbered[0]
        self.columns = [name.strip() for name in _cells(head)]
        self._check_head(head_at, head)
        self._stop()
        rows = [row for at, line in numbered[1:] if (row := self._row(at, line))]
        self._check_doubles(rows)
        self._stop()
        if not rows:
            raise BadInput(f"{self.path}:{head_at}:1: error: no observation of exports below the head; give a line a month")
        out = Observed(self.path, notes=self.notes)
        for row in rows:
            out.series.setdefault((row.destination, row.product), []).append(row)
        return Observed(self.path, {name: _apart(one, name, self.notes) for name, one in out.series.items()}, self.notes)

    def _check_head(self, at, head):
        for name in NEEDED:
            if name not in self.columns:
                self.fault(at, 1, f"no column {name}; the head is month,destination,tonnes")
        units = [name for name in self.columns if name in UNITS]
        if len(units) > 1:
            self.fault(at, 1 + head.find(units[1]), f"two columns of a quantity, {' and '.join(units)}; leave one")
        elif not units:
            about = (*NEEDED, "product", "flow", "status", "source", "note")
            odd = next((name for name in self.columns if name and name not in about), "")
            what = f"{odd} is no unit of a quantity (it may be tonnes or kilograms); convert it" if odd else "no quantity; add a column tonnes or kilograms"
            self.fault(at, 1 + max(0, head.find(odd)), what)
        self.unit = units[0] if units else ""
        for name in self.columns:
            if name and self.columns.count(name) > 1:
                self.fault(at, 1 + head.rfind(name), f"column {name} stands twice; leave one")
                break

    def _row(self, at, line) -> Row | None:
        cells = _cells(line)
        if len(cells) != len(self.columns):
            self.fault(at, 1, f"{len(cells)} cells where the head has {len(self.columns)}; a text with commas stands in quotes")
            return None
        said = {name: cell.strip() for name, cell in zip(self.columns, cells)}
        if said.get("flow", "exports") != "exports":
            note = f"rows with flow {said['flow']} are left out: a result is scored by what leaves, not by what arrives"
            if note not in self.notes:
                self.notes.append(note)
            return None
        before = len(self.faults)
        first, last = self._months(at, line, said["month"])
        value = self._quantity(at, line, said[self.unit])
        if not said["destination"]:
            self.fault(at, self._place(line, "destination"), "no destination; write WORLD for all together")
        if len(self.faults) > before:
            return None
        return Row(said["destination"], said.get("product", ""), first, last, value * UNITS[self.unit], said.get("source", ""), at)

    def _months(self, at, line, text):
        match = MONTHS.fullmatch(text)
        column = self._place(line, "month")
        if not match:
            self.fault(at, column, f'"{text}" is no month; write 2025-04, or 2025-01..2025-02 for two together')
            return None, None
        try:
            first, last = pd.Period(match[1], "M"), pd.Period(match[2] or match[1], "M")
        except ValueError:
            self.fault(at, column, f'"{text}" is no month of a calendar; months are 01 to 12')
            return None, None
        if last < first:
            self.fault(at, column, f'"{text}" ends before it begins; write the earlier month first')
        return first, last

    def _quantity(self, at, line, text):
        column = self._place(line, self.unit)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or value < 0:
            what = f'"{text}" is no quantity' if text else "no quantity"
            self.fault(at, column, f"{what} (a number of {self.unit}, 0 or more); correct it, or leave the line out where none is published")
            return 0.0
        return value

    def _place(self, line, name) -> int:
        """Column of a cell, counted from 1 in letters."""
        return 1 + sum(len(cell) + 1 for cell in _raw(line)[: self.columns.index(name)])

    def _check_doubles(self, rows):
        seen = {}
        for row in rows:
            key = (row.destination, row.product, row.first, row.last)
            if key in seen:
                self.fault(row.line, 1, f"{row.name} to {row.destination} stands in line {seen[key]} already; leave one")
            seen.setdefault(key, row.line)

    def _stop(self):
        if self.faults:
            left = len(self.faults) - SHOWN
            raise BadInput("\n".join([*self.faults[:SHOWN], *([f"{self.path}: {left} more not shown"] if left > 0 else [])]))


def _cells(line) -> list[str]:
    return next(csv.reader(io.StringIO(line)), [])


def _raw(line) -> list[str]:
    """Cells with their quotes."""
    return re.findall(r'(?:^|,)((?:"(?:[^"]|"")*"|[^,])*)', line)


def _apart(rows, name, notes) -> list[Row]:
    """Rows in order of time that share no month: of those that do, the shorter is kept."""
    kept, taken = [], set()
    for row in sorted(rows, key=lambda row: (len(row.months), row.first)):
        if taken.isdisjoint(row.months):
            kept.append(row)
            taken.update(row.months)
        else:
            notes.append(f"{row.name} to {name[0]} is left out: shorter periods of the table lie in it")
    return sorted(kept, key=lambda row: row.first)

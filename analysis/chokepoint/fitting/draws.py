"""Runs of a scenario at chosen values, on all cores, each kept in a CSV as soon as it is done.

One row a draw and member: the values, then the quantity of each observation [t]. The second line tells what the draws are of; only
draws of the same are used again. Ctrl-C ends the runs under way and keeps the rest.
"""

import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from ..result import open as open_result
from ..scoring.observed import BadInput, Observed
from ..scoring.program import NoProgram, ask, program, without_warnings
from ..scoring.series import Series

MARK = "# draws of chokepoint fit"
ONE_THREAD = ("-j", "1", "--reproducible")


class OtherDraws(ValueError):
    """A file of draws belongs to another fit."""


@dataclass(frozen=True)
class Job:
    """What is run and counted: scenario; options of run (--members, --seed, --set of the user, the horizon); table, products and
    exporter as of scoring.series.Series; wanted: [(series, Row)] that are counted."""

    scenario: str
    options: tuple[str, ...]
    table: Observed
    products: dict
    exporter: str
    wanted: list

    @property
    def columns(self) -> list[str]:
        """What each observation is called: series and period."""
        return [f"{' '.join(name).strip()} {row.name}" for name, row in self.wanted]

    def identity(self, keys) -> dict:
        """What must be the same for draws to be used again."""
        effective = ask("show", self.scenario, "--json")
        return {"program": ask("version").splitlines()[0], "scenario": hashlib.sha256(effective.encode()).hexdigest()[:16], "options": " ".join(self.options),
                "keys": list(keys), "products": self.products, "exporter": self.exporter, "observations": self.columns}  # fmt: skip


def run_one(job: Job, values: dict[str, str], folder: pathlib.Path, name: str, started=None) -> np.ndarray:
    """[member, observation] t of a run with some values set; BadInput where the program refuses them."""
    path = folder / f"{name}.h5"
    sets = [word for key, value in values.items() for word in ("--set", f"{key}={value}")]
    words = [program(), "run", job.scenario, *ONE_THREAD, *job.options, *sets, "-o", str(path)]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    if started is not None:
        started(process)
    stderr = process.communicate()[1]
    if process.returncode in (2, 3):
        raise BadInput(without_warnings(stderr))
    if process.returncode != 0:
        raise NoProgram(f"chokepoint run ended with {process.returncode}: {without_warnings(stderr)}")
    try:
        with open_result(path) as result:
            series = Series(result, job.table, job.products, job.exporter)
            return np.column_stack([series.members(one, row.months) for one, row in job.wanted])
    finally:
        path.unlink(missing_ok=True)


class Draws:
    """The file of draws. taken: {draw: [member, observation]}."""

    def __init__(self, path: pathlib.Path, job: Job, keys: list[str], fresh: bool):
        self.path, self.job, self.keys, self.taken = path, job, keys, {}
        self.identity = job.identity(keys)
        if path.exists() and not self._read() and not fresh:
            raise OtherDraws(f"{path} holds draws of another fit ({self.differs}); name another -o, or give --force to begin anew")
        if not self.taken:
            head = ["draw", "member", *keys, *job.columns]
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(f"{MARK}\n# {json.dumps(self.identity, ensure_ascii=False)}\n")
                csv.writer(file, lineterminator="\n").writerow(head)

    def _read(self) -> bool:
        """Reads what is there; whether it is of this fit. A last line cut short is dropped."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        if len(lines) < 3 or lines[0] != MARK:
            self.differs = "no such file"
            return False
        try:
            other = json.loads(lines[1][2:])
        except ValueError:
            other = {}
        self.differs = ", ".join(key for key in self.identity if other.get(key) != self.identity[key]) + " differ"
        if other != self.identity:
            return False
        width, rows = 2 + len(self.keys) + len(self.job.columns), {}
        for row in csv.reader(lines[3:]):
            if len(row) == width:
                rows.setdefault(int(row[0]), []).append(row)
        count = max(map(len, rows.values()), default=0)
        whole = {draw: found for draw, found in rows.items() if len(found) == count}
        self.taken = {draw: np.array([row[2 + len(self.keys):] for row in found], float) for draw, found in whole.items()}
        self.values = {draw: tuple(found[0][2 : 2 + len(self.keys)]) for draw, found in whole.items()}
        return True

    def keep(self, draw: int, values: dict[str, str], members: np.ndarray):
        """Writes one draw, to the disk at once."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            for at, member in enumerate(members):
                rows.writerow([draw, at, *values.values(), *(repr(float(one)) for one in member)])
            file.flush()
            os.fsync(file.fileno())
        self.taken[draw] = members

    def missing(self, wanted: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
        """Those not taken yet, or taken at other values."""
        known = getattr(self, "values", {})
        return {draw: values for draw, values in wanted.items() if draw not in self.taken or known.get(draw, tuple(values.values())) != tuple(values.values())}

    def take(self, wanted: dict[int, dict[str, str]], workers: int) -> int:
        """Runs what is missing; how many. KeyboardInterrupt ends the runs under way."""
        left = self.missing(wanted)
        if not left:
            return 0
        running, lock, stop = set(), threading.Lock(), threading.Event()

        def started(process):
            with lock:
                running.add(process)

        def one(draw, values, folder):
            if stop.is_set():
                return None
            return run_one(self.job, values, folder, str(draw), started)

        begun, pool = time.monotonic(), ThreadPoolExecutor(workers)
        with tempfile.TemporaryDirectory(prefix="chokepoint-fit-") as place:
            try:
                futures = {pool.submit(one, draw, values, pathlib.Path(place)): draw for draw, values in left.items()}
                for done, future in enumerate(as_completed(futures), 1):
                    self.keep(futures[future], left[futures[future]], future.result())
                    _progress(done, len(left), begun)
            except BaseException:  # Ctrl-C, or values the program refuses
                stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                with lock:
                    for process in running:
                        if process.poll() is None:
                            process.terminate()
                raise
            finally:
                pool.shutdown(wait=True)
        return len(left)


def _progress(done, total, begun):
    """A line now and then: some twenty in all."""
    if done == total or done % max(1, total // 20) == 0:
        left = (time.monotonic() - begun) / done * (total - done)
        print(f"chokepoint: fit: {done} of {total} draws" + (f", some {_duration(left)} left" if done < total else ""), file=sys.stderr, flush=True)


def _duration(seconds) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"

"""From a scenario, a table and ranges to a posterior: design, runs, distance, what is learnt."""

import os
import pathlib
import tempfile
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..result import open as open_result
from ..scoring.observed import Observed, Row
from ..scoring.program import ask
from ..scoring.series import Series, Unscorable
from . import abc
from .draws import Draws, Job, run_one
from .vary import Range, design

LEAST = 4  # draws a value, below which nothing can be learnt
IDENTIFIED = 0.5  # share of the prior's width left


@dataclass
class Fit:
    """What fit() found. shares [draw, K] and members [draw, member, observation] in t; as_written, middle [member, observation]."""

    ranges: list[Range]
    wanted: list[tuple[tuple[str, str], Row]]
    shares: np.ndarray
    members: np.ndarray
    posterior: abc.Posterior
    error: np.ndarray
    as_written: np.ndarray
    middle: np.ndarray
    notes: list[str] = field(default_factory=list)

    @property
    def observed(self) -> np.ndarray:
        """[observation] t."""
        return np.array([row.tonnes for _, row in self.wanted])

    @property
    def series(self) -> list[str]:
        """The series of each observation."""
        return [" ".join(name).strip() for name, _ in self.wanted]

    def misfit(self, members: np.ndarray) -> float:
        """Of one run, in errors."""
        return float(abc.misfit(members[None], self.observed, self.error)[0])

    def learnt(self) -> list[str]:
        """A word for each value: identified, weakly, not. What chance alone could narrow so is not."""
        chance = self.posterior.chance
        return ["not" if width >= min(chance, 1) else "identified" if width < IDENTIFIED else "weakly" for width in self.posterior.widths()]


def job_of(scenario, effective: dict, table: Observed, until, members: int, seed: int, sets, products, exporter) -> tuple[Job, list[str]]:
    """What to run and count: the observations up to `until`, a run that ends with their last month. Notes say what is left out."""
    sets = [word for one in sets for word in ("--set", one)]
    table = table.until(until) if until is not None else table
    if not table.series:
        raise Unscorable(f"{table.path}: no month up to {until}; give a later --until")
    start = pd.Timestamp(str(effective["time"]["start"]))
    last = max(row.last for rows in table.series.values() for row in rows)
    days = min((last.end_time.normalize() - start).days + 1, _days(effective))
    if days < 1:
        raise Unscorable(f"{table.path}: every month lies before the run, which begins on {start:%Y-%m-%d}")
    options = ("--members", str(members), "--seed", str(seed), *sets, "--set", f"time.horizon={days} d")
    job = Job(str(scenario), options, table, products, exporter, [])
    with tempfile.TemporaryDirectory(prefix="chokepoint-fit-") as place:  # one short run says what the scenario holds
        path = pathlib.Path(place) / "probe.h5"
        ask("run", scenario, "-j", "1", "--members", "1", "--seed", str(seed), *sets, "--set", f"time.horizon={days} d", "-o", path)
        with open_result(path) as result:
            series = Series(result, table, products, exporter)
            rows = [(name, row) for name in series.names for row in table.series[name]]
            wanted = [(name, row) for name, row in rows if series.covers(row.months)]
    left = len(rows) - len(wanted)
    notes = [*table.notes, *series.notes, *([f"{left} of {len(rows)} observations are of months the run does not hold"] if left else [])]
    if not wanted:
        raise Unscorable(f"{table.path}: no month of the table lies in the run, {start:%Y-%m-%d} and {days} d")
    return Job(job.scenario, options, table, products, exporter, wanted), notes


def _days(effective) -> int:
    text = str(effective["time"]["horizon"]).split()
    return int(float(text[0]) * {"d": 1, "w": 7, "mo": 30.4375, "yr": 365}.get(text[-1], 1))


def fit(job: Job, ranges: list[Range], draws: int, seed: int, path: pathlib.Path, error: float = abc.ERROR, workers: int = 0,
        fresh: bool = False, notes=()) -> Fit:  # fmt: skip
    """Runs the design, on `workers` cores (0: all), keeps it in the CSV at `path`, and learns from it.

    OtherDraws when the CSV is of another fit and not `fresh`; KeyboardInterrupt leaves what was run there.
    """
    shares = design(draws, ranges, seed)
    file = Draws(path, job, [one.key for one in ranges], fresh)
    workers = workers or len(os.sched_getaffinity(0))
    file.take({draw: _values(ranges, row) for draw, row in enumerate(shares)}, workers)
    members = np.array([file.taken[draw] for draw in range(draws)])
    if members.shape[1] == 0:
        raise Unscorable("no member is done in any draw")
    observed = np.array([row.tonnes for _, row in job.wanted])
    errors = abc.errors(observed, [" ".join(name) for name, _ in job.wanted], error)
    found = abc.abc(shares, members, observed, errors, seed)
    middle = np.array([one[1] for one in found.quantiles()])
    with tempfile.TemporaryDirectory(prefix="chokepoint-fit-") as place:
        as_written = run_one(job, {}, pathlib.Path(place), "written")
        at_middle = run_one(job, _values(ranges, middle), pathlib.Path(place), "middle")
    return Fit(ranges, job.wanted, shares, members, found, errors, as_written, at_middle, list(notes))


def _values(ranges, shares) -> dict[str, str]:
    return {one.key: one.text(one.value(float(share))) for one, share in zip(ranges, shares)}

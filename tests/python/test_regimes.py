"""Mean times of regimes in the shipped scenario are those of the record, and a forecast without later dates draws them."""

import csv
import datetime
import json
import math
from collections import Counter

import h5py
import numpy as np
import pytest

MEASURE = "mofcom_18"
# Of the three changes from `trickle` to `ordinary` two served the suspended as well; the third is kept apart.
APART = {"ordinary": 2 / 3, "apart": 1 / 3}


@pytest.fixture(scope="module")
def record(source):
    """(days in each regime, changes by regime and next one) of data/regimes.csv."""
    days, changes = Counter(), Counter()
    with open(source / "data" / "regimes.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lasted = datetime.date.fromisoformat(row["until"]) - datetime.date.fromisoformat(row["from"])
            assert lasted.days > 0
            days[row["regime"]] += lasted.days
            if row["then"]:
                changes[row["regime"], row["then"]] += 1
    return days, changes


@pytest.fixture(scope="module")
def regimes(source, run):
    shown = json.loads(run("show", source / "scenarios" / "hindcast_2025.yaml", "--json").stdout)
    return shown["licensing"][MEASURE]["regimes"], shown["ensemble"]["vary"]


def test_rows_of_a_measure_follow_one_another(source):
    with open(source / "data" / "regimes.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row, after in zip(rows, rows[1:]):
        if row["measure"] == after["measure"]:
            assert (row["until"], row["then"]) == (after["from"], after["regime"])
        elif row["then"]:
            assert not any(other["measure"] == row["measure"] and other["from"] == row["until"] for other in rows)


def test_mean_times_are_those_of_the_record(record, regimes):
    days, changes = record
    states, vary = regimes[0]["states"], regimes[1]
    for state, body in states.items():
        for to, mean in body.get("to", {}).items():
            of = "ordinary" if state == "apart" else state
            if (state, to) == ("apart", "ordinary"):  # nobody has seen it: half a change in the days of an ordinary regime
                expected, counted = days["ordinary"] / 0.5, 0.5
            else:
                part = APART[to] if state == "trickle" and to in APART else 1
                seen = changes[of, "ordinary" if to == "apart" else to]
                counted = (seen + 0.5) * part
                expected = days[of] / counted
            assert float(mean.split()[0]) == pytest.approx(expected, abs=1), (state, to)
            drawn = vary.get(f"licensing.{MEASURE}.regimes.states.{state}.to.{to}")
            if drawn:
                (shape,) = drawn.values()
                assert shape["median"] == mean and float(shape["log_sd"]) == pytest.approx(1 / math.sqrt(counted), abs=0.12), (state, to)


def test_a_run_without_later_dates_draws_what_the_authority_may_do(source, run, tmp_path):
    """At the end of May 2025 a tenth of the ordinary month is let through. With regimes some members have found the way back by
    August; without them none has, and their exports differ by a few per cent."""
    known = tmp_path / "known.yaml"
    (tmp_path / "geneva_truce.yaml").write_bytes((source / "scenarios" / "geneva_truce.yaml").read_bytes())
    for name in ("baseline.yaml", "defaults.yaml", "hindcast_2025.yaml"):
        (tmp_path / name).write_bytes((source / "scenarios" / name).read_bytes())
    made = run("score", "--scenario", tmp_path / "hindcast_2025.yaml", "--origin", "2025-05-31", "-o", known)
    assert made.returncode == 0, made.stderr
    assert "from: 2025-06-01" in known.read_text()
    spread = {}
    for name, more in (("drawn", []), ("held", ["--set", f"licensing.{MEASURE}.regimes=null"])):
        path = tmp_path / f"{name}.h5"
        done = run("run", known, "--members", 12, "--set", "time.horizon=243 d", "-o", path, *more)
        assert done.returncode == 0, done.stderr
        with h5py.File(path) as file:
            august = file["exports_monthly"][()][:, 7].reshape(12, -1).sum(axis=1)
        spread[name] = august
    print("exports of August [t]:", {name: np.sort(values.round()) for name, values in spread.items()})
    assert spread["drawn"].max() > 1.5 * spread["held"].max()
    assert spread["drawn"].std() > 5 * spread["held"].std()

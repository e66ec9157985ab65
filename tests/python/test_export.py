"""Tables for other programs hold the numbers of the file, and say how many rows they have."""

import io
import re
import subprocess
import sys

import chokepoint
import numpy as np
import pandas as pd
import pytest
import results
from chokepoint.export import IAMC, TIDY


def command(*arguments):
    return subprocess.run([sys.executable, "-m", "chokepoint", "export", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    return results.make(run, tmp_path_factory.mktemp("export"), results.CONTROL, "--members", 4)


def told_rows(stderr):
    return [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) rows", stderr)]


def test_tidy_round_trip(path, tmp_path):
    out = tmp_path / "tidy.csv"
    done = command(path, "-o", out)
    assert done.returncode == 0 and done.stdout == "", done.stderr
    table = pd.read_csv(out, dtype={"value": float})
    assert list(table.columns) == list(TIDY)
    assert told_rows(done.stderr) == [len(table)] * 2
    with chokepoint.open(path) as result:
        for name in ("shortfall_total", "first_short_day", "duty_paid", "files_filed", "wait_p50"):
            variable = result[name]
            rows = table[table["variable"] == name]
            assert set(rows["unit"].astype(str)) == {variable.unit}
            back = rows.set_index(list(variable.dims))["value"].sort_index()
            want = variable.frame().droplevel("unit")[name].dropna().astype(float).sort_index()
            assert len(back) == len(want) > 0 and (back.to_numpy() == want.to_numpy()).all(), name
            assert back.index.tolist() == want.index.tolist()
        per_run = [n for n in result if result[n].dims[0] == "member" and len(result[n].dims) > 1
                   and not {"time", "week", "month"} & set(result[n].dims)]
        assert set(table["variable"]) <= set(per_run) and len(set(table["variable"])) > 15


def test_every_axis_has_its_column(run, tmp_path):
    """Rows that differ only in an axis without a column could not be told apart."""
    for spec in chokepoint.VARIABLES.values():
        assert set(spec.dims) <= {*TIDY, "time", "week", "month"}
    scenario = tmp_path / "stock.yaml"
    scenario.write_text(results.CALM.read_text(encoding="utf-8") + """
stockpiles:
  one: { region: USA, product: magnet, stock: 5 t, serves: [auto_usa], release: 0.1 t/d }
  two: { region: DEU, product: magnet, stock: 3 t, serves: [wind_deu], release: 0.1 t/d }
""", encoding="utf-8")  # fmt: skip
    made = results.make(run, tmp_path, scenario, "--members", 2)
    table = pd.read_csv(io.StringIO(command(made).stdout))
    assert not table.drop(columns="value").duplicated().any()
    assert set(table.loc[table["variable"] == "stockpile_released", "stockpile"]) == {"one", "two"}


def test_a_variable_named_twice_comes_once_and_an_axis_is_refused(path):
    once, twice = (command(path, "--variables", names).stdout for names in ("duty_paid", "duty_paid,duty_paid"))
    assert once == twice != ""
    axis = command(path, "--variables", "time")
    assert axis.returncode == 2 and "time is an axis" in axis.stderr and "Traceback" not in axis.stderr


def test_chosen_variables_with_dates_and_quantiles(path):
    done = command(path, "--variables", "shortfall_q,duty_q")
    assert done.returncode == 0
    table = pd.read_csv(io.StringIO(done.stdout), parse_dates=["date"])
    with chokepoint.open(path) as result:
        row = table[(table["variable"] == "shortfall_q") & (table["quantile"] == 0.95) & (table["buyer"] == "auto_usa")]
        row = row[(row["date"] == "2025-04-15") & (row["product"] == "magnet")]
        assert np.float32(row["value"].item()) == result["shortfall_q"].read(quantile=0.95, time="2025-04-15", buyer="auto_usa",
                                                                   product="magnet")
        assert len(table) == result["shortfall_q"].read().size + result["duty_q"].read().size


def test_iamc_layout_and_round_trip(path, tmp_path):
    out = tmp_path / "iamc.csv"
    done = command(path, "--format", "iamc", "-o", out)
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(out, parse_dates=["time"])
    assert tuple(table.columns) == IAMC and not table.isna().any().any()
    assert not table.duplicated(["model", "scenario", "region", "variable", "unit", "time"]).any()
    assert told_rows(done.stderr) == [len(table)] * 2
    with chokepoint.open(path) as result:
        label = "Unmet Need|Automotive|auto_usa|magnet|95th Percentile"
        back = table[(table["variable"] == label) & (table["region"] == "USA")].set_index("time")["value"]
        want = np.quantile(result["shortfall"].read(buyer="auto_usa", product="magnet"), 0.95, axis=0)
        assert back.index.tolist() == result.labels("week").tolist()
        assert back.to_numpy() == pytest.approx(want, rel=1e-12) and want.max() > 0
        label = "Exports|To USA|magnet|50th Percentile"
        back = table[table["variable"] == label].set_index("time")["value"]
        want = np.quantile(result["exports_monthly"].read(origin="CHN", destination="USA", product="magnet"), 0.5, axis=0)
        assert back.to_numpy() == pytest.approx(want, rel=1e-12) and want.max() > 0


def test_a_lone_dash_is_standard_output(path, tmp_path):
    to_pipe = subprocess.run([sys.executable, "-m", "chokepoint", "export", path, "-o", "-"], capture_output=True, text=True, cwd=tmp_path)
    assert to_pipe.returncode == 0 and to_pipe.stdout == command(path).stdout != ""
    assert list(tmp_path.iterdir()) == []


def test_several_results_in_one_table(source, path, tmp_path):
    out = tmp_path / "both.csv"
    done = command(path, source / "analysis/examples/antimony_ban_2024.h5", "-o", out)
    table = pd.read_csv(out)
    rows = told_rows(done.stderr)
    assert table.groupby("scenario", sort=False).size().tolist() == rows[:2] and rows[2] == len(table)


def test_errors(path, tmp_path):
    out = tmp_path / "x.csv"
    out.write_text("mine")
    kept = command(path, "-o", out)
    assert kept.returncode == 4 and "--force" in kept.stderr and out.read_text() == "mine"
    assert command(path, "-o", out, "--force").returncode == 0
    wrong = command(path, "--variables", "shortfal_q")
    assert wrong.returncode == 2 and '"shortfall_q"' in wrong.stderr
    assert command(path, "--format", "iamc", "--variables", "duty_q").returncode == 2
    assert command(path, "-o", tmp_path / "no" / "x.csv").returncode == 4

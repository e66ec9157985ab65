"""`score` on small runs: figures are those of the file, what is left out is said, and what is wrong is told at its place."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import xml.dom.minidom

import chokepoint
import conftest
import h5py
import numpy as np
import pandas as pd
import pytest
import results
from chokepoint.scoring import observed
from chokepoint.scoring.known import later
from chokepoint.scoring.score import score
from chokepoint.scoring.series import Series, control

EXAMPLE = conftest.SOURCE / "analysis" / "examples" / "antimony_ban_2024.h5"
ANTIMONY = conftest.SOURCE / "data" / "observed" / "antimony_monthly.csv"
MEMBERS = 20


def command(*arguments):
    """python3 -m chokepoint score ...: the finished process."""
    return subprocess.run([sys.executable, "-m", "chokepoint", "score", *map(str, arguments)], capture_output=True, text=True,
                          env=os.environ | {"CHOKEPOINT_PROGRAM": str(conftest.PROGRAM)})  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("score")


@pytest.fixture(scope="module")
def path(run, folder):
    return results.make(run, folder, results.CONTROL, "--members", MEMBERS)


def exports(path, *destinations):
    """[member, month] t of magnets that leave China, read without the package."""
    with h5py.File(path) as file:
        ends = [list(file["destination"].asstr()[()]).index(one) for one in destinations]
        data = file["exports_monthly"][()][:, :, list(file["origin"].asstr()[()]).index("CHN"), :, list(file["product"].asstr()[()]).index("magnet")]
    return data[:, :, ends].astype(float).sum(2)


def table(folder, rows, name="magnets_monthly.csv", head="month,destination,tonnes"):
    out = folder / name
    out.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def seen(folder, path):
    """Months of 2025 as if published: the first member's exports to the United States, and to all."""
    months = [f"2025-{month:02}" for month in range(1, 6)]
    all_of = zip(months, exports(path, "USA", "DEU")[0])
    return table(folder, [(month, "WORLD", value) for month, value in all_of] + [(month, "USA", value) for month, value in zip(months, exports(path, "USA")[0])])


@pytest.fixture(scope="module")
def found(path, seen):
    with chokepoint.open(path) as result:
        return score(result, observed.read(seen))


# --- figures ------------------------------------------------------------------------------------


def test_a_month_is_that_of_the_file(path, found):
    """150 days from 1 January: May is not whole and is left out."""
    of_usa = exports(path, "USA")
    rows = found.months[found.months["series"] == "USA"].set_index("period")
    assert list(rows.index) == ["2025-01", "2025-02", "2025-03", "2025-04"]
    for at, (_, row) in enumerate(rows.iterrows()):
        assert row["observed"] == pytest.approx(of_usa[0, at]) and row["median"] == pytest.approx(np.median(of_usa[:, at]))
        assert row["error"] == pytest.approx(row["median"] - row["observed"]) and row["ratio"] == pytest.approx(row["median"] / row["observed"])
        apart = np.abs(of_usa[:, at][:, None] - of_usa[:, at][None, :]).sum() / (2 * MEMBERS * (MEMBERS - 1))
        assert row["crps"] == pytest.approx(np.abs(of_usa[:, at] - of_usa[0, at]).mean() - apart)
    assert "2 of 10 observations are of months the result does not hold (2025-05 to 2025-05)" in found.notes


def test_the_world_is_everyone_but_the_exporter(path, found):
    rows = found.months[found.months["series"] == "WORLD"]
    assert rows["median"].to_numpy() == pytest.approx(np.median(exports(path, "USA", "DEU"), axis=0)[:4])


def test_origins_follow_the_control_and_cases_lie_after_them(found):
    assert [str(one) for one in found.origins] == ["2025-02", "2025-03", "2025-04", "2025-06"]  # the control is of 3 February
    cases = found.of(series="USA")
    assert [(str(case.origin), case.period, case.horizon) for case in cases.itertuples()] == [
        ("2025-02", "2025-03", 1), ("2025-02", "2025-04", 2), ("2025-03", "2025-04", 1)]  # fmt: skip
    assert sum("a later table will do" in note for note in found.notes) == 2  # April and June


def test_plain_forecasts_are_of_the_months_up_to_the_origin(path, found):
    of_usa = exports(path, "USA")[0]
    case = found.of(series="USA").iloc[1]
    assert case["last"] == pytest.approx(of_usa[1]) and case["last_crps"] == pytest.approx(abs(of_usa[1] - of_usa[3]))
    assert case["trend"] == pytest.approx(of_usa[0])  # January alone is before the control
    assert {"season", "drift", "year"} == set(found.missing)
    worth = found.skills("USA")["last"]
    cases = found.of(series="USA")
    assert worth == pytest.approx(1 - cases["crps"].sum() / cases["last_crps"].sum())


def test_the_control_opens_after_45_working_days(path):
    """The small world names no calendar: Monday to Friday from 3 February, a Monday, 45 are nine weeks."""
    with chokepoint.open(path) as result:
        found, note = control(result, "CHN")
    assert found.begins == pd.Timestamp("2025-02-03") and found.opens == pd.Timestamp("2025-04-07") and "Monday to Friday" in note


def test_bands_hold_members_of_the_same_run(path, folder):
    """Each member in turn is taken for what came, and is judged by the 19 others: exchangeable, so the 90 % band of 19, from
    their least to their most, misses just the least and the most of 20 in each month, if no two are equal."""
    with chokepoint.open(path) as result:
        series = Series(result, observed.read(table(folder, [("2025-03", "USA", 1)], "magnets_one.csv")))
        months = [series.members(("USA", ""), [pd.Period(f"2025-0{month}", "M")]) for month in (3, 4)]
    from chokepoint.scoring import rules

    for members in months:
        if len(set(members)) < MEMBERS:
            continue
        held = [rules.inside(np.delete(members, at), members[at], 90) for at in range(MEMBERS)]
        assert sum(held) == MEMBERS - 2


def test_periods_of_several_months_are_summed(path, folder):
    spans = table(folder, [("2025-03..2025-04", "USA", 10)], "magnets_span.csv")
    with chokepoint.open(path) as result:
        found = score(result, observed.read(spans), [pd.Period("2025-02", "M")])
    assert found.months["median"].item() == pytest.approx(np.median(exports(path, "USA")[:, 2:4].sum(1)))
    assert found.of()["horizon"].item() == 2


def test_a_table_in_kilograms_is_the_same(path, folder, seen, found):
    rows = [(row.name, name[0], 1000 * row.tonnes) for name, listed in observed.read(seen).series.items() for row in listed]
    heavy = table(folder, rows, "magnets_heavy.csv", "month,destination,kilograms")
    with chokepoint.open(path) as result:
        other = score(result, observed.read(heavy))
    assert other.months["crps"].to_numpy() == pytest.approx(found.months["crps"].to_numpy())


# --- what is said -------------------------------------------------------------------------------


def test_the_answer_says_first_how_well_it_did_within_80_columns(path, seen, found):
    done = command(path, "--observed", seen)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("control, WORLD: off by ")
    best = {name: value for name, value in found.skills("WORLD").items() if not np.isnan(value)}
    assert ("It is beaten by" in done.stdout) == any(value < 0 for value in best.values())
    assert max(map(len, done.stdout.splitlines())) <= 80
    for word in ("By series", "mean error", "Published and in the result", "mean CRPS after each origin", "skill, dated", "by months ahead", "Not to be had from this table"):
        assert word in done.stdout


def test_a_plain_forecast_that_is_better_is_named(path, folder):
    """What came is what persistence says: it cannot be beaten by members that differ."""
    flat = table(folder, [(f"2025-0{month}", "USA", 7.0) for month in range(1, 5)], "magnets_flat.csv")
    done = command(path, "--observed", flat)
    assert "persistence (which was exact)" in done.stdout.replace("\n", " ") and "exact" in done.stdout.split("skill, dated")[1].splitlines()[0]
    told = json.loads(command(path, "--observed", flat, "--json").stdout)
    assert told["skill"]["dated"]["USA"]["last"] is None  # no error to divide by
    slow = table(folder, [("2025-01", "USA", 7.0), ("2025-02", "USA", 7.0), ("2025-03", "USA", 7.001), ("2025-04", "USA", 7.0)], "magnets_slow.csv")
    assert " persistence (by " in command(path, "--observed", slow).stdout.replace("\n", " ")


def test_json_and_csv_hold_every_case(path, seen, found):
    told = json.loads(command(path, "--observed", seen, "--json").stdout)
    assert len(told["months"]) == len(found.months) and len(told["cases"]) == len(found.cases)
    assert told["coverage"]["90"] == pytest.approx(found.months["in90"].mean()) and told["cases"][0]["season"] is None
    rows = list(csv.DictReader(io.StringIO(command(path, "--observed", seen, "--csv").stdout)))
    assert [float(row["crps"]) for row in rows] == pytest.approx(list(found.cases["crps"]))
    assert rows[0]["origin"] == "2025-02" and rows[0]["model"] == "dated"


def test_the_picture_is_whole_and_names_every_series(path, seen, tmp_path):
    out = tmp_path / "score.svg"
    done = command(path, "--observed", seen, "--picture", out)
    assert done.returncode == 0 and str(out) in done.stderr
    drawn = xml.dom.minidom.parse(str(out))
    assert len(drawn.getElementsByTagName("polygon")) == 4 and len(drawn.getElementsByTagName("circle")) == 8 + 1  # and one in the key
    assert command(path, "--observed", seen, "--picture", out).returncode == 4  # is not overwritten
    assert command(path, "--observed", seen, "--picture", out, "--force").returncode == 0


def test_the_report_shows_it(path, seen, tmp_path, monkeypatch):
    script = tmp_path / "charts.js"
    script.write_text("// none\n")
    monkeypatch.setenv("CHOKEPOINT_REPORT_SCRIPT", str(script))
    done = subprocess.run([sys.executable, "-m", "chokepoint", "report", path, "--observed", seen, "-o", tmp_path / "r.html"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'href="#record"' in page and "control, WORLD: off by " in page and "<polygon" in page and 'id="record-table"' in page


def test_another_world_is_scored_with_its_own_table():
    done = command(EXAMPLE, "--observed", ANTIMONY, "--products", "sb_metal,sb_oxide,sb_chemicals")
    assert done.returncode == 0, done.stderr
    assert "EU27" in done.stdout and "counted: sb_chemicals, sb_metal, sb_oxide from CHN" in done.stdout.replace("\n", " ")


# --- policy known at the origin -----------------------------------------------------------------


def test_a_scenario_as_it_was_known_is_written_run_and_scored(run, path, seen, tmp_path):
    written = command("--scenario", results.CONTROL, "--origin", "2025-02-28", "-o", tmp_path / "known.yaml")
    assert written.returncode == 3 and "put it beside" in written.stderr  # its parent lies elsewhere
    assert not (tmp_path / "known.yaml").exists()
    for name in ("calm.yaml", "control.yaml"):
        shutil.copy(results.SCENARIOS / name, tmp_path / name)
    written = command("--scenario", tmp_path / "control.yaml", "--origin", "2025-02-28", "-o", tmp_path / "known.yaml")
    assert written.returncode == 0, written.stderr
    text = (tmp_path / "known.yaml").read_text(encoding="utf-8")
    assert "name: control_known_2025_02_28" in text and "down: null" in text and "later: null" in text and "up:" not in text
    other = results.make(run, tmp_path, tmp_path / "known.yaml", "--members", MEMBERS)
    done = command(path, "--observed", seen, "--known", f"2025-02-28={other}")
    assert done.returncode == 0 and "With only the policy known" in done.stdout.replace("\n", " "), done.stderr
    told = json.loads(command(path, "--observed", seen, "--known", f"2025-02-28={other}", "--json").stdout)
    assert {case["origin"] for case in told["cases"] if case["model"] == "known"} == {"2025-02"}
    with chokepoint.open(other) as result, chokepoint.open(path) as dated:
        assert later(result.leaves, "2025-02-28") == []
        assert set(later(dated.leaves, "2025-02-28")) == {"tariffs.usa_on_chn.layers.second.changes.down.date",
                                                          "licensing.control.toward.USA.changes.later.date"}  # fmt: skip


def test_a_result_that_knows_later_policy_is_refused(path, seen):
    done = command(path, "--observed", seen, "--known", f"2025-02-28={path}")
    assert done.returncode == 3 and "holds policy from after 2025-02-28" in done.stderr and "chokepoint score --scenario" in done.stderr


@pytest.mark.parametrize("name, day", [("geneva_truce", "2025-03-31"), ("geneva_truce", "2025-04-30"), ("geneva_truce", "2025-08-31"),
                                       ("gallium_germanium_2023", "2023-08-31"), ("antimony_ban_2024", "2024-09-30"), ("graphite_2023", "2023-11-30"),
                                       ("rare_earths_2010", "2010-10-31"), ("japan_freeze_2026", "2025-12-31")])  # fmt: skip
def test_shipped_scenarios_have_a_valid_past(source, run, tmp_path, name, day):
    done = command("--scenario", source / "scenarios" / f"{name}.yaml", "--origin", day, "-o", tmp_path / "known.yaml")
    assert done.returncode == 0, done.stderr
    shown = json.loads(run("show", tmp_path / "known.yaml", "--json").stdout)
    from chokepoint.scoring.known import flat

    left = later({".".join(key): value for key, value in flat(shown).items()}, day)
    assert left == []


# --- what is wrong ------------------------------------------------------------------------------


def test_what_is_not_in_the_result_is_left_out_and_said(path, folder):
    some = table(folder, [("2025-03", "USA", 3), ("2025-03", "JPN", 3), ("2025-03", "EU27", 3)], "magnets_some.csv")
    done = command(path, "--observed", some)
    said = done.stdout.replace("\n", " ")
    assert done.returncode == 0 and "JPN is left out: the result has no such destination" in said and "EU27 is left out" in said


def test_products_of_a_table_are_matched_or_asked_for(path, folder):
    odd = table(folder, [("2025-03", "USA", 3)], "chips.csv")
    done = command(path, "--observed", odd)
    assert done.returncode == 3 and "name them: --products magnet,oxide" in done.stderr
    assert command(path, "--observed", odd, "--products", "magnet,oxide").returncode == 0
    wrong = command(path, "--observed", odd, "--products", "magnets")
    assert wrong.returncode == 3 and 'did you mean "magnet"' in wrong.stderr
    parted = table(folder, [("2025-03", "USA", "magnet", 3), ("2025-03", "USA", "sand", 3)], "parted.csv", "month,destination,product,tonnes")
    done = command(path, "--observed", parted)
    assert done.returncode == 0 and "sand is left out" in done.stdout and "USA magnet" in done.stdout
    assert command(path, "--observed", parted, "--products", "sand=oxide").returncode == 0


@pytest.mark.parametrize("rows, said", [([("2031-03", "USA", 3)], "no month of the table lies in the run, 2025-01-01 and 150 d"),
                                        ([("2025-03", "JPN", 3)], "no destination and material of the table is in"),
                                        ([("2025-03", "USA", "lots")], ':2:13: error: "lots" is no quantity')])  # fmt: skip
def test_a_table_that_cannot_be_scored_exits_3(path, folder, rows, said):
    done = command(path, "--observed", table(folder, rows, "magnets_wrong.csv"))
    assert done.returncode == 3 and said in done.stderr and done.stdout == "" and "Traceback" not in done.stderr


def test_other_trouble(run, path, seen, tmp_path):
    assert command(path, "--observed", tmp_path / "none.csv").returncode == 4
    assert command(tmp_path / "none.h5", "--observed", seen).returncode == 4
    assert command(path).returncode == 2 and command("--observed", seen).returncode == 2
    assert command(path, "--observed", seen, "--origin", "April").returncode == 2
    assert command(path, "--observed", seen, "--known", "x.h5").returncode == 2
    bare = tmp_path / "bare.h5"
    shutil.copy(path, bare)
    with h5py.File(bare, "r+") as file:
        del file["exports_monthly"]
    done = command(bare, "--observed", seen)
    assert done.returncode == 4 and "did not record exports_monthly yet; run the scenario again" in done.stderr
    calm = results.make(run, tmp_path, results.CALM, "--members", 4)
    done = command(calm, "--observed", seen)
    assert done.returncode == 3 and "--origin 2025-04-30" in done.stderr
    assert command(calm, "--observed", seen, "--origin", "2025-02-28").returncode == 0
    assert command("--scenario", tmp_path / "none.yaml", "--origin", "2025-02-28", "-o", tmp_path / "k.yaml").returncode in (3, 4)

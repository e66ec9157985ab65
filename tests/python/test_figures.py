"""What a reader is told of a figure: in money, whether a median or a mean, how rough, and where those are that are not shown."""

import json
import re
import shutil

import chokepoint
import numpy as np
import pytest
import results
from chokepoint import words
from chokepoint.measures import Reader, groups
from chokepoint.report.licences import deadline, late
from chokepoint.report.tariffs import layers_by_date, rates_by_date
from test_compare import command
from test_report import Page, make

DUTY = ("--set", "behaviour.demand.elasticity=-0.5", "--set", "tariffs.usa_on_chn.layers.second.changes.up.change=+10000 pp")
VALUE = ("--set", "buyers.auto_usa.value=10000 USD/vehicle")


@pytest.fixture(scope="module")
def made(run, tmp_path_factory):
    """Results of the control world by name."""
    folder = tmp_path_factory.mktemp("figures")
    few = ("--members", 5)
    for name in (results.CONTROL, results.CALM):
        shutil.copy(name, folder)
    (folder / "variant.yaml").write_text("chokepoint: 1\nextends: control.yaml\nname: variant\nbuyers: { wind_deu: null }\n")
    return {"plain": results.make(run, folder, results.CONTROL, *few, name="plain"),
            "valued": results.make(run, folder, results.CONTROL, *few, *VALUE, *DUTY, name="valued"),
            "variant": results.make(run, folder, folder / "variant.yaml", *few, name="variant"),
            "many": results.make(run, folder, results.CONTROL, "--members", 20, name="many"),
            "slow": results.make(run, folder, results.CONTROL, "--members", 20, "--set", "licensing.control.throughput.levels.start.level=2 %", name="slow"),
            "daily": results.make(run, folder, results.CONTROL, *few, *DUTY, "--set", "output.members=daily", name="daily"),
            "late": results.make(run, folder, results.CONTROL, *few, "--set", "licensing.control.deadline=10 wd", name="late")}  # fmt: skip


def report(tmp_path, *files):
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
    done = make(*files, output=path)
    assert done.returncode == 0, done.stderr
    return Page(path)


# --- money --------------------------------------------------------------------------------------


def test_need_lost_is_worth_its_price_of_day_0_and_the_parts_add_up(made):
    with chokepoint.open(made["valued"]) as result:
        price = {"magnet": 60, "oxide": 250}  # USD/kg, of the scenario
        per_tonne = 1000 * np.array([price[product] for product in result.labels("product")])
        for part in ("lost", "shortfall", "given_up"):
            assert result[f"{part}_value"].read() == pytest.approx(result[f"{part}_total"].read() * per_tonne)
        assert result["given_up_value"].read(buyer="auto_usa").sum() > 0
        table = chokepoint.headline(result)["median"]
        assert table["auto_usa", "lost_value", "USD"] == pytest.approx(60_000 * table["auto_usa", "lost", "t"])
        output = {part: result[f"output_{part}"].read(buyer="auto_usa") for part in ("lost", "given_up")}
        for part, units in output.items():
            assert result[f"output_{part}_value"].read(buyer="auto_usa") == pytest.approx(10_000 * units)
        assert output["given_up"].min() > 0


def test_tables_say_that_no_value_is_stated_rather_than_show_nothing(made, tmp_path):
    plain, valued = report(tmp_path, made["plain"]), report(tmp_path, made["valued"])
    rows = {row[0]: row for row in plain.tables["output-table"][1:]}
    assert rows["Automotive, United States"][1].endswith(" vehicles") and rows["Wind, Germany"][1] == "not counted"
    assert {row[-1] for row in rows.values()} == {"no value stated"}
    assert "no value stated" in re.search(r'<dl class="cards">.*?</dl>', plain.source)[0]
    told = {row[0]: row for row in valued.tables["output-table"][1:]}["Automotive, United States"][-1]
    assert re.fullmatch(r"[\d,.]+ million USD, of it [\d,.]+ given up", told)
    assert "value added " in re.search(r'<dl class="cards">.*?</dl>', valued.source)[0]


def test_the_table_of_run_has_money_and_says_which_figures_are_medians(run, tmp_path):
    told = run("run", results.CONTROL, "-o", tmp_path / "x.h5", "--members", 5, *VALUE).stdout
    assert "its worth" in told and "value added lost" in told and "not stated" in told
    assert "Of 5 members the 5 to 95 % are rough; run at least 20." in told
    bare = run("run", results.CONTROL, "-o", tmp_path / "y.h5", "--members", 5).stdout
    assert "No group above states the value added" in re.sub(r"\s+", " ", bare)
    told = json.loads(run("run", results.CONTROL, "-o", tmp_path / "z.h5", "--members", 2, *VALUE, "--json").stdout)["results"][0]["buyers"][0]
    assert told["lost_usd"]["median"] == pytest.approx(60_000 * told["lost_t"]["median"]) and told["value_lost_usd"]["median"] > 0


# --- the worst week -----------------------------------------------------------------------------


def test_the_worst_week_is_over_the_full_need_of_the_same_member(made):
    """Weeks summed from the days of each member."""
    with chokepoint.open(made["daily"]) as result:
        by_day = {name: result[f"{name}_daily"].read().sum(3, dtype=float) for name in ("shortfall", "given_up", "full_need")}  # [member, day, buyer]
        weeks = np.arange(0, result.days, 7)
        lost, need = (np.add.reduceat(one, weeks, axis=1) for one in (by_day["shortfall"] + by_day["given_up"], by_day["full_need"]))
        with np.errstate(invalid="ignore", divide="ignore"):
            wanted = (lost / need).max(1)
        assert result["worst_week"].read() == pytest.approx(wanted, rel=1e-5)
        assert 0.3 < wanted.max() <= 1 + 1e-6


# --- few members --------------------------------------------------------------------------------


def test_fewer_than_twenty_pairs_have_their_extremes_and_a_caution_in_place_of_an_interval(made, tmp_path):
    few, many = command("compare", made["plain"], made["valued"]).stdout, command("compare", made["many"], made["slow"]).stdout
    assert "5 pairs are too few for an interval of the mean" in few and "lowest to highest of 5 pairs" in few and "90 %" not in few
    assert "too few" not in many and "90 % interval of the mean" in many and "lowest" not in many
    for text, a, b in ((few, "plain", "valued"), (many, "many", "slow")):
        heads = next(line for line in text.splitlines() if "mean difference" in line)
        assert all(f"mean in {name}" in heads for name in (a, b)) and "median difference" in heads
    with chokepoint.open(made["plain"]) as a, chokepoint.open(made["valued"]) as b:
        comparison = chokepoint.compare(a, b)
        change = np.subtract(*(Reader(one).values("lost", groups(one, "buyer")["auto_usa"]) for one in (b, a)))
        row = comparison.of("lost").loc["auto_usa"]
        assert (row["least"], row["most"]) == (change.min(), change.max()) and comparison.ends == ("least", "most")
    page = report(tmp_path, made["plain"], made["valued"])
    assert "too few for an interval" in page.source and "lowest pair" in page.tables["valued-delta-table"][0][1]


# --- who is left out ----------------------------------------------------------------------------


def test_groups_of_one_side_have_their_figures(run, made, tmp_path):
    with chokepoint.open(made["plain"]) as result:
        lost = Reader(result).values("lost", groups(result, "buyer")["wind_deu"])
    page = report(tmp_path, made["plain"], made["variant"])
    (row,) = page.tables["variant-alone-table"][1:]
    assert row[:2] == ["Wind, Germany", "control"] and float(row[2]) == pytest.approx(lost.mean(), rel=1e-3)
    rows = [line for line in command("compare", made["plain"], made["variant"], "--csv").stdout.splitlines() if ",wind_deu,lost,t," in line]
    assert len(rows) == 1 and f"{lost.mean():.6g}"[:6] in rows[0]
    made_here = ("--members", 5, "--force", "-o", f"{tmp_path}/")
    told = run("run", made["variant"].parent / "variant.yaml", "--against", made["variant"].parent / "control.yaml", *made_here).stdout
    (line,) = [line for line in told.split("in the baseline only")[1].splitlines() if line.startswith("Wind, Germany")]
    assert words.number(np.median(lost)) in line


def test_a_chart_says_how_many_rows_it_leaves_out_and_they_are_in_a_table(made, tmp_path, monkeypatch):
    from chokepoint.report import differences, licences, shortfall

    for module, name in ((licences, "MOST"), (differences, "MOST"), (shortfall, "RANGES"), (shortfall, "FANS")):
        monkeypatch.setattr(module, name, 1)
    with chokepoint.open(made["plain"]) as result:
        text = licences.licences(result, "")
        short = shortfall.Shortfall(result)
        who = shortfall.buyers(result, short, "") + shortfall.fans(result, short, "")
    with chokepoint.open(made["many"]) as a, chokepoint.open(made["slow"]) as b:
        difference = differences.differences(a, b, "", ("many", "slow"))
    rest = re.findall(r"(\d+) of (\d+) (?:is|are) not drawn and stands? in the table of other (\w+)", text + difference)
    assert {what for _, _, what in rest} >= {"classes", "groups"}
    for left, total, what in rest:
        assert int(left) == int(total) - 1 and f"({left})</summary>" in text + difference
    assert re.search(r"are not drawn and stand in the table by buyer group", who) and "have no chart here" in who


# --- the deadline -------------------------------------------------------------------------------


def test_decisions_after_the_deadline_are_counted_and_not_read_off_quantiles(made, tmp_path):
    """Without a calendar every day is a working day, so that more than a tenth is late where the tenth file from the end is."""
    with chokepoint.open(made["late"]) as result:
        assert deadline(result, "control") == (10, "10 wd")
        assert "calendar" not in result.scenario_text
        late_files, decided = (result[name].read(control="control") for name in ("files_late", "files_decided"))
        waits = result["wait_p90"].read(control="control")
        some = decided > 0
        assert ((late_files > 0.1 * decided)[some] == (waits > 10)[some]).all() and (waits[some] > 10).any() and some.sum() > 5
        totals = [result[f"files_{name}"].read(control="control").sum() for name in ("granted", "refused")]
        assert decided.sum() == sum(totals)
        share = late(result, "control")
        known = share[~np.isnan(share)]
    page = report(tmp_path, made["late"])
    assert f"In {(known > 0.1).sum()} of {len(known)} classes over a tenth of the decisions came after the deadline" in page.source
    assert "10 calendar days where no holiday falls into it" in page.source


# --- duties -------------------------------------------------------------------------------------


def test_a_duty_on_top_of_another_is_in_what_the_good_pays(run, tmp_path):
    """2.1 and 20 % of one block and 5 % of another that adds to it; by 1 April the second has fallen by 10 points."""
    for name in (results.CONTROL, results.CALM):
        shutil.copy(name, tmp_path)
    (tmp_path / "adds.yaml").write_text("""chokepoint: 1
extends: control.yaml
name: adds
tariffs:
  on_top: { title: On top, importer: USA, origin: CHN, adds_to: usa_on_chn, layers: { second: { rate: 0 %, changes: { up: { date: 2025-03-01, change: +5 pp } } } } }
""")
    made = results.make(run, tmp_path, tmp_path / "adds.yaml", "--members", 1)
    with chokepoint.open(made) as result:
        rates = rates_by_date(result)
        assert {tariff for tariff, _ in rates.columns} == {"usa_on_chn"}
        (magnets,) = [name for name in rates.columns if "magnet" in name[1]]
        assert rates[magnets].max() == 27.1 and rates[magnets].loc["2025-04-01"] == 17.1
        assert set(layers_by_date(result)["usa_on_chn", "magnet"].columns) == {"first", "second", "on_top second"}

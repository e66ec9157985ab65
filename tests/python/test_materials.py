"""The worlds beside magnets: every scenario loads, every baseline rests, exports stand beside the published ones.

What a test pins is named in it, and its tolerance is derived there. What is printed but not pinned is not fitted well,
or the engine has no mechanism for it; sim/MODEL.md says which.
"""

import csv
import datetime
import re
import time

import h5py
import numpy as np
import pytest

MEMBERS = ("--members", 4)
BASELINES = ["baseline_antimony", "baseline_gallium_germanium", "baseline_graphite", "baseline_rare_earths_2010"]
SCENARIOS = ["antimony_ban_2024", "gallium_germanium_2023", "graphite_2023", "rare_earths_2010"]


class Result:
    """Monthly exports of one origin and unmet needs, read once."""

    def __init__(self, path):
        with h5py.File(path) as file:
            names = ("exports_monthly", "exports_q", "shortfall_total", "need_total", "first_short_day")
            self.data = {name: file[name][()] for name in names}
            self.labels = {name: [str(v) for v in file[name].asstr()[()]] for name in ("buyer", "product", "destination", "origin")}
            first = file["month"][()]  # first day of each month, counted from the start
            for name in ("route_arrived_monthly", "route_seized"):
                if name in file:
                    self.data[name] = file[name][()]
            start = re.search(r"\d{4}-\d{2}-\d{2}", str(file["month"].attrs["units"])).group()
        self.start = np.datetime64(start)
        days = self.start + first.astype("timedelta64[D]")
        self.months = [str(day)[:7] for day in days]

    def exports(self, products, destinations=None, origin="CHN"):
        """{month: t}: median over members of what leaves an origin."""
        data = self.data["exports_monthly"][:, :, self.labels["origin"].index(origin)]
        columns = [i for i, name in enumerate(self.labels["product"]) if name.startswith(products)]
        rows = [i for i, name in enumerate(self.labels["destination"]) if destinations is None or name in destinations]
        totals = np.median(data[:, :, rows][..., columns].sum((2, 3)), axis=0)
        return dict(zip(self.months, totals))

    def arrivals(self, products, destination, lag):
        """{month: t}: median exports of each day, counted some days later."""
        row = self.labels["destination"].index(destination)
        columns = [i for i, name in enumerate(self.labels["product"]) if name.startswith(products)]
        middle = self.data["exports_q"].shape[0] // 2  # the quantiles are 5, 25, 50, 75 and 95 %
        totals = {}
        for day, tonnes in enumerate(self.data["exports_q"][middle, :, 0, row][:, columns].sum(1)):
            month = str(self.start + np.timedelta64(day + lag, "D"))[:7]
            totals[month] = totals.get(month, 0) + tonnes
        return totals

    def share_unmet(self, *starts):
        """Median over members of unmet need over need, of the buyers whose id starts so."""
        rows = [i for i, name in enumerate(self.labels["buyer"]) if name.startswith(starts)]
        unmet, need = (np.nansum(self.data[name][:, rows], (1, 2)) for name in ("shortfall_total", "need_total"))
        return np.median(unmet / need)


@pytest.fixture(scope="module")
def result(source, run, tmp_path_factory):
    """result(name, *arguments): a scenario run once per test module."""
    folder = tmp_path_factory.mktemp("materials")
    done = {}

    def get(name, *arguments):
        key = (name, *arguments)
        if key not in done:
            path = folder / f"{len(done)}.h5"
            process = run("run", source / "scenarios" / f"{name}.yaml", "-o", path, *arguments)
            assert process.returncode == 0, process.stderr
            done[key] = Result(path)
        return done[key]

    return get


def published(source, name, destination="WORLD", **equal):
    """{month: quantity} of single months in an observed table."""
    with open(source / "data/observed" / name, encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["destination"] == destination]
    value = "tonnes" if "tonnes" in rows[0] else "kilograms"
    return {row["month"]: float(row[value]) for row in rows
            if re.fullmatch(r"\d{4}-\d{2}", row["month"]) and all(row[k] == v for k, v in equal.items())}


def show(title, model, observed, unit="t"):
    print(f"\n{title}\nmonth      model {unit}  published {unit}")
    for month, value in model.items():
        print(f"{month}  {value:10.0f}  {observed.get(month, float('nan')):12.0f}")


@pytest.mark.parametrize("name", BASELINES + SCENARIOS)
def test_it_is_valid_and_says_what_it_asks(source, run, name):
    path = source / "scenarios" / f"{name}.yaml"
    process = run("validate", path)
    assert process.returncode == 0, process.stderr
    assert "0 warnings" in process.stdout
    for word in ("# Question:", "# Sources:", "# Run time:"):
        assert word in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_rests(result, name):
    """Day 0 is a fixed point, so nobody is ever short; exports of a day are the same in every month of equal length."""
    still = result(name, "--members", 1)
    assert (still.data["first_short_day"] == -1).all()
    assert still.share_unmet("") == 0
    exports = still.exports("")
    long_months = [value for month, value in exports.items() if month[5:] in ("01", "03", "05", "07", "08", "10", "12")]
    assert np.ptp(long_months) < 1e-6 * max(long_months)


@pytest.mark.parametrize("name", SCENARIOS)
def test_four_members_take_seconds(source, run, tmp_path, name):
    """About half a second on an idle core; thirty leave room for a busy machine."""
    began = time.monotonic()
    process = run("run", source / "scenarios" / f"{name}.yaml", "-o", tmp_path / "r.h5", *MEMBERS)
    assert process.returncode == 0, process.stderr
    assert time.monotonic() - began < 30


# Antimony. Levels of throughput are fitted to the months from October 2024, so the test says how well a fit of six
# levels does and no more: within a quarter in the months the levels were read from (files of 20 t on links of a few
# tonnes a month come in lumps), nothing to the United States. September is shown, not pinned.
def test_antimony_collapses_and_returns_in_part(source, result):
    run = result("antimony_ban_2024", *MEMBERS)
    model = run.exports(("sb_metal", "sb_oxide", "sb_chemicals"))
    observed = published(source, "antimony_monthly.csv")
    show("Chinese antimony exports, all forms", model, observed)
    before = np.mean([model[f"2024-{m:02}"] for m in range(1, 8)])  # from 15 August buyers order ahead
    assert before == pytest.approx(29379 / 8, rel=0.005)  # published mean of January to August 2024
    for month in ("2024-10", "2024-11", "2024-12", "2025-01"):
        assert model[month] == pytest.approx(observed[month], rel=0.3)
    half = sum(model[f"2025-{m:02}"] for m in range(1, 7))
    assert half == pytest.approx(5633, rel=0.15)
    usa = run.exports("sb_", ["USA"])
    assert all(usa[month] < 1 for month in usa if month >= "2024-10")
    europe = run.exports("sb_", ["DEU", "EUX"])
    assert all(europe[month] < 1 for month in europe if "2024-10" <= month <= "2025-02")
    print("unmet share of need: US plastics", run.share_unmet("plastics_usa"), "Mexican", run.share_unmet("plastics_mex"), "US defense", run.share_unmet("defense_usa"))
    assert run.share_unmet("defense_usa") > 0.03


NO_ROUTES = ("--set", "routes.by_thailand.onset=never", "--set", "routes.by_mexico.onset=never")


# 3,834 t of oxide came by way of Thailand and Mexico from December 2024 to April 2025. Capacity is the published 767 t a
# month; who is willing to send, and when, follows from the gain and from what users lack while goods are under way for a month
# or two: between three fifths and all of it. The same flow in June, a month and a half into the campaign, is smaller.
def test_antimony_goes_on_by_thailand_and_mexico(result):
    run = result("antimony_ban_2024", *MEMBERS)
    arrived = dict(zip(run.months, np.median(run.data["route_arrived_monthly"].sum((2, 3)), axis=0)))
    print("\noxide by covert routes [t]:", {month: round(float(value)) for month, value in arrived.items() if value})
    winter = sum(arrived[month] for month in ("2024-12", "2025-01", "2025-02", "2025-03", "2025-04"))
    assert 0.6 < winter / 3834 <= 1
    assert arrived["2025-06"] < 0.8 * arrived["2025-04"]
    assert (run.data["route_seized"].sum((1, 2)) > 0).all()
    without = result("antimony_ban_2024", *MEMBERS, *NO_ROUTES)
    print("unmet share of US plastics with and without them:", run.share_unmet("plastics_usa"), without.share_unmet("plastics_usa"))
    assert run.share_unmet("plastics_usa") < 0.5 * without.share_unmet("plastics_usa")
    assert without.share_unmet("plastics_usa") > 0.1


@pytest.mark.parametrize("name, ahead, product", [
    ("antimony_ban_2024", "2024-08", "sb_"), ("gallium_germanium_2023", "2023-07", "ge_metal"),
    ("graphite_2023", "2023-11", "gr_")])
def test_an_announced_control_is_bought_ahead_of(result, name, ahead, product):
    """Published months rose more (antimony 12 %, germanium 140 %, graphite threefold): shown, not fitted."""
    exports = result(name, *MEMBERS).exports(product)
    months = sorted(exports)
    usual = exports[months[months.index(ahead) - 3]]
    print(f"\n{name}: exports of {ahead} over a usual month: {exports[ahead] / usual:.2f}")
    assert exports[ahead] > 1.1 * usual


# Gallium and germanium. No throughput is given before the end of September, so August and September are zero to the gram:
# nothing may slip past the control. October is a first handful of files of up to 500 kg (gallium) and 200 kg
# (germanium): within a factor of two. November and the sums of later quarters are what the levels were read from: within
# a quarter. The single months of gallium after March 2024 (300 kg to 11.5 t) are shown only, and so is July 2023, when
# germanium was bought ahead.
def test_gallium_and_germanium_stop_for_two_months(source, result):
    run = result("gallium_germanium_2023", *MEMBERS)
    model, observed = {}, {}
    for metal, product in (("gallium", "ga_metal"), ("germanium", "ge_metal")):
        model[metal] = {month: 1000 * tonnes for month, tonnes in run.exports(product).items()}
        observed[metal] = published(source, f"{metal}_monthly.csv")
        show(f"Chinese exports of {metal} metal", model[metal], observed[metal], "kg")
        for month in ("2023-08", "2023-09"):
            assert model[metal][month] == 0
            assert observed[metal][month] <= 1
        assert 0.5 < model[metal]["2023-10"] / observed[metal]["2023-10"] < 2
        assert model[metal]["2023-11"] == pytest.approx(observed[metal]["2023-11"], rel=0.25)
        usa = run.exports(product, ["USA"])
        assert all(usa[month] == 0 for month in usa if month >= "2023-08")
    assert model["gallium"]["2023-06"] == pytest.approx(5747, rel=0.02)  # (5,611 + 6,480 + 5,150) / 3
    assert sum(model["germanium"][f"2024-0{m}"] for m in (1, 2)) == pytest.approx(3709, rel=0.25)
    assert sum(model["germanium"][f"2024-0{m}"] for m in (4, 5, 6)) == pytest.approx(2333 + 1820 + 1328, rel=0.25)
    assert sum(model["gallium"][f"2024-0{m}"] for m in (4, 5, 6)) == pytest.approx(5190 + 6210 + 4184, rel=0.25)


def test_germanium_stays_scarce_where_gallium_returns(result):
    run = result("gallium_germanium_2023", *MEMBERS)
    late = [f"2024-{m:02}" for m in range(9, 13)]
    for product, low, high in (("ga_metal", 0.6, 1.1), ("ge_metal", 0, 0.4)):
        exports = run.exports(product)
        assert low < np.mean([exports[month] for month in late]) / exports["2023-06"] < high
    print("unmet share of need: fibre", run.share_unmet("fibre_eux"), "chips", run.share_unmet("chips_eux"))
    assert run.share_unmet("fibre_eux") > run.share_unmet("chips_eux")


# Graphite: published months end with November 2023, so what is pinned is the level before the control and, within the
# rounding of shares (1 %), where it went. November itself was three times the mean, bought ahead: shown, not pinned.
def test_graphite_before_its_control(source, result):
    run = result("graphite_2023", *MEMBERS)
    both = run.exports(("gr_flake", "gr_spherical"))
    known = {"2023-11": published(source, "graphite_monthly.csv", product="powder_and_flake")["2023-11"]}
    show("Chinese exports of flake and spherical graphite to November 2023",
         {month: value for month, value in both.items() if month <= "2023-11"}, known)
    unannounced = np.mean([both[f"2023-{m:02}"] for m in range(1, 10)])  # from 20 October buyers order ahead
    assert unannounced == pytest.approx(12309, rel=0.01)  # published mean of January to October 2023
    for destination, product, share in (("KOR", "spherical", 8830 / 12186), ("JPN", "spherical", 2238 / 12186),
                                        ("JPN", "flake", 6138 / 23502)):
        name = f"gr_{product}"
        assert run.exports(name, [destination])["2023-06"] / run.exports(name)["2023-06"] == pytest.approx(share, rel=0.01)
    assert max(month for month in published(source, "graphite_monthly.csv", product="flake")) == "2023-11"


def levels(text, control):
    """[(days after the start, level)] of the throughput of a control, read from the file."""
    block = text[text.index(f"  {control}:"):]
    start = datetime.date.fromisoformat(re.search(r"from: (\S+)", block).group(1))
    block = block[block.index("levels:"):block.index("postures:")]
    return [((datetime.date.fromisoformat(day) - start).days, level)
            for day, level in re.findall(r"date: (\S+), level: (\d+ %)", block)]


def test_graphite_is_decided_as_gallium_was_and_fitted_to_nothing(source, result):
    texts = {name: (source / "scenarios" / f"{name}.yaml").read_text() for name in SCENARIOS}
    graphite = levels(texts["graphite_2023"], "mofcom_graphite")
    assert len(graphite) == 4
    assert graphite == levels(texts["gallium_germanium_2023"], "mofcom_gallium")[:4]
    run = result("graphite_2023", *MEMBERS)
    print("unmet share of need: packs in Korea", run.share_unmet("cars_kor"), "steel in Germany", run.share_unmet("refractories_deu"))
    assert run.share_unmet("cars_kor") > run.share_unmet("refractories_deu")  # spherical graphite comes from China alone


# Rare earths of 2010. Chinese totals are known for spans only, rounded to a thousand tonnes in November, so 2,800 t for
# October and November is good to about 700 t: a third. December and the quarter are differences of better totals: 15 %,
# two of the three levels being ratios of published quotas. Japanese imports are another statistic: counted at entry, 8 %
# above Chinese exports from January to September, and split otherwise by product, so their shape is pinned (trough, then
# more than the base), and the sum of the first quarter of 2011 within 15 %, the fortnight of lag being assumed.
def test_the_stop_toward_japan_in_2010(source, result):
    run = result("rare_earths_2010", *MEMBERS)
    model = run.exports(("re_light", "re_magnet"))
    known = {"2010-12": published(source, "rare_earths_2010.csv", flow="exports")["2010-12"]}
    show("Chinese rare-earth exports", model, known)
    assert sum(model[f"2010-{m:02}"] for m in range(1, 10)) == pytest.approx(32200, rel=0.05)  # the stop falls in September
    assert model["2010-10"] + model["2010-11"] == pytest.approx(2800, rel=1 / 3)
    assert model["2010-12"] == pytest.approx(4813, rel=0.15)
    assert sum(model[f"2010-{m}"] for m in (10, 11, 12)) == pytest.approx(39813 - 32200, rel=0.15)
    imports = published(source, "rare_earths_2010.csv", "JPN", flow="imports")
    arrivals = run.arrivals(("re_light", "re_magnet"), "JPN", lag=14)
    show("Arrivals in Japan, a fortnight after export", {m: v for m, v in arrivals.items() if "2010-08" < m < "2011-04"}, imports)
    base = 16000 / 9
    for month in ("2010-10", "2010-11"):
        assert arrivals[month] < 0.4 * base
    assert arrivals["2010-12"] > 1.25 * base
    quarter = ("2011-01", "2011-02", "2011-03")
    assert sum(arrivals[m] for m in quarter) == pytest.approx(sum(imports[m] for m in quarter), rel=0.15)


def test_stocks_of_three_months_carry_japan_through(result):
    """No stop of production was reported in Japan; with stocks of a fortnight there would have been."""
    japan = [name for name in result("rare_earths_2010", *MEMBERS).labels["buyer"] if name.endswith("_jpn")]
    run = result("rare_earths_2010", *MEMBERS)
    assert run.share_unmet(*japan) < 0.005
    groups = ("polishing_jpn", "catalysts_jpn")
    thin = [argument for name in groups for argument in ("--set", f"buyers.{name}.cover.lognormal.median=14 d")]
    thin += ["--set", "importers.jpn_houses.cover=7 d"]
    lean = result("rare_earths_2010", *MEMBERS, *thin)
    print("unmet share of need in Japan:", run.share_unmet(*groups), "with a fortnight of stock:", lean.share_unmet(*groups))
    assert lean.share_unmet(*groups) > 0.02


def test_the_rest_of_the_quota_is_shared_as_exports_were(result):
    """No shortage outside Japan was reported in 2010. With equal weights American cars, a fifth of exports behind them, lacked 8 %."""
    run = result("rare_earths_2010", *MEMBERS)
    unmet = {name: run.share_unmet(f"cars_{name}") for name in ("usa", "deu", "kor")}
    print("unmet share of the need of cars:", unmet)
    assert max(unmet.values()) < 0.04
    exports = {to: run.exports(("re_light", "re_magnet"), [to]) for to in ("USA", "EUX", "DEU")}
    for months in (("2010-10",), ("2011-01", "2011-02")):  # the stop of October held all three alike
        cut = [sum(series[m] for m in months) / sum(series[m] for m in ("2010-03", "2010-04")) for series in exports.values()]
        assert max(cut) < 1.3 * min(cut)

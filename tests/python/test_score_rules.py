"""What a score is made of, against known answers: CRPS, bands, plain forecasts, working days."""

import numpy as np
import pandas as pd
import pytest
from chokepoint.scoring import observed, rules
from chokepoint.scoring.references import Control, References, working_days_after

M = lambda text: pd.Period(text, "M")  # noqa: E731


# --- CRPS ---------------------------------------------------------------------------------------


def by_integration(members, came):
    """Integral of (share of members at most x, less whether what came is at most x) squared: the plain estimator."""
    edges = np.sort(np.append(members, came))
    share = np.searchsorted(np.sort(members), edges[:-1], side="right") / len(members)
    return ((share - (edges[:-1] >= came)) ** 2 * np.diff(edges)).sum()


@pytest.mark.parametrize("seed", range(5))
def test_crps_is_the_integral_less_what_few_members_add(seed):
    """Plain and fair estimator differ by the mean distance of pairs over 2 n: sum |x - x'| / (2 n^2) against / (2 n (n - 1))."""
    random = np.random.default_rng(seed)
    members, came = random.gamma(2, 300, 17), random.gamma(2, 300)
    apart = np.abs(members[:, None] - members[None, :]).sum()
    few = apart / (2 * 17 * 16) - apart / (2 * 17**2)
    assert rules.crps(members, came) == pytest.approx(by_integration(members, came) - few, rel=1e-9)


@pytest.mark.parametrize("came", [-1.5, 0.0, 0.7])
def test_crps_of_a_normal_forecast(came):
    """Closed form (Gneiting and Raftery 2007): z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi). 400,000 draws place the mean
    of |x - y| within 0.002 at four standard errors, that of pairs within 0.002."""
    from math import erf, exp, pi, sqrt

    members = np.random.default_rng(3).standard_normal(400_000)
    known = came * erf(came / sqrt(2)) + 2 * exp(-came * came / 2) / sqrt(2 * pi) - 1 / sqrt(pi)
    assert rules.crps(members, came) == pytest.approx(known, abs=0.005)


def test_crps_does_not_depend_on_how_many_members_there_are():
    """Mean of the fair estimator at 2, 5 and 50 members of N(0, 1) against y = 0.5, whose CRPS is 0.3314. One draw of two
    members has a standard deviation below 0.8, so 20,000 draws place the mean within 0.023 at four standard errors."""
    random = np.random.default_rng(8)
    for n in (2, 5, 50):
        mean = np.mean([rules.crps(random.standard_normal(n), 0.5) for _ in range(20_000)])
        assert mean == pytest.approx(0.3314, abs=0.023), n


def test_crps_of_one_member_is_the_error():
    assert rules.crps([300.0], 250.0) == 50.0 and rules.crps([5.0, 5.0, 5.0], 7.0) == 2.0


# --- bands --------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [19, 40, 100])
def test_bands_hold_what_they_say_when_the_forecast_is_right(n):
    """What comes is one more draw of the same distribution, skewed. 8,000 cases: four standard errors are 2.3 and 1.4 %."""
    random = np.random.default_rng(n)
    drawn = random.lognormal(0, 0.8, (8_000, n + 1))
    held = {band: np.mean([rules.inside(row[:-1], row[-1], band) for row in drawn]) for band in rules.BANDS}
    print(f"\n{n} members: 50 % band holds {held[50]:.3f}, 90 % band {held[90]:.3f}")
    assert held[50] == pytest.approx(0.5, abs=0.023) and held[90] == pytest.approx(0.9, abs=0.014)


def test_a_band_of_few_members_is_their_range():
    assert rules.band([3.0, 1.0, 2.0], 90) == (1.0, 3.0)


def test_skill_is_over_cases_that_have_both():
    assert rules.skill([1.0, 1.0, 9.0], [2.0, 2.0, np.nan]) == 0.5
    assert np.isnan(rules.skill([1.0], [np.nan])) and np.isnan(rules.skill([0.0], [0.0]))
    assert rules.skill([1.0], [0.0]) == -np.inf


# --- plain forecasts ----------------------------------------------------------------------------


def rows(values):
    """Rows of a table out of {month or first..last: t}."""
    out = []
    for at, (name, value) in enumerate(values.items()):
        first, _, last = name.partition("..")
        out.append(observed.Row("WORLD", "", M(first), M(last or first), value, "", at))
    return out


TWO_YEARS = {f"{year}-{month:02}": 100 * month + 12 * (year - 2023) for year in (2023, 2024) for month in range(1, 13)}
CONTROL = Control(pd.Timestamp("2025-04-04"), pd.Timestamp("2025-06-11"))


def test_persistence_and_its_season():
    plain = References(rows(TWO_YEARS | {"2025-01": 130, "2025-02": 235}), M("2025-02"), None)
    assert plain.forecast("last", [M("2025-05")]) == 235
    assert plain.forecast("season", [M("2025-05")]) == 512  # of 2024
    assert plain.forecast("season", [M("2025-02"), M("2026-02")]) == 2 * 235  # the last year observed, twice ahead too
    # Year on year: 12 for each month of 2024, 18 in January and 23 in February 2025; of the last 12 ten are 12.
    change = (10 * 12 + 18 + 23) / 12
    assert plain.forecast("drift", [M("2025-05")]) == pytest.approx(512 + change)
    assert plain.forecast("drift", [M("2026-05")]) == pytest.approx(512 + 2 * change)
    assert plain.forecast("year", [M("2025-05")]) == pytest.approx(sum(TWO_YEARS[f"2024-{m:02}"] for m in range(1, 13)) / 12)


def test_a_year_told_as_one_number_gives_its_mean_month_and_nothing_else():
    plain = References(rows({"2024-01..2024-12": 1200, "2025-01": 90}), M("2025-01"), None)
    assert plain.forecast("year", [M("2025-03")]) == 100
    assert np.isnan(plain.forecast("season", [M("2025-03")])) and np.isnan(plain.forecast("drift", [M("2025-03")]))


def test_nothing_after_the_origin_is_used():
    """The same forecasts with and without the months that follow."""
    known = TWO_YEARS | {"2025-01": 130, "2025-02": 235, "2025-03": 300, "2025-04": 60}
    later = known | {"2025-05": 1e6, "2025-06": 1e6, "2025-05..2025-07": 1e6}
    for name in ("last", "season", "drift", "year", "trend", "lag"):
        one, other = (References(rows(values), M("2025-04"), CONTROL).forecast(name, [M("2025-07")]) for values in (known, later))
        assert one == other, name


def test_the_trend_is_a_line_of_a_year_or_more_and_else_the_mean():
    """On a line of 10 t a month the line goes on; the months of the control and after it do not bend it."""
    straight = {str(M("2024-01") + at): 500 + 10 * at for at in range(15)} | {"2025-04": 1, "2025-05": 1}
    plain = References(rows(straight), M("2025-05"), CONTROL)
    assert plain.forecast("trend", [M("2025-08")]) == pytest.approx(500 + 10 * 19)
    few = References(rows({"2025-01": 600, "2025-02": 300, "2025-03": 600, "2025-04": 1}), M("2025-04"), CONTROL)
    assert few.forecast("trend", [M("2025-08")]) == few.base() == 500


def test_the_lag_stops_the_base_flow_for_the_statutory_time():
    """April has 3 days before the control, June 20 days from the 11th on."""
    plain = References(rows({"2025-01": 300, "2025-02": 300, "2025-03": 300, "2025-04": 70}), M("2025-04"), CONTROL)
    assert [plain.forecast("lag", [M(month)]) for month in ("2025-05", "2025-06", "2025-07")] == pytest.approx([0, 300 * 20 / 30, 300])
    assert plain.forecast("lag", [M("2025-05"), M("2025-06")]) == pytest.approx(200)
    before = References(rows({"2025-01": 300, "2025-02": 300}), M("2025-02"), CONTROL)  # nobody knows of it yet
    assert before.forecast("lag", [M("2025-05")]) == 300


@pytest.mark.parametrize("filed, decided", [("2025-04-04", "2025-06-11"), ("2025-04-07", "2025-06-12"), ("2025-04-14", "2025-06-19"),
                                            ("2025-06-03", "2025-08-05"), ("2025-10-09", "2025-12-10")])  # fmt: skip
def test_45_working_days_on_the_calendar_of_2025(source, filed, decided):
    """Case A10: holidays, and weekend days worked instead."""
    calendar = pd.read_csv(source / "data/calendars/chn.csv")
    assert working_days_after(pd.Timestamp(filed), 45, calendar) == pd.Timestamp(decided)


def test_without_a_calendar_working_days_are_those_of_the_week():
    assert working_days_after(pd.Timestamp("2025-04-04"), 5) == pd.Timestamp("2025-04-11")


# --- tables -------------------------------------------------------------------------------------


def table(tmp_path, text):
    path = tmp_path / "magnets_monthly.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_table_is_read(source):
    for path in sorted((source / "data/observed").glob("*.csv")):
        found = observed.read(path)
        assert found.series, path
        assert not any("imports" in name for name, _ in found.series), path
    gallium = observed.read(source / "data/observed/gallium_monthly.csv").series["WORLD", ""]
    assert gallium[0].tonnes == pytest.approx(3.25) and gallium[8].name == "2024-01..2024-02"


def test_of_periods_that_overlap_the_shorter_counts(tmp_path):
    found = observed.read(table(tmp_path, "month,destination,tonnes\n2025-01..2025-03,WORLD,30\n2025-02,WORLD,9\n2025-04,WORLD,8\n"))
    assert [row.name for row in found.series["WORLD", ""]] == ["2025-02", "2025-04"]
    assert found.notes == ["2025-01..2025-03 to WORLD is left out: shorter periods of the table lie in it"]


HEAD = "month,destination,tonnes\n"
WRONG = {
    "": "1:1: error: an empty table",
    HEAD: "1:1: error: no observation",
    "month,destination,pounds\n2025-01,WORLD,3\n": "1:19: error: pounds is no unit of a quantity (it may be tonnes or kilograms)",
    "month,tonnes\n2025-01,3\n": "1:1: error: no column destination",
    "month,destination,tonnes,kilograms\n2025-01,WORLD,3,3\n": "1:26: error: two columns of a quantity",
    HEAD + "January 2025,WORLD,3\n": '2:1: error: "January 2025" is no month; write 2025-04',
    HEAD + "2025-13,WORLD,3\n": '2:1: error: "2025-13" is no month of a calendar',
    HEAD + "2025-03..2025-01,WORLD,3\n": "2:1: error: \"2025-03..2025-01\" ends before it begins",
    HEAD + "2025-01,WORLD,n/a\n": '2:15: error: "n/a" is no quantity',
    HEAD + "2025-01,WORLD,\n": "2:15: error: no quantity (a number of tonnes, 0 or more); correct it, or leave the line out",
    HEAD + "2025-01,WORLD,-3\n": '2:15: error: "-3" is no quantity',
    HEAD + "2025-01,WORLD,nan\n": '2:15: error: "nan" is no quantity',
    HEAD + "2025-01,,3\n": "2:9: error: no destination",
    HEAD + "2025-01,WORLD,1,000\n": "2:1: error: 4 cells where the head has 3",
    HEAD + "2025-01,WORLD,3\n\n# again\n2025-01,WORLD,4\n": "5:1: error: 2025-01 to WORLD stands in line 2 already",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_fault_of_a_table_is_told_at_its_place(tmp_path, text):
    path = table(tmp_path, text)
    with pytest.raises(observed.BadInput) as caught:
        observed.read(path)
    assert f"{path}:{WRONG[text]}" in str(caught.value)


def test_every_fault_is_told_at_once(tmp_path):
    path = table(tmp_path, HEAD + "x,WORLD,3\n2025-01,WORLD,y\n")
    with pytest.raises(observed.BadInput) as caught:
        observed.read(path)
    assert str(caught.value).count("error:") == 2


def test_a_table_in_another_coding_is_told(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(HEAD.encode() + b"2025-01,WORLD,3\n2025-02,T\xfcrkiye,4\n")
    with pytest.raises(observed.BadInput, match=":3:1: error: not UTF-8"):
        observed.read(path)

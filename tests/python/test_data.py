"""The curated tables: sources resolve, control totals hold, nothing from the months kept unseen."""

import csv
import datetime
import itertools
import re

import pytest

# The regions: ISO-3 codes, and EUX, ROW, which ISO leaves to users or unused.
MAGNET_REGIONS = set("CHN USA DEU EUX GBR JPN KOR VNM THA IND MEX MMR MYS AUS ROW".split())
REGIONS = MAGNET_REGIONS | set("TJK TWN RUS CAN MOZ MDG BRA".split())
KEYS = {  # what may not stand twice, by table
    "sources.csv": ["key"],
    "calendars/chn.csv": ["date", "kind"],
    "transit.csv": ["origin", "destination"],
    "transit_antimony.csv": ["origin", "destination"],
    "transit_gallium_germanium.csv": ["origin", "destination"],
    "transit_graphite.csv": ["origin", "destination"],
    "transit_re2010.csv": ["origin", "destination"],
    "observed/magnets_monthly.csv": ["month", "destination"],
    "observed/antimony_monthly.csv": ["month", "destination"],
    "observed/gallium_monthly.csv": ["month", "destination"],
    "observed/germanium_monthly.csv": ["month", "destination"],
    "observed/graphite_monthly.csv": ["month", "destination", "product"],
    "observed/rare_earths_2010.csv": ["month", "flow", "destination"],
    "buyers.csv": ["region", "quantity"],
    "prices.csv": ["date", "commodity", "market", "unit"],
    "timeline.csv": ["date", "actor", "target", "event"],
    "world_totals.csv": ["hs", "element", "form", "product"],
    "outside_estimates.csv": ["author", "region"],
    "regimes.csv": ["measure", "from"],
    "us_duty_magnets.csv": ["hts", "origin", "from", "authority"],
}
FLOWS = ["magnets_2024", "magnets_2025q1", "dytb_oxide", "re_concentrate", "magnet_smco"]
FLOWS += ["antimony_concentrate", "antimony_metal", "antimony_oxide", "antimony_chemicals"]
FLOWS += ["gallium_metal", "gallium_wafer", "germanium_metal", "germanium_optics"]
FLOWS += ["graphite_flake", "graphite_spherical", "graphite_anode"]
FLOWS += ["re2010_concentrate", "re2010_light", "re2010_magnet_elements", "re2010_magnets"]
KEYS |= {f"flows/{name}.csv": ["origin", "destination"] for name in FLOWS}
KEYS |= {f"flows/{name}_margins.csv": ["region", "side"] for name in FLOWS[:2]}


def read(source, name):
    with open(source / "data" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_table_is_known(source):
    found = {str(path.relative_to(source / "data")) for path in (source / "data").rglob("*.csv")}
    assert found == set(KEYS)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_rows_are_whole_and_stand_once(source, name):
    rows = read(source, name)
    assert rows
    for row in rows:
        assert None not in row and None not in row.values(), row
        assert all(value == value.strip() for value in row.values()), row
    seen = [tuple(row[key] for key in KEYS[name]) for row in rows]
    assert sorted(set(seen)) == sorted(seen)


@pytest.mark.parametrize("name", sorted(set(KEYS) - {"sources.csv"}))
def test_sources_resolve(source, name):
    known = {row["key"] for row in read(source, "sources.csv")} | {"assumption"}
    for row in read(source, name):
        cited = row["source"].split(";")
        assert set(cited) <= known, row


RANGE = re.compile(r"half to twice|(?P<low>\d[\d,.]*) to (?P<high>\d[\d,.]*)(?P<share> %)?")


def number(text):
    return float(text.rstrip(",.").replace(",", ""))


# The calendar has no notes: its range stands in data/README.md.
@pytest.mark.parametrize("name", sorted(set(KEYS) - {"sources.csv", "calendars/chn.csv"}))
def test_an_assumption_gives_its_range(source, name):
    """Where the range is in the unit of the row it holds the value."""
    for row in read(source, name):
        if "assumption" not in row["source"].split(";"):
            continue
        if row.get("low") and row.get("high"):
            continue  # a range in columns of its own
        found = RANGE.search(row["note"])
        assert found, row
        value = row.get("t_per_year") or row.get("days")
        if value and found["low"] and not found["share"]:
            assert number(found["low"]) <= float(value) <= number(found["high"]), row


def test_the_readme_gives_the_range_of_assumed_holidays(source):
    assert any(row["source"] == "assumption" for row in read(source, "calendars/chn.csv"))
    (line,) = [line for line in (source / "data" / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("* **The calendar of 2027**")]
    assert RANGE.search(line)


def test_every_source_is_used(source):
    text = "".join((source / "data" / name).read_text() for name in KEYS if name != "sources.csv")
    text += "".join(path.read_text() for path in sorted((source / "scenarios").rglob("*.yaml")))
    for row in read(source, "sources.csv"):
        assert re.search(rf"\b{row['key']}\b", text), row["key"]


def test_regions_are_codes(source):
    for name in KEYS:
        for row in read(source, name):
            for column in {"origin", "destination", "region"} & row.keys():
                allowed = REGIONS | ({"MFN", "EU", "any", "other"} if name == "us_duty_magnets.csv" else set())
                allowed |= ({"WORLD", "EU27"} if name.startswith("observed/") or name == "buyers.csv" else set())
                assert row[column] in allowed, (name, row)


def tonnes(rows, origin, keep):
    return sum(float(row["t_per_year"]) for row in rows if row["origin"] == origin and keep(row["destination"]))


# 58,152 t: the published total of 2024. 64,200 t: 5,350 t a month in early 2025, times 12.
@pytest.mark.parametrize("name, exports", [("magnets_2024", 58152), ("magnets_2025q1", 64200)])
def test_chinese_magnet_exports_meet_the_total(source, name, exports):
    rows = read(source, f"flows/{name}.csv")
    assert tonnes(rows, "CHN", lambda to: to != "CHN") == exports
    assert all(row["kind"] == "fixed" for row in rows if row["origin"] == "CHN")
    assert {row["destination"] for row in rows if row["origin"] == "CHN"} == MAGNET_REGIONS
    made = {row["region"]: float(row["t_per_year"]) for row in read(source, f"flows/{name}_margins.csv") if row["side"] == "production"}
    assert made["CHN"] == tonnes(rows, "CHN", lambda to: True)
    # Every origin of the table has a known output, so no seed keeps its own scale.
    assert set(made) == {row["origin"] for row in rows}
    assert sum(made.values()) - made["CHN"] == pytest.approx(230000 * 0.06)


# Published totals behind the other worlds, t a year, and how far single cells are rounded.
@pytest.mark.parametrize("names, exports, rounding", [
    (("antimony_metal", "antimony_oxide", "antimony_chemicals"), 29379 / 8 * 12, 2),  # January to August 2024
    (("gallium_metal",), (5.611 + 6.480 + 5.150) / 3 * 12, 0.05),                     # three months of 2022 and 2023
    (("germanium_metal",), 43.7, 0.001),                                             # 2022
    (("graphite_flake", "graphite_spherical"), 12309 * 12, 1),                       # January to October 2023
    (("re2010_light", "re2010_magnet_elements"), 32200 / 9 * 12, 1),                 # January to September 2010
])
def test_chinese_exports_of_other_materials_meet_the_total(source, names, exports, rounding):
    found = sum(tonnes(read(source, f"flows/{name}.csv"), "CHN", lambda to: to != "CHN") for name in names)
    assert found == pytest.approx(exports, abs=rounding)


# 98.8 and 59.2 %: the Chinese shares of refined gallium and germanium; recovered gallium elsewhere lowers the first.
def test_china_makes_its_published_share_of_other_materials(source):
    shares = {}
    for name in ("gallium_metal", "germanium_metal", "re2010_concentrate", "antimony_concentrate"):
        rows = read(source, f"flows/{name}.csv")
        shares[name] = tonnes(rows, "CHN", lambda to: True) / sum(float(row["t_per_year"]) for row in rows)
    assert shares["germanium_metal"] == pytest.approx(0.592, abs=0.01)
    assert 0.8 < shares["gallium_metal"] < 0.988
    assert shares["re2010_concentrate"] == pytest.approx(0.95, abs=0.01)
    assert shares["antimony_concentrate"] == pytest.approx(0.48, abs=0.06)  # by-product mines elsewhere are left out


# What arrives from elsewhere is the same in both tables: only Chinese flows moved.
def test_the_two_magnet_tables_differ_in_chinese_flows_only(source):
    old, new = (read(source, f"flows/{name}.csv") for name in FLOWS[:2])
    assert [row for row in old if row["origin"] != "CHN"] == [row for row in new if row["origin"] != "CHN"]
    margins = [{(r["region"], r["side"]): float(r["t_per_year"]) for r in read(source, f"flows/{name}_margins.csv")} for name in FLOWS[:2]]
    for region, side in margins[0]:
        moved = margins[1][region, side] - margins[0][region, side]
        chinese = [tonnes(t, "CHN", lambda to: side == "production" or to == region) for t in (old, new)]
        wanted = chinese[1] - chinese[0] if (side == "use" or region == "CHN") else 0
        assert moved == wanted, (region, side)


def test_china_refines_and_mines_its_published_share(source):
    # IEA: 92 % of magnet rare earths refined (here of what makers abroad buy), 61 % mined.
    oxide = read(source, "flows/dytb_oxide.csv")
    abroad = sum(float(row["t_per_year"]) for row in oxide if row["destination"] != "CHN")
    assert tonnes(oxide, "CHN", lambda to: to != "CHN") / abroad == pytest.approx(0.92, abs=0.005)
    ore = read(source, "flows/re_concentrate.csv")
    total = sum(float(row["t_per_year"]) for row in ore)
    assert tonnes(ore, "CHN", lambda to: True) / total == pytest.approx(0.61, abs=0.01)


# Working days of 2025 by month: weekdays less holidays plus weekend days worked, from the holiday notice.
def test_the_calendar_has_248_working_days_in_2025(source):
    kinds = {}
    for row in read(source, "calendars/chn.csv"):
        kinds.setdefault(row["kind"], set()).add(datetime.date.fromisoformat(row["date"]))
    assert set(kinds) == {"holiday", "make_up", "new_year"}
    first = datetime.date(2025, 1, 1)
    days = [first + datetime.timedelta(n) for n in range(365)]
    open_days = [d for d in days if (d.weekday() < 5 and d not in kinds["holiday"]) or d in kinds["make_up"]]
    by_month = [len(list(group)) for _, group in itertools.groupby(open_days, key=lambda d: d.month)]
    assert by_month == [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]
    assert sum(by_month) == 248
    assert all(d.weekday() >= 5 for d in kinds["make_up"])
    assert {str(d) for d in kinds["new_year"]} == {
        "2010-02-14", "2011-02-03", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"}


def last_month(date):
    """The last month a date or period covers: a bare year runs to its December."""
    last = re.findall(r"\d{4}(?:-\d{2})?", date)[-1]
    return last if "-" in last else f"{last}-12"


# Quantities after August 2025 are kept unseen, graphite after November 2023; dated policy is public announcement and
# may be later.
def test_no_observation_is_later_than_august_2025(source):
    tables = [(name, "month") for name in KEYS if name.startswith("observed/")] + [("prices.csv", "date")]
    for name, column in tables:
        last = "2023-11" if "graphite" in name else "2025-08"
        for row in read(source, name):
            assert last_month(row[column]) <= last, row
    world = {row["month"]: float(row["tonnes"]) for row in read(source, "observed/magnets_monthly.csv") if row["destination"] == "WORLD"}
    assert len(world) == 8 and min(world, key=world.get) == "2025-05"


# The oxide of the scenarios: six parts dysprosium, one part terbium at the price inside China, before tax.
# The rate comes from the report that gives a price in both currencies; 88 dollars are rounded to 0.6 %, the
# quotes span 0.3 %, and the scenario rounds to 10 USD/kg.
def test_the_price_of_heavy_oxide_follows_from_the_price_table(source):
    prices = {}
    for row in read(source, "prices.csv"):
        if row["market"] == "China, VAT included":
            prices[row["date"], row["commodity"], row["unit"]] = (float(row["low"]) + float(row["high"])) / 2
    rate = prices["2025-08-25", "NdPr oxide", "CNY/kg"] / prices["2025-08-25", "NdPr oxide", "USD/kg"]
    dysprosium, terbium = (prices["2025-07-07", f"{metal} oxide", "CNY/kg"] for metal in ("dysprosium", "terbium"))
    derived = (6 * dysprosium + terbium) / 7 / 1.13 / rate
    text = (source / "scenarios" / "baseline.yaml").read_text()
    (block,) = re.findall(r"\n  dytb_oxide:\n((?:    .*\n)+)", text)
    assert "smm_oxides_jul_2025" in block
    (price,) = re.findall(r"price: (\d+) USD/kg", block)
    assert float(price) == round(derived, -1)
    assert derived == pytest.approx(299, abs=1)

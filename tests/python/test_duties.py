"""The duties of the shipped worlds against the record, every lane into the United States and every day, in ppm."""

import csv
import datetime
import json
import re
from fractions import Fraction

import chokepoint
import pytest
from chokepoint.report.tariffs import rates_by_date, tariffs

FIRST, LAST = datetime.date(2024, 1, 1), datetime.date(2026, 7, 31)  # the record, and a week after its last end
DAYS = [FIRST + datetime.timedelta(n) for n in range((LAST - FIRST).days + 1)]
LINES = {"magnet_hre": "8505110070", "magnet_std": "8505110070", "magnet_smco": "8505110050"}
ORIGINS = "CHN DEU EUX GBR JPN KOR VNM THA IND MEX MMR MYS AUS ROW".split()
GROUPS = {"EU": {"DEU", "EUX"}}
FREE_OF_MFN = {"KOR", "AUS"}  # note of the row of the MFN rate
NOT_OTHER = {"CHN", "MEX"}  # note of the rows for other origins
# Goods that claim it are free of these, from these days on: notes of their rows.
USMCA_FREES = {"mfn": datetime.date.min, "ieepa_fentanyl": datetime.date(2025, 3, 7), "section_122": datetime.date.min}


def ppm(text):
    """Of a rate as the record writes it."""
    number, unit = text.split()
    assert unit == "%"
    whole = Fraction(number) * 10_000
    assert whole.denominator == 1, text
    return int(whole)


@pytest.fixture(scope="module")
def record(source):
    with open(source / "data" / "us_duty_magnets.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["first"] = datetime.date.fromisoformat(row["from"])
        row["last"] = datetime.date.fromisoformat(row["until"]) if row["until"] else datetime.date.max
        row["ppm"] = ppm(row["rate"])
    assert {row["rule"] for row in rows} == {"adds", "ceiling", "exempt", "share"}
    return rows


def of_origin(rows, origin):
    """Those that name it; rows for `other` stand in where none does."""
    named = [row for row in rows if row["origin"] == origin or origin in GROUPS.get(row["origin"], ())]
    if not named and origin not in NOT_OTHER:
        named = [row for row in rows if row["origin"] == "other"]
    return named + [row for row in rows if row["origin"] == "any"]


def owed(record, product, origin, day, authorities=None):
    """ppm by authority that the record puts on a good on a day."""
    rows = [row for row in record if row["first"] <= day <= row["last"] and LINES[product].startswith(row["hts"])]
    (mfn,) = [row["ppm"] for row in rows if row["authority"] == "mfn"]
    out = {"mfn": 0 if origin in FREE_OF_MFN else mfn}
    shares = [row["ppm"] for row in rows if row["rule"] == "share" and row["origin"] == origin]
    for authority in {row["authority"] for row in rows if row["rule"] in ("adds", "ceiling")} - {"mfn"}:
        mine = of_origin([row for row in rows if row["authority"] == authority], origin)
        if any(row["rule"] == "exempt" for row in mine) or not mine:
            continue
        (row,) = mine  # one rate of an authority at a time
        rate = max(0, row["ppm"] - out["mfn"]) if row["rule"] == "ceiling" else row["ppm"]
        out[authority] = rate
    for authority in out.keys() & USMCA_FREES.keys():
        if shares and day >= USMCA_FREES[authority]:
            (claimed,) = shares
            assert out[authority] * (1_000_000 - claimed) % 1_000_000 == 0
            out[authority] = out[authority] * (1_000_000 - claimed) // 1_000_000
    return {name: rate for name, rate in out.items() if authorities is None or name in authorities}


@pytest.fixture(scope="module")
def planned(source, run):
    """planned(scenario, *sets)[origin, product]: ppm by day of the plan of `validate`."""

    def plan(name, *sets, importer="USA", days=DAYS):
        arguments = [f"time.start={days[0]}", f"time.horizon={len(days)} d", *sets]
        process = run("validate", source / "scenarios" / f"{name}.yaml", "--json", *[word for one in arguments for word in ("--set", one)])
        assert process.returncode == 0, process.stderr
        out = {}
        for line in json.loads(process.stdout)["files"][0]["duties"]:
            rates = [(datetime.date.fromisoformat(step["from"]), round(step["percent"] * 10_000)) for step in line["rates"]]
            series = [next(rate for first, rate in reversed(rates) if first <= day) for day in days]
            if line["importer"] == importer:
                out |= {(origin, product): series for origin in line["origins"] for product in line["products"]}
        return out

    return plan


@pytest.mark.parametrize("scenario, authorities", [("geneva_truce", None), ("baseline", {"mfn"})])
def test_every_lane_and_day_is_as_the_record_has_it(record, planned, scenario, authorities):
    plan = planned(scenario)
    wrong = []
    for origin in ORIGINS:
        for product in LINES:
            series = plan.get((origin, product), [0] * len(DAYS))
            for day, rate in zip(DAYS, series):
                due = owed(record, product, origin, day, authorities)
                if rate != sum(due.values()):
                    wrong.append(f"USA <- {origin} {product} {day}: plan {rate} ppm, record {due}")
    print(f"\n{scenario}: {len(ORIGINS) * len(LINES)} lanes on {len(DAYS)} days, {len(wrong)} differences")
    assert wrong == [], wrong[:10]


def steps(series):
    """(day, %) where a series changes, from its start."""
    return [(str(day), rate / 10_000) for at, (day, rate) in enumerate(zip(DAYS, series)) if at == 0 or rate != series[at - 1]]


def test_the_stack_on_chinese_magnets_is_the_published_one(planned):
    """2.1 % is the most-favoured-nation rate; each later figure adds or takes what is named beside it."""
    plan = planned("geneva_truce")
    until_truce = [("2024-01-01", 2.1), ("2025-02-04", 12.1), ("2025-03-04", 22.1),      # emergency 10, 20
                   ("2025-04-05", 32.1), ("2025-04-09", 106.1), ("2025-04-10", 147.1),   # reciprocal 10, 84, 125
                   ("2025-05-14", 32.1)]                                                 # reciprocal 10
    assert steps(plan["CHN", "magnet_hre"]) == until_truce + [
        ("2025-09-08", 22.1), ("2025-11-10", 12.1),  # exempt from the reciprocal duty; emergency 10
        ("2026-01-01", 37.1), ("2026-02-24", 27.1)]  # section 301; emergency duty ends
    assert plan["CHN", "magnet_std"] == plan["CHN", "magnet_hre"]
    assert steps(plan["CHN", "magnet_smco"]) == until_truce + [
        ("2025-11-10", 22.1), ("2026-01-01", 47.1), ("2026-02-24", 37.1), ("2026-07-24", 27.1)]  # section 122 from 24 February to 23 July


def test_without_renewal_the_suspended_points_come_back_but_not_on_exempt_goods(planned):
    plan = planned("truce_breaks")
    tail = [("2025-05-14", 32.1), ("2025-08-12", 56.1)]  # 90 days; +24
    assert steps(plan["CHN", "magnet_hre"])[6:] == tail + [("2025-09-08", 22.1), ("2026-01-01", 47.1), ("2026-02-24", 27.1)]
    assert steps(plan["CHN", "magnet_smco"])[6:] == tail + [("2026-01-01", 81.1), ("2026-02-24", 37.1), ("2026-07-24", 27.1)]
    whole = planned("truce_breaks", "tariffs.usa_on_chn.layers.reciprocal.changes.geneva_cancel.for=90 d")
    assert ("2025-08-12", 147.1) in steps(whole["CHN", "magnet_hre"])


def test_the_answer_of_china_follows_its_announcements(planned):
    """10 April 84 %, 12 April 125 %, from 14 May 10 %; on every good of this world that the United States sell it."""
    plan = planned("geneva_truce", importer="CHN")
    assert {origin for origin, _ in plan} == {"USA"}
    for product in (*LINES, "re_concentrate"):
        assert steps(plan["USA", product]) == [("2024-01-01", 0), ("2025-04-10", 84), ("2025-04-12", 125), ("2025-05-14", 10)]
    assert steps(planned("truce_breaks", importer="CHN")["USA", "re_concentrate"])[3:] == [("2025-05-14", 10), ("2025-08-12", 34)]


def test_a_report_adds_up_what_each_good_pays(source, run, planned, tmp_path):
    """And not the layers of different goods, nor an exemption for those that it does not name."""
    path = tmp_path / "geneva.h5"
    process = run("run", source / "scenarios/geneva_truce.yaml", "-o", path, "--members", 1)
    assert process.returncode == 0, process.stderr
    plan = planned("geneva_truce")
    with chokepoint.open(path) as result:
        rates = rates_by_date(result)
        drawn = tariffs(result, "")
    seen = set()
    for tariff, origin in (("usa_on_chn", "CHN"), ("usa_on_eu_jpn", "JPN")):
        for goods in rates[tariff].columns:
            for product in set(goods.split(", ")) & set(LINES):
                seen.add((tariff, product))
                for day, rate in rates[tariff, goods].items():
                    assert round(rate * 10_000) == plan[origin, product][DAYS.index(day.date())], (tariff, product, day)
    assert len(seen) == 2 * len(LINES)
    assert "United States on China: NdFeB magnets: up to 147.1 % from 10 Apr 2025, 27.1 % at the end" in drawn
    stack = re.search(r'<table id="stack-table".*?</table>', drawn)[0]
    last = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", stack.split("<tr>")[-1])
    assert last == ["2026-02-24", "27.1", "2.1", "0", "0", "25"]  # together, most-favoured-nation, emergency, reciprocal, section 301

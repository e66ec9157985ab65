"""The report as a page of text: what it says, that its numbers are the file's, and that nothing breaks out of it."""

import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import time

import chokepoint
import h5py
import numpy as np
import pandas as pd
import pytest
import results
from conftest import BUILD, SOURCE

SCRIPT = BUILD / "analysis" / "charts.js"
EXAMPLE = SOURCE / "analysis" / "examples" / "antimony_ban_2024.h5"


def make(*files, output, **environment):
    """The finished process of `report`."""
    return subprocess.run([sys.executable, "-m", "chokepoint", "report", *map(str, files), "-o", str(output)], capture_output=True,
                          text=True, env=os.environ | {"CHOKEPOINT_REPORT_SCRIPT": str(SCRIPT)} | environment)


class Page(html.parser.HTMLParser):
    """Tables by id, as a parser of HTML sees them; every element and attribute."""

    def __init__(self, path):
        super().__init__()
        self.tables, self.elements, self.texts = {}, [], []
        self._table = self._cell = None
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self._table = self.tables.setdefault(dict(attrs)["id"], [])
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in ("td", "th") and self._table is not None:
            self._table[-1].append("")
            self._cell = True

    def handle_endtag(self, tag):
        if tag == "table":
            self._table = None
        elif tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data):
        self.texts.append(data)
        if self._cell and self._table:
            self._table[-1][-1] += data

    def numbers(self, identity):
        """Rows of a table without its head: name and numbers."""
        return {row[0]: [float(cell.replace(",", "").replace("–", "nan")) for cell in row[1:]] for row in self.tables[identity][1:]}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "one.html"
    done = make(EXAMPLE, output=path)
    assert done.returncode == 0, done.stderr
    return Page(path)


def shown(value, digits=4):
    """A number as a cell rounds it."""
    if np.isnan(value) or value == 0:
        return value
    return round(float(value), int(min(6, digits - 1 - np.floor(np.log10(abs(value))))))


# --- numbers ------------------------------------------------------------------------------------


def test_fans_hold_the_stored_quantiles(page):
    with h5py.File(EXAMPLE) as file:
        buyers, products = (list(file[name].asstr()[()]) for name in ("buyer", "product"))
        titles = list(file["product_title"].asstr()[()])
        fans = [name for name in page.tables if "fan-" in name]
        assert len(fans) == 9
        for name in fans:
            buyer = name.removeprefix("fan-").removesuffix("-table")
            material = re.search(rf'<figure id="fan-{buyer}".*?Need lost of (.*?), t/d\.', page.source)[1]
            data = file["lost_q" if "lost_q" in file else "shortfall_q"][:, ::7, buyers.index(buyer), titles.index(material)]
            rows = list(page.numbers(name).items())
            assert rows[0][0] == "2024-01-01" and len(rows) == data.shape[1]
            for (_, cells), values in zip(rows, data.T):
                assert cells == [shown(value) for value in values.astype(float)]
        assert products


def test_the_table_by_buyer_is_the_headline(page):
    with chokepoint.open(EXAMPLE) as result:
        table, titles = chokepoint.headline(result), result.text("buyer_title")
        rows = {row[0]: row[1:] for row in page.tables["buyers-table"][1:]}
        assert len(rows) > 10
        for buyer, title in titles.items():
            if title not in rows:
                assert table.loc[(buyer, "lost", "t"), "chance"] == 0
                continue
            unmet = table.loc[(buyer, "lost", "t")]
            worth = table.loc[(buyer, "lost_value", "USD"), "median"] / 1e6
            cells = [float(cell.replace(",", "")) for cell in rows[title][:7]]
            shares = (100 * table.loc[(buyer, measure, "1"), "median"] for measure in ("share", "given_up_share", "lacked_share"))
            assert cells == [shown(v, 3) for v in (*unmet[["median", "low", "high"]], worth, *shares)]
            days = table.loc[(buyer, "first_short_day", "d"), ["median", "low", "high"]]
            middle, low, high = ("–" if np.isnan(day) else str((result.start + pd.Timedelta(days=int(day))).date()) for day in days)
            assert rows[title][8] == (middle if low == high else f"{middle} ({low} to {high})")


def test_cover_flows_files_and_duty_are_those_of_the_file(page):
    with chokepoint.open(EXAMPLE) as result:
        regions = result.text("region_title")
        flows = {(row[0], row[1]): float(row[3].replace(",", "")) for row in page.tables["sankey-table"][1:]}
        totals = np.median(result["exports_monthly"].read().sum((1, 4)), axis=0)
        checked = 0
        for i, origin in enumerate(result.labels("origin")):
            for j, to in enumerate(result.labels("destination")):
                if totals[i, j] > 0:
                    assert flows[regions[origin], f"to {regions[to]}"] == shown(totals[i, j])
                    checked += 1
        assert checked > 5
        sent = np.median(result["route_shipped"].read(route="by_thailand").sum(1))
        title = result.text("route_title")["by_thailand"]
        assert flows[regions["CHN"], f"covert: {title}"] == shown(sent) and sent > 0
        filed = result["files_filed"].read(control="mofcom_antimony").mean(axis=0)
        funnel = page.numbers("funnel-mofcom_antimony-table")
        for name, (total, *parts) in funnel.items():  # the bars add up; each cell is rounded to four digits
            assert total == pytest.approx(sum(parts), abs=sum(0.5 * 10 ** (np.floor(np.log10(v)) - 3) for v in (total, *parts) if v)), name
        assert {name: cells[0] for name, cells in funnel.items()}.items() <= {
            regions[to]: shown(value) for to, value in zip(result.labels("destination"), filed)}.items()  # fmt: skip
        heat, head = page.numbers("heat-table"), page.tables["heat-table"][0]
        titles = {title: buyer for buyer, title in result.text("buyer_title").items()}
        name, cells = next(iter(heat.items()))
        day = head[10]
        ratios = result["stock_q"].read(quantile=0.5, time=day, buyer=titles[name]).astype(float)
        with np.errstate(all="ignore"):
            ratios = ratios / result["need_q"].read(quantile=0.5, time=day, buyer=titles[name])
        assert any(abs(cells[9] - ratio) <= 0.005 * ratio for ratio in ratios if np.isfinite(ratio))


def test_the_difference_is_that_of_compare(run, tmp_path):
    pair = [results.make(run, tmp_path, results.CONTROL, "--members", 6, *more, name=name)
            for name, more in (("a", ()), ("b", ("--set", "licensing.control.throughput.levels.start.level=2 %")))]  # fmt: skip
    done = make(*pair, output=tmp_path / "two.html")
    assert done.returncode == 0, done.stderr
    page = Page(tmp_path / "two.html")
    with chokepoint.open(pair[0]) as a, chokepoint.open(pair[1]) as b:
        comparison = chokepoint.compare(a, b)
        rows = page.numbers("b-delta-table")
        for label, row in comparison.of("lost").iterrows():
            if row["mean"]:
                assert rows[comparison.titles[label]][:3] == [shown(row[key]) for key in ("least", "mean", "most")]
        sums = {row[0]: row[1:] for row in page.tables["b-difference-all-table"][1:]}
        everyone = chokepoint.compare(a, b, by="all").of("duty_paid").iloc[0]
        assert sums["Duty paid at customs by the buyers themselves"][0] == "USD"
        assert float(sums["Duty paid at customs by the buyers themselves"][3].replace(",", "")) == shown(everyone["mean"])
        lost = comparison.of("output_lost").loc["auto_usa"]
        cells = {row[0]: row[1:] for row in page.tables["b-difference-lost-table"][1:]}[f'{comparison.titles["auto_usa"]}: lost output']
        assert cells[0] == "vehicle" and float(cells[3].replace(",", "")) == shown(lost["mean"])
        regions = page.numbers("b-difference-region-table")["United States"]
        region = chokepoint.compare(a, b, by="region").of("lost").loc["USA"]
        assert regions[:5] == [shown(region[key], 3) for key in ("mean_a", "mean_b", "mean", "least", "most")]
    assert rows and "NOT PAIRED" not in page.source
    changed = [row for row in page.tables["b-assume-licensing-table"] if "changed" in row[2]]
    assert [row[:3] for row in changed] == [["licensing.control.throughput.levels.start.level", "2 % (was 10 %)", "set, changed"]]


def test_a_report_of_one_result_marks_what_its_scenario_changed(run, tmp_path):
    variant = tmp_path / "variant.yaml"
    shutil.copy(results.CONTROL, tmp_path)
    shutil.copy(results.CALM, tmp_path)
    variant.write_text("chokepoint: 1\nextends: control.yaml\nname: variant\n"
                       "licensing: { control: { licence_lag: 9 wd, shipment_size: 2 t, end_use: null } }\n")  # fmt: skip
    path = results.make(run, tmp_path, variant, "--members", 2, "--set", "licensing.control.deadline=30 wd")
    assert make(path, output=tmp_path / "one.html").returncode == 0
    page = Page(tmp_path / "one.html")
    marked = {row[0]: row[1:4] for row in page.tables["assume-licensing-table"][1:] if row[2]}
    assert marked["licensing.control.licence_lag"] == ["9 wd (was 6 wd)", "changed", "variant.yaml:4"]
    assert marked["licensing.control.shipment_size"] == ["2 t", "added", "variant.yaml:4"]
    assert marked["licensing.control.deadline"] == ["30 wd (was 45 wd)", "set, changed", "--set 1"]
    assert marked["licensing.control.end_use.defense"][:2] == ["– (was refuse)", "removed"]
    assert "what differs from the files it extends" in page.source
    with chokepoint.open(path) as result:
        assert list(result.changes.loc["licensing.control.licence_lag"]) == ["6 wd", "9 wd", "variant.yaml:4"]


def test_over_mere_defaults_a_whole_scenario_is_not_marked_as_added(run, tmp_path):
    (tmp_path / "defaults.yaml").write_text("chokepoint: 1\nname: defaults\nbehaviour: { lead: { up: 2 %/d } }\n")
    scenario = tmp_path / "whole.yaml"
    scenario.write_text(results.CALM.read_text(encoding="utf-8").replace("chokepoint: 1\n", "chokepoint: 1\nextends: defaults.yaml\n"))
    path = results.make(run, tmp_path, scenario, "--members", 2, "--set", "behaviour.lead.up=3 %/d")
    assert make(path, output=tmp_path / "one.html").returncode == 0
    page = Page(tmp_path / "one.html")
    marks = {row[0]: row[2] for identity, rows in page.tables.items() if "assume-" in identity for row in rows[1:]}
    assert len(marks) > 20 and "added" not in set(marks.values())
    assert marks["behaviour.lead.up"] == "set, changed"


def test_what_a_variant_removed_is_marked_as_well(run, tmp_path):
    pair = [results.make(run, tmp_path, scenario, "--members", 8) for scenario in (results.CONTROL, results.CALM)]
    assert make(*pair, output=tmp_path / "two.html").returncode == 0
    page = Page(tmp_path / "two.html")
    rows = {row[0]: row[1:3] for row in page.tables["calm-assume-licensing-table"][1:]}
    assert rows["licensing.control.licence_lag"][0].startswith("– (was ") and {mark for _, mark in rows.values()} == {"removed"}


def test_results_that_are_not_paired_say_so_in_red(run, tmp_path):
    pair = [results.make(run, tmp_path, results.CONTROL, "--members", 4, "--seed", seed, name=f"s{seed}") for seed in (1, 2)]
    assert make(*pair, output=tmp_path / "two.html").returncode == 0
    page = Page(tmp_path / "two.html")
    assert re.search(r'<p class="warning" role="alert">NOT PAIRED \(seed: 1 against 2\)', page.source)
    assert re.search(r"\.warning \{[^}]*color: var\(--red\)", page.source)


def test_table_json_and_report_name_one_material_group_by_group(source, run, tmp_path):
    """On a shipped scenario, for every group: the one the file names. It lacked the largest share of its need."""
    path = tmp_path / "truce.h5"
    arguments = ("run", source / "scenarios" / "geneva_truce.yaml", "--members", 4, "-o", path, "--force")
    printed = run(*arguments, "--all").stdout
    told = json.loads(run(*arguments, "--json").stdout)["results"][0]["buyers"]
    assert make(path, output=tmp_path / "one.html").returncode == 0
    head, *rows = Page(tmp_path / "one.html").tables["buyers-table"]
    reported = {row[0]: row[head.index("Most short of")] for row in rows}
    lines = {line.split("  ")[0]: line.split() for line in printed.splitlines()}
    with chokepoint.open(path) as result:
        titles, materials, scarcest = (result.text(name) for name in ("buyer_title", "product_title", "buyer_scarcest"))
        lacked, need, unmet = (result[name].read().sum(0) for name in ("lacked_total", "need_total", "shortfall_total"))
        assert (lacked <= unmet + 1e-9).all() and 0 < lacked.sum() < unmet.sum()
        by_most_unmet = named = 0
        for at, buyer in enumerate(result.labels("buyer")):
            (json_says,) = [one["most_short_of"] for one in told if one["id"] == buyer]
            material = scarcest[buyer]
            assert (json_says or "") == material
            if not material:
                lacked_parts = lacked[at][need[at] > 0] / need[at][need[at] > 0]  # each would be printed as 0.0 %
                assert (lacked_parts < 0.0005).all() and reported.get(titles[buyer], "–") == "–"
                continue
            by_lack, by_unmet = (np.divide(one[at], need[at], out=np.zeros(len(need[at])), where=need[at] > 0) for one in (lacked, unmet))
            assert result.labels("product")[int(np.argmax(by_lack))] == material
            assert material in lines[titles[buyer]] and reported.get(titles[buyer], materials[material]) == materials[material]
            named += 1
            by_most_unmet += result.labels("product")[int(np.argmax(by_unmet))] == material
    assert named > 40 < len(reported) and by_most_unmet < named  # the share unmet would name another


def test_a_caution_a_season_and_a_range_of_dates_stand_where_they_are_needed(run, tmp_path):
    more = ("--set", "regions.CHN.calendar=calendars/chn.csv", "--set", "behaviour.season={ region: CHN }", "--set", "caveats={ cars: { figure: output_lost, text: Too many <cars> }, need: { figure: lost, text: Too much } }")
    path = results.make(run, tmp_path, results.CONTROL, "--members", 8, *more)
    assert make(path, output=tmp_path / "report.html").returncode == 0
    seen = Page(tmp_path / "report.html")
    text = " ".join(" ".join(seen.texts).split())
    assert "Too many <cars>." in text and text.count("Caution:") == 2
    with chokepoint.open(path) as result:
        days = chokepoint.headline(result).xs("first_short_day", level="measure")
        first = days[days["low"].apply(np.floor) < days["high"].apply(np.floor)].iloc[0]
        low, high = (f"{day.day} {day:%B %Y}" for day in (result.start + pd.Timedelta(days=int(first[end])) for end in ("low", "high")))
    assert f"(90 % of members {low} to {high})" in text
    assert "season included" in text and text.count("The ordinary season is included") == 2  # of the charts over time, of the days of cover
    assert "A posture is how an authority treats" in text and "values drawn" not in text
    plain = results.make(run, tmp_path, results.CONTROL, "--members", 2, name="plain")
    assert make(plain, output=tmp_path / "plain.html").returncode == 0
    text = " ".join(Page(tmp_path / "plain.html").texts)
    assert "season" not in text and "Caution" not in text


def test_few_members_are_said_to_give_no_interval(run, tmp_path):
    one = results.make(run, tmp_path, results.CONTROL, "--members", 1)
    assert make(one, output=tmp_path / "one.html").returncode == 0
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "control: one member only, which has no interval, run at least 20." in text
    assert "1 of 1 member<" in text  # singular


# --- what drives the spread ---------------------------------------------------------------------


def test_chance_seldom_makes_a_driver():
    """Of 400 outcomes that nothing drives about 20 may pass the bound (5 %); 40 and more have a chance of 1 in 30,000."""
    from chokepoint.report.drivers import rank_correlations

    random = np.random.default_rng(2)
    parameters = pd.DataFrame(random.random((40, 30)), columns=[f"key{i}" for i in range(30)])
    alarms = 0
    for _ in range(400):
        rho, bound = rank_correlations(parameters, random.random(40))
        alarms += abs(rho.iloc[0]) > bound
    print(f"\nfalse alarms: {alarms} of 400")
    assert 0 < alarms < 40
    outcome = parameters["key7"] + 0.2 * random.random(40)
    rho, bound = rank_correlations(parameters, outcome)
    assert rho.index[0] == "key7" and rho.iloc[0] > 0.9 > bound
    assert rho.iloc[0] == pytest.approx(parameters["key7"].corr(outcome, method="spearman"), rel=1e-12)
    assert rank_correlations(parameters, outcome)[1] == bound


def test_a_driver_has_a_title_and_chance_has_none(run, tmp_path):
    level = "ensemble.vary.licensing.control.throughput.levels.start.level={uniform: [1 %, 40 %]}"
    path = results.make(run, tmp_path, results.CONTROL, "--members", 12, "--set", level)
    noise = tmp_path / "noise.h5"
    shutil.copy(path, noise)
    with h5py.File(noise, "r+") as file, chokepoint.open(path) as result:
        total = np.argsort(np.argsort(result["shortfall_total"].read().sum((1, 2))))
        # Ranks of the drawn value in an order that has next to nothing to do with those of the outcome.
        order = np.array([5, 0, 8, 3, 11, 6, 1, 9, 4, 10, 2, 7], float)
        assert abs(np.corrcoef(order, np.arange(12))[0, 1]) < 0.3
        file["parameters/licensing.control.throughput.levels.start.level"][...] = order[total]
    for file, heads in ((path, "Share of the controlled base flow decided a day (control, start): higher values go with less"), (noise, "No single assumption explains the spread")):
        assert make(file, output=tmp_path / f"{file.stem}.html").returncode == 0
        page = Page(tmp_path / f"{file.stem}.html")
        heading = re.search(r'<h3 id="rho-title">(.*?)</h3>', page.source)[1].replace("<wbr>", "")
        assert heading.startswith(heads), heading
        assert page.tables["rho-table"][1][2].startswith("licensing.control.")


# --- the page -----------------------------------------------------------------------------------


def test_parts_come_in_order_and_every_chart_has_heading_caption_and_table(page):
    heads = re.findall(r'<h2 id="(\w+)-head">', page.source)
    assert heads == ["headline", "who", "when", "licences", "flows", "cover", "duties", "drivers", "assumptions", "origin"]
    figures = re.findall(r'<figure id="([^"]+)".*?</figure>', page.source, re.DOTALL)
    assert len(figures) >= 14
    for body in re.findall(r"<figure .*?</figure>", page.source, re.DOTALL):
        identity = re.match(r'<figure id="([^"]+)"', body)[1]
        assert re.search(r"<h3 [^>]*>(?:[^<]|<wbr>){10,}</h3>", body), identity
        assert re.search(r"<figcaption>[^<]{10,}</figcaption>", body), identity
        assert len(page.tables[f"{identity}-table"]) > 1, identity
    text = " ".join(page.texts)
    for words in ("not a forecast", "90 % of members", "Who runs short of antimony", "chokepoint run scenarios/antimony_ban_2024.yaml"):
        assert words in text
    assert dict(page.elements[0][1]) == {"lang": "en"}


def test_the_policy_names_the_hashes_of_what_is_there_and_nothing_else_runs(page):
    policy = next(attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page.source, re.DOTALL)
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
    for tag, attrs in page.elements:
        assert "style" not in attrs and not [name for name in attrs if name.startswith("on")], tag
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        assert "src" not in attrs and (attrs.get("href", "#").startswith("#")), attrs


def test_it_is_small_and_quick(page, tmp_path):
    """400 members of the example: its own, each variable by member repeated."""
    large = tmp_path / "large.h5"
    shutil.copy(EXAMPLE, large)
    with h5py.File(large, "r+") as file:
        count = len(file["member"])
        times = 400 // count
        names = [name for name, item in file.items() if isinstance(item, h5py.Dataset) and item.shape and item.shape[0] == count
                 and name not in ("route", "member") and (name.startswith("member_") or name in chokepoint.VARIABLES)]
        axes = {name: list(chokepoint.VARIABLES[name].dims) if name in chokepoint.VARIABLES else ["member"] for name in names}
        names = [name for name in names if axes[name][0] == "member"]
        data = {name: np.concatenate([file[name][()]] * times) for name in names}
        for name in [*names, "member"]:
            del file[name]
        file["member"] = np.arange(times * count, dtype="i4")
        file["member"].make_scale("member")
        for name in names:
            new = file.create_dataset(name, data=data[name], compression=4, chunks=(1, *data[name].shape[1:]), dtype=data[name].dtype
                                      if data[name].dtype != object else h5py.string_dtype())
            for at, axis in enumerate(axes[name]):
                new.dims[at].attach_scale(file[axis])
        for name in [name for name in file["parameters"] if name != "member"]:
            values = np.concatenate([file["parameters"][name][()]] * times)
            del file["parameters"][name]
            file["parameters"][name] = values
        file.attrs.modify("members_requested", times * count)
        file.attrs.modify("members_done", times * count)
    begun, before = time.perf_counter(), os.times()
    done = make(large, output=tmp_path / "large.html")
    wall, after = time.perf_counter() - begun, os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    assert done.returncode == 0, done.stderr
    size = (tmp_path / "large.html").stat().st_size
    print(f"\n400 members: {size / 1e6:.2f} MB in {wall:.1f} s ({seconds:.1f} s of processor); the example: {len(page.source.encode()) / 1e6:.2f} MB")
    assert size < 3e6 and seconds < 5  # of processor: other tests run at the same time


EVIL = '</script><img src=x onerror="alert(1)">&amp;\'"<!--]]>'


@pytest.fixture(scope="session")
def evil(tmp_path_factory):
    """The example with text of a user's that tries to break out."""
    path = tmp_path_factory.mktemp("evil") / "evil.h5"
    shutil.copy(EXAMPLE, path)
    with h5py.File(path, "r+") as file:
        for name in ("title", "question"):
            file.attrs.modify(name, EVIL)
        for name in ("buyer_title", "product_title", "region_title", "route_title"):
            file[name][...] = [f"{i} {EVIL}" for i in range(len(file[name]))]
        file["events/text"][...] = [EVIL] * len(file["events/text"])
        scenario = file["provenance/scenario"].asstr()[()]
        file["provenance/scenario"][()] = scenario.replace("Licences for antimony", EVIL.replace('"', '\\"'))
        file["provenance/command_line"][()] = f"chokepoint run '{EVIL}'"
    return path


def test_text_of_a_scenario_stays_text(evil, tmp_path):
    assert make(evil, output=tmp_path / "evil.html").returncode == 0
    page = Page(tmp_path / "evil.html")
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert len(re.findall(r"<script", page.source)) == page.source.count("</script>") == 1
    assert EVIL in page.texts or EVIL in "".join(page.texts)
    assert any(EVIL in row[0] for row in page.tables["buyers-table"])


def test_members_that_failed_are_told(run, tmp_path):
    path = tmp_path / "failed.h5"
    shutil.copy(EXAMPLE, path)
    with h5py.File(path, "r+") as file:
        members = len(file["member"])
        file["member_status"][3] = 1
        for name in chokepoint.VARIABLES:
            if name in file and chokepoint.VARIABLES[name].dims[0] == "member":
                file[name][3] = np.nan if file[name].dtype.kind == "f" else -1
        file.attrs.modify("members_done", members - 1)
    assert make(path, output=tmp_path / "failed.html").returncode == 0
    page = Page(tmp_path / "failed.html")
    assert f"1 of {members} members not done" in page.source
    for identity, rows in page.tables.items():
        assert "nan" not in str(rows).lower(), identity


def test_a_world_without_any_policy_makes_a_report(run, tmp_path):
    calm = results.make(run, tmp_path, results.CALM, "--members", 2)
    done = make(calm, output=tmp_path / "calm.html")
    assert done.returncode == 0, done.stderr
    text = " ".join(Page(tmp_path / "calm.html").texts)
    assert "No buyer group runs short, or loses over 1 % of its need, in any member" in text and "No licence was applied for" in text and "No duty changes" in text
    page = Page(tmp_path / "calm.html")
    heads = re.findall(r'<h2 id="(\w+)-head">', page.source)
    assert heads == ["headline", "licences", "flows", "duties", "assumptions", "origin"]  # nothing empty is drawn
    assert re.findall(r'<li><a href="#(\w+)">', page.source) == heads
    assert not set(page.tables) & {"buyers-table", "share-table", "heat-table", "rho-table"}


def test_a_page_goes_to_standard_output(page, tmp_path):
    done = make(EXAMPLE, output="-")
    assert done.returncode == 0 and done.stdout == page.source


def test_errors(tmp_path):
    (tmp_path / "mine.html").write_text("mine")
    kept = make(EXAMPLE, output=tmp_path / "mine.html")
    assert kept.returncode == 4 and "--force" in kept.stderr and (tmp_path / "mine.html").read_text() == "mine"
    assert make(tmp_path / "none.h5", output=tmp_path / "x.html").returncode == 4
    bare = make(EXAMPLE, output=tmp_path / "x.html", CHOKEPOINT_REPORT_SCRIPT="", XDG_CACHE_HOME=str(tmp_path), PATH="/nowhere")
    assert bare.returncode == 4 and "apt-get install -y --no-install-recommends npm" in bare.stderr
    assert not (tmp_path / "x.html").exists()

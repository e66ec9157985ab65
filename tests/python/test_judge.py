"""What cannot be true is refused with its row, what is beyond what is published is told, before anything runs."""

import json
import re
import shutil

import h5py
import pytest

SHIPPED = ["antimony_ban_2024", "baseline", "gallium_germanium_2023", "geneva_truce", "graphite_2023", "rare_earths_2010", "truce_breaks", "limits/ario", "limits/partial_equilibrium"]


def warnings(finished):
    """What is warned of, but for duties beyond the range in which an elasticity was estimated, which are true."""
    told = ("raises the landed price", "holds from before the first day")  # have tests of their own
    return [line for line in finished.stderr.splitlines() if "warning:" in line and not any(words in line for words in told)]


@pytest.fixture()
def world(source, tmp_path):
    """world(text, **files): a variant of the truce in a copy of the shipped scenarios."""
    shutil.copytree(source / "scenarios", tmp_path / "scenarios")

    def write(text, parent="geneva_truce.yaml", **files):
        for name, content in files.items():
            (tmp_path / "scenarios" / f"{name}.csv").write_text(content)
        path = tmp_path / "scenarios" / "variant.yaml"
        path.write_text(f"chokepoint: 1\nextends: {parent}\nname: variant\n{text}")
        return path

    return write


def flows(source, change):
    """The shipped magnet table with one row changed by `change`."""
    text = (source / "data" / "flows" / "magnets_2025q1.csv").read_text()
    row = re.search(r"^CHN,USA,(\d+),", text, re.M)
    return text.replace(row[0], f"CHN,USA,{change(int(row[1]))},"), int(row[1])


@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_scenario_is_warned_of(run, source, name):
    valid = run("validate", source / "scenarios" / f"{name}.yaml")
    assert valid.returncode == 0 and warnings(valid) == []


def test_one_flow_in_kilograms_is_refused_with_its_row_and_slip(run, source, world):
    table, tonnes = flows(source, lambda tonnes: tonnes * 1000)
    path = world("families: { magnets: { flows: kilograms.csv } }\n", kilograms=table)
    refused = run("run", path, "--members", 1, cwd=path.parent)
    assert refused.returncode == 3 and not list(path.parent.glob("*.h5"))
    (line,) = [line for line in refused.stderr.splitlines() if "error:" in line]
    row = 1 + table.splitlines().index(next(r for r in table.splitlines() if r.startswith("CHN,USA")))
    assert f"kilograms.csv:{row}:" in line and f"{tonnes * 1000} t/yr from CHN to USA" in line
    assert re.search(r"use of USA, .*magnets_2025q1_margins\.csv:\d+", line)
    times = re.search(r"leave of the use of USA, (\d+) t/yr of .* (\d+) times too large; kilograms\?$", line)
    assert int(times[2]) == pytest.approx(tonnes * 1000 / int(times[1]), rel=0.01)  # of the amount the sentence names


def test_a_flow_too_small_by_a_slip_is_refused_itself_and_no_other_row(run, source, world):
    table, tonnes = flows(source, lambda tonnes: tonnes / 1000)
    table = table.replace(".0,", ",")
    path = world("families: { magnets: { flows: thousands.csv } }\n", thousands=table)
    refused = run("validate", path, cwd=path.parent)
    assert refused.returncode == 3
    (line,) = [line for line in refused.stderr.splitlines() if "error:" in line or ("warning:" in line and "landed" not in line)]
    assert "thousands.csv:3:" in line and f"{tonnes / 1000} t/yr from CHN to USA" in line and line.endswith("times too small; thousands of tonnes?")


COBALT = """chokepoint: 1
name: cobalt
time: { start: 2025-01-01, horizon: 40 d }
regions: { COD: {}, CHN: {}, USA: {}, FIN: {} }
products: { co: { price: 25 USD/kg, elements: { Co: 100 % } } }
families: { cobalt: { controlled: co, flows: co.csv } }
producers: { mines: { region: COD, makes: co, firms: 3, utilisation: 90 % } }
buyers:
  chn: { sector: other, region: CHN, firms: 3, uses: { co: { amount: 150000 t/yr } } }
  usa: { sector: other, region: USA, firms: 3, uses: { co: { amount: 9000 t/yr } } }
  fin: { sector: other, region: FIN, firms: 3, uses: { co: { amount: 12000 t/yr } } }
"""


def cobalt(tmp_path, element="Co: 100 %", **tonnes):
    rows = {"CHN": 150000, "USA": 9000, "FIN": 12000} | tonnes
    (tmp_path / "co.csv").write_text("origin,destination,t_per_year,kind,source,note\n" + "".join(f"COD,{to},{much},fixed,assumption,\n" for to, much in rows.items()))
    path = tmp_path / "cobalt.yaml"
    path.write_text(COBALT.replace("Co: 100 %", element))
    return path


def test_a_table_in_kilograms_is_refused_in_the_table(run, tmp_path):
    assert run("validate", cobalt(tmp_path)).stderr == ""
    kilograms = {"CHN": 150_000_000, "USA": 9_000_000, "FIN": 12_000_000}
    world = run("validate", cobalt(tmp_path, **kilograms))
    assert world.returncode == 3 and re.search(r"co\.csv:2:1: error: families\.cobalt\.flows: .*whole world, 290000 t/yr \(usgs_mcs_2025_cobalt", world.stderr), world.stderr
    # Where no world total is known the needs tell it.
    needs = run("validate", cobalt(tmp_path, "Zr: 100 %", **kilograms))
    assert needs.returncode == 3 and re.search(r"co\.csv:2:1: error: .* every region is off alike; 1000 times too large; kilograms\?", needs.stderr), needs.stderr


def test_one_row_that_explains_a_gap_is_named_and_not_the_need(run, tmp_path):
    table = cobalt(tmp_path, USA=9)
    (tmp_path / "co.csv").write_text((tmp_path / "co.csv").read_text().replace("COD,USA,9,", "COD,USA,9,") + "FIN,USA,3000,fixed,assumption,\n")
    table.write_text(COBALT.replace("amount: 9000 t/yr", "amount: 12000 t/yr").replace("firms: 3, utilisation: 90 % } }", "firms: 3, utilisation: 90 % }, fin_mine: { region: FIN, makes: co, firms: 1, utilisation: 90 % } }"))
    told = run("validate", table)
    assert re.search(r"co\.csv:3:1: warning: .*9 t/yr from COD to USA is far from what the other flows leave of what USA needs, 9000 t/yr of 12000 t/yr.* 1000 times too small", told.stderr), told.stderr


def test_more_than_the_world_makes_is_refused_before_a_run_is_tried(run, source, world):
    table, _ = flows(source, lambda _: 10**9)
    path = world("families: { magnets: { flows: giant.csv, margins: null } }\n", giant=table)
    refused = run("run", "--dry-run", path, cwd=path.parent)
    assert refused.returncode == 3
    assert "giant.csv:3:" in refused.stderr and "published for the whole world, 240000 t/yr (ieee_ndfeb_2024" in refused.stderr
    # Without margins the table is held against the world alone: a third more than all magnets is told, not refused.
    most = world("families: { magnets: { flows: many.csv, margins: null } }\n", many=flows(source, lambda _: 100_000)[0])
    told = run("validate", most, cwd=path.parent)
    assert told.returncode == 0 and "many.csv:" in told.stderr and "more than is published for the whole world" in told.stderr


def test_a_capacity_and_a_price_in_the_wrong_unit_are_refused(run, source):
    wrong = run("validate", source / "scenarios" / "geneva_truce.yaml", "--set", "products.dytb_oxide.price=300000 USD/kg", "--set", "producers.jpn_magnet_std.utilisation=null", "--set", "producers.jpn_magnet_std.capacity=8000 t/d")
    assert wrong.returncode == 3
    assert "products.dytb_oxide.price: 300000 USD/kg is far from the published prices of dysprosium oxide" in wrong.stderr and "USD/t?" in wrong.stderr
    assert "producers.jpn_magnet_std.capacity" in wrong.stderr and "whole world" in wrong.stderr
    told = run("validate", source / "scenarios" / "geneva_truce.yaml", "--set", "products.dytb_oxide.price=10000 USD/kg")
    assert told.returncode == 0 and "warning: products.dytb_oxide.price" in told.stderr


# A slip of the unit in what a buyer makes or takes: refused or told at the line that has it, and not at the file it extends.
SLIPS = {
    "buyers.auto_usa.uses.magnets.amount=400 kg/vehicle": (3, "400 kg a vehicle is far from what is published, 0.25 to 3 kg", "133 times too large; grams?"),
    "buyers.auto_usa.uses.magnets.amount=0.4 g/vehicle": (3, "0.0004 kg a vehicle is far from what is published", "625 times too small; kilograms?"),
    "buyers.auto_usa.uses.magnets.amount=4 kg/vehicle": (3, "comes to 42249 t/yr of magnets (28938 vehicle/d at 4 kg each)", "lower an amount"),
    "buyers.auto_usa.output=10562370 vehicle/d": (3, "USA makes 3855265050 vehicles a year, and 10562188 are published (oica_2024", "365 times too large; a year for a day?"),
    "buyers.auto_usa.output=28 vehicle/d": (0, "USA makes 10220 vehicles a year", "1033 times too small; thousands, or a day for a year?"),
    "buyers.defense_usa.uses.magnet_smco.amount=40000 t/yr": (3, "comes to 40000 t/yr of magnet_smco", "235 times too large (kilograms, or a year for a day?)"),
    "producers.jpn_magnet_std.floor={ price: 100000 USD/kg, from: 2025-03-01 }": (3, "100000 USD/kg is far from the published prices of rare-earth magnets", "USD/t?"),
}


@pytest.mark.parametrize("setting", SLIPS)
def test_a_slip_of_a_buyer_is_told_where_it_stands(run, source, setting):
    code, problem, remedy = SLIPS[setting]
    told = run("validate", source / "scenarios" / "geneva_truce.yaml", "--set", setting)
    assert told.returncode == code, told.stderr
    (line,) = [line for line in told.stderr.splitlines() if re.match(r"--set 1: (error|warning): ", line)]
    assert problem in line and remedy in line


STOCKPILE = "stockpiles: {{ pile: {{ region: USA, product: magnet_std, serves: auto_usa, stock: {stock}, release: {release}, refill: {{ from: jpn_magnet_std, below: 1.2 x, rate: {rate}, target: {target} }} }} }}\n"
USUAL = {"stock": "50 t", "release": "1 t/d", "rate": "1 t/d", "target": "60 t"}
CAPACITY = "producers: {{ jpn_magnet_std: {{ projects: {{ new: {{ start: 2025-06-01, capacity: {} }} }} }} }}\n"
ROUTE = "routes: {{ by_thailand: {{ share: null, capacity: {} }} }}\nensemble: {{ vary: {{ routes.by_thailand.share: null }} }}\n"
# The world makes 240,000 t of magnets a year: more is told, ten times more is refused.
BEYOND = {
    "stockpiles.pile.stock": (STOCKPILE, {"stock": "300000 t"}, {"stock": "5000000 t"}, r"pile holds (300000|5000000) t, more than is published for a year of the whole world, 240000 t \(", "kilograms?"),
    "stockpiles.pile.release": (STOCKPILE, {"release": "300000 t/d"}, {"release": "5000000 t/d"}, r"pile gives up to (300000|5000000) t on one day, more than", "kilograms, or a year for a day?"),
    "stockpiles.pile.refill.rate": (STOCKPILE, {"rate": "300000 t/yr"}, {"rate": "5000000 t/yr"}, r"pile buys up to (300000|5000000) t/yr, more than", "kilograms, or a day for a year?"),
    "stockpiles.pile.refill.target": (STOCKPILE, {"target": "300000 t"}, {"target": "5000000 t"}, r"pile buys until it holds (300000|5000000) t, more than", "kilograms?"),
    "producers.jpn_magnet_std.projects.new.capacity": (CAPACITY, "300000 t/yr", "5000000 t/yr", r"jpn_magnet_std adds by it (300000|5000000) t/yr, more than", "kilograms, or a day for a year?"),
    "routes.by_thailand.capacity": (ROUTE, "300000 t/yr", "5000000 t/yr", r"by_thailand carries up to (300000|5000000) t/yr, more than", "kilograms, or a day for a year?"),
    "licensing.mofcom_18.shipment_size": ("licensing: {{ mofcom_18: {{ shipment_size: {} }} }}\n", "300000 t", "5000000 t", r"one licence is for up to (300000|5000000) t, more than", "kilograms?"),
}


@pytest.mark.parametrize("key", BEYOND)
def test_every_quantity_is_held_against_what_the_world_makes(run, world, key):
    text, more, far_more, problem, slip = BEYOND[key]
    write = (lambda value: text.format(**(USUAL | value))) if isinstance(more, dict) else text.format
    path = world(write(more))
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0, told.stderr
    assert re.search(rf"variant\.yaml:\d+:\d+: warning: {re.escape(key)}: {problem}", told.stderr), told.stderr
    path = world(write(far_more))
    refused = run("validate", path, cwd=path.parent)
    assert refused.returncode == 3
    (line,) = [line for line in refused.stderr.splitlines() if f"error: {key}: " in line]
    assert "variant.yaml:" in line and re.search(problem, line) and line.endswith(f"times as much; {slip}"), line


def test_usual_quantities_of_supply_are_not_told(run, world):
    path = world(STOCKPILE.format(**USUAL) + CAPACITY.format("3000 t/yr"))
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0 and warnings(told) == [], told.stderr


def test_arrivals_beyond_the_table_are_told_by_row(run, world, source):
    """The stated need of a buyer decides what is shipped, whatever the table says."""
    table = (source / "data" / "flows" / "gallium_metal.csv").read_text()
    small = re.sub(r"^(\w+),USA,[\d.]+", r"\1,USA,0.4", table, flags=re.M)
    path = world("families: { gallium: { flows: small.csv } }\n", parent="baseline_gallium_germanium.yaml", small=small)
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0
    assert re.search(r"warning: buyers\.\w+\.uses\.\w+: with this USA needs .* but the table brings .*small\.csv:\d+.*as much as is needed is shipped", told.stderr)
    assert re.search(r"  gallium to USA: the table brings [\d.]+ \(small\.csv:\d+\), needed are [\d.]+ \(buyers\.", told.stdout)
    plan = json.loads(run("validate", "--json", path, cwd=path.parent).stdout)["files"][0]
    assert [gap["region"] for gap in plan["needs_off_tables"] if gap["family"] == "gallium"] == ["USA"]


def metrics(path, *names):
    with h5py.File(path) as file:
        found = {}
        file.visititems(lambda name, item: found.setdefault(name.rsplit("/", 1)[-1], item) and None)
        return {name: float(found[name][...].sum()) for name in names}


def test_grams_are_counted_as_finely_as_needed_or_refused(run, tmp_path):
    path = tmp_path / "grams.yaml"
    path.write_text(
        "chokepoint: 1\nname: grams\ntime: { start: 2028-02-01, horizon: 40 d }\nregions: { AAA: {}, BBB: {} }\n"
        "products: { sc: { price: 3 USD/g } }\nproducers: { makers: { region: AAA, makes: sc, firms: 1, capacity: 40 kg/yr } }\n"
        "buyers: { users: { sector: other, region: BBB, firms: 1, uses: { sc: { amount: 30 g/yr } } } }\n"
    )
    duty = "tariffs: { t: { importer: BBB, origin: AAA, layers: { l: { rate: 10 % } } } }\n"
    path.write_text(path.read_text() + duty)
    for grams, step in (30, "0.0001 g"), (300, "0.001 g"), (3000, "0.01 g"), (30_000_000, None):
        size = ["--set", f"buyers.users.uses.sc.amount={grams} g/yr", "--set", "producers.makers.capacity=40 t/yr"]
        told = run("validate", path, *size)
        assert told.returncode == 0 and ("counted in steps of" in told.stdout) == (step is not None)
        if step:
            assert f"goods are counted in steps of {step}, since someone needs little" in told.stdout
        assert run("run", path, *size, "--members", 1, "-o", tmp_path / f"{grams}.h5").returncode == 0
        got = metrics(tmp_path / f"{grams}.h5", "need_total", "used_total", "duty_paid")
        need = grams * 40 / 365
        assert got["need_total"] * 1e6 == pytest.approx(need, rel=0.005)
        assert got["used_total"] == got["need_total"]
        assert got["duty_paid"] == pytest.approx(0.1 * 3 * need, rel=0.005)
    many = "  many: { sector: other, region: BBB, firms: 9, uses: { sc: { amount: 100000 t/yr } } }\n"
    path.write_text(path.read_text().replace(duty, many + duty).replace("buyers: { users: {", "buyers:\n  users: {").replace("} } } }\n  many", "} } }\n  many"))
    refused = run("validate", path, "--set", "producers.makers.capacity=200000 t/yr")
    assert refused.returncode == 3
    assert re.search(r"buyers\.users\.uses\.sc: needs 0\.0822 g/d of sc, but .*; let one block stand for this and others", refused.stderr)


IDLE = {  # what is said in a variant of the truce: what it is told
    "tariffs: { mys_on_aus: { importer: MYS, origin: AUS, layers: { x: { products: [magnet_smco], rate: 50 % } } } }":
        "tariffs.mys_on_aus: no goods it is charged on move from AUS to MYS: the duty is charged on nothing",
    "tariffs: { usa_on_jpn2: { importer: DEU, origin: CHN, layers: { x: { rate: 5 % }, y: { products: re_concentrate, rate: 50 % } } } }":
        "tariffs.usa_on_jpn2.layers.y: none of its goods (re_concentrate) move on these lanes",
    "tariffs: { usa_on_jpn2: { importer: DEU, origin: CHN, layers: { x: { rate: 5 % }, y: { rate: 0 % } } } }":
        "tariffs.usa_on_jpn2.layers.y: is 0 % on every day",
    "licensing: { none: { authority: AUS, controls: [Dy], from: 2025-03-01, throughput: { mode: unlimited }, postures: { p: { weight: 1 x } }, toward: { other: p } } }":
        "licensing.none: no goods under it",
    "licensing: { mofcom_18: { postures: { spare: { weight: 1 x } } } }":
        "licensing.mofcom_18.postures.spare: no destination ever has it",
    "licensing: { mofcom_18: { priorities: { nobody: { sectors: [medical], destinations: [AUS], weight: 2 x } } } }":
        "licensing.mofcom_18.priorities.nobody: no file is ever among those it names",
    "tariffs: { usa_other: { importer: USA, origin: other, layers: { x: { rate: 20 %, products: [magnets] } } } }":
        "tariffs.usa_other: every origin with goods is named by another block",
    "flags: { unseen: { from: 2025-03-01 } }":
        "flags.unseen: no rule and no renewal asks for it",
    "flags: { down: {} }\nrules: { r: { when: { flag: down }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: the flag down is never raised",
    "rules: { r: { when: { tariff: usa_on_chn, above: 200 % }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: usa_on_chn never goes above",
    "rules: { r: { when: { from: 2031-01-01, tariff: usa_on_chn, above: 5 % }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r.when.from: 2031-01-01 is after the last day",
    "rules: { r: { when: { until: 2021-01-01, tariff: usa_on_chn, above: 5 % }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: it ends on 2021-01-01, before the first day",
    "rules: { r: { when: { tariff: usa_on_chn, above: 5 %, for: 900 d }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: usa_on_chn is above 5 % for",
    "rules: { r: { when: { tariff: usa_on_chn, above: 160 % }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: usa_on_chn never goes above 147.1 % (reached on 2025-04-10)",
    "rules: { r: { when: { shortage: { buyers: auto_usa }, above: 5 %, for: 900 d }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: it must hold for 900 d in a row",
    "rules: { snap_back: { when: { above: 300 % } } }":
        "rules.snap_back: cannot fire while the run lasts: usa_on_chn never goes above",
    "rules: { snap_back: { then: { after: 900 wd } } }":
        "rules.snap_back.then.after: 900 wd after the rule fires is",
    "regions: { ZZZ: {} }": "regions.ZZZ: nobody in it makes, trades or uses anything",
    "behaviour: { sourcing: { sigma: 3 } }": "behaviour.sourcing.sigma: does nothing, since ensemble.vary (./geneva_truce.yaml:335) draws",
    "behaviour: { price: { speed: 0 %/d } }\nrules: { r: { when: { price: magnet_hre, above: 150 % }, then: { licensing: mofcom_18, toward: { USA: no_framework } } } }":
        "rules.r: cannot fire while the run lasts: prices are fixed",
    "products: { spare: { price: 5 USD/kg } }":
        "products.spare: nobody needs it",
    "stockpiles: { empty: { region: USA, product: magnet_hre, serves: defense_usa, release: 1 t/d } }":
        "stockpiles.empty: holds nothing and buys nothing",
    "stockpiles: { shut: { region: USA, product: magnet_hre, serves: defense_usa, stock: 9 t, release: 0 t/d } }":
        "stockpiles.shut.release: is 0 t/d, so nobody ever draws on it",
    "behaviour: { search: { after: 21 d } }": "behaviour.search.after: does nothing while behaviour.search.candidates is 0",
    "behaviour: { switching: { cap: 11 % } }": "behaviour.switching.cap: does nothing while behaviour.switching.speed is 0 %/d",
    "behaviour: { strain: { price: 3 x } }": "behaviour.strain.price: does nothing while switching, substitution and search are off",
    "behaviour: { production: { catch_up_cap: 3 % } }": "behaviour.production.catch_up_cap: does nothing while behaviour.production.catch_up is 0 %",
    "behaviour: { investment_cap: 3 %/yr }": "behaviour.investment_cap: does nothing, since no producer has investment",
    "licensing: { mofcom_18: { priorities: { home: { end_users: [auto_chn, wind_chn], weight: 2 x } } } }":
        "licensing.mofcom_18.priorities.home: does nothing, since nobody in CHN, the region of the authority itself, needs a licence; name buyers of controlled goods abroad",
    "licensing: { mofcom_18: { priorities: { home: { destinations: [CHN], weight: 2 x } } } }":
        "licensing.mofcom_18.priorities.home: does nothing, since nobody in CHN",
    "licensing: { mofcom_18: { entities: { home: { users: [auto_chn], state: banned } } } }":
        "licensing.mofcom_18.entities.home: does nothing, since nobody in CHN, the region of the authority itself, needs a licence; list buyers of controlled goods abroad",
    "licensing: { mofcom_18: { entities: { home: { firms: [auto_chn/0], state: banned } } } }":
        "licensing.mofcom_18.entities.home: does nothing, since nobody in CHN",
    "licensing: { mofcom_18: { entities: { nobody: { users: [auto_jpn] } } } }":
        "licensing.mofcom_18.entities.nobody: has the state none on every day",
    "licensing: { mofcom_18: { odds: { country: { CHN: 1 } } } }":
        "licensing.mofcom_18.odds.country.CHN: does nothing, since nobody in CHN",
    "tariffs: { usa_on_chn: { layers: { fentanyl: { changes: { again: { date: 2025-05-01, rate: 20 % } } } } } }":
        "tariffs.usa_on_chn.layers.fentanyl.changes.again: gives the rate already in force, 20 %: nothing changes",
    "tariffs: { usa_on_chn: { layers: { fentanyl: { changes: { again: { date: 2025-05-01, change: +0 pp } } } } } }":
        "tariffs.usa_on_chn.layers.fentanyl.changes.again: is +0 pp: the rate stays as it is",
    "tariffs: { usa_on_chn: { layers: { fentanyl: { changes: { a: { date: 2025-05-01, change: +5 pp }, b: { date: 2025-05-01, rate: 30 % } } } } } }":
        "tariffs.usa_on_chn.layers.fentanyl.changes.a: does nothing, since another change of the same day sets the rate",
    "enforcement: { again: { by: CHN, from: 2025-08-01, factor: 1 x } }":
        "enforcement.again: multiplies by 1 x: lots are found as often as before",
    "enforcement: { more: { by: CHN, from: 2025-08-01, detection: 40 % }, again: { by: CHN, from: 2025-09-01, detection: 40 % } }":
        "enforcement.again: lots are found as often as before, with 40 %",
    "licensing: { mofcom_18: { toward: { VNM: { changes: { again: { date: 2025-06-01, posture: routine } } } } } }":
        "licensing.mofcom_18.toward.VNM.changes.again: gives VNM the posture it has already, routine",
    "licensing: { mofcom_18: { toward: { VNM: { changes: { a: { date: 2025-06-01, posture: framework }, b: { date: 2025-06-01, posture: priority } } } } } }":
        "licensing.mofcom_18.toward.VNM.changes.a: does nothing, since b changes the posture again on the same day",
    "rules: { r: { when: { tariff: usa_on_chn, above: 50 % }, then: { licensing: mofcom_18, toward: { VNM: routine } } } }":
        "rules.r.then.toward.VNM: gives VNM the posture it always has, routine",
}

IDLE |= {
    "routes: { more: { kind: undeclared, from: CHN, to: USA, products: [magnet_std], share: 1 % } }":
        "routes.more: carries nothing: on no day of the run is it open while a control of CHN covers its goods (magnet_std)",
    "routes: { late: { kind: undeclared, from: CHN, to: USA, products: [magnet_hre], share: 1 %, delay: 600 d } }\nassumptions: { late: { key: routes.late.delay, why: a test } }":
        "routes.late: carries nothing: on no day of the run is it open while a control of CHN covers its goods (magnet_hre)",
}

LICENSING = "licensing: { mofcom_18: "
IDLE |= {
    "buyers: { auto_usa: { qualification: 90 d } }": "buyers.auto_usa.qualification: does nothing while behaviour.search.candidates is 0",
    "buyers: { auto_usa: { switching_cap: 9 % } }": "buyers.auto_usa.switching_cap: does nothing while behaviour.switching.speed is 0",
    "buyers: { auto_usa: { substitution_cap: 9 % } }": "buyers.auto_usa.substitution_cap: does nothing while behaviour.substitution.rate is 0",
    "behaviour: { sourcing: { fixed_shares: true, sigma: 3 } }\nensemble: { vary: { behaviour.sourcing.sigma: null } }":
        "behaviour.sourcing.sigma: does nothing while fixed_shares is true",
    LICENSING + "{ until: 2025-09-01, throughput: { levels: { late: { date: 2025-10-01, level: 50 % } } } } }":
        "licensing.mofcom_18.throughput.levels.late: does nothing, since the control is over on 2025-09-01",
    LICENSING + "{ until: 2026-02-01, toward: { JPN: { posture: no_framework, changes: { late: { date: 2026-03-01, posture: routine } } } } } }":
        "licensing.mofcom_18.toward.JPN.changes.late: does nothing, since the control is over on 2026-02-01",
    LICENSING + "{ throughput: { levels: { a: { date: 2025-11-20, level: 33 % }, b: { date: 2025-11-20, level: 44 % } } } } }":
        "licensing.mofcom_18.throughput.levels.a: does nothing, since b sets another level on the same day",
    LICENSING + "{ throughput: { levels: { a: { date: 2025-11-20, level: 33 % }, b: { date: 2025-12-20, level: 33 % } } } } }":
        "licensing.mofcom_18.throughput.levels.b: gives the level already in force, 33 %: nothing changes",
    LICENSING + "{ entities: { some: { users: [auto_jpn], state: watch, owned: 20 % } } } }":
        "licensing.mofcom_18.entities.some.owned: does nothing without ownership_from",
    LICENSING + "{ entities: { some: { users: [auto_jpn], state: watch, changes: { a: { date: 2025-08-01, state: watch } } } } } }":
        "licensing.mofcom_18.entities.some.changes.a: gives the state already in force",
    LICENSING + "{ extra_review: 11 wd, entities: null } }": "licensing.mofcom_18.extra_review: does nothing, since no list of entities ever has the state suspended",
    LICENSING + "{ disclosure: { discovers_route: 0 %, barred: 90 d } } }":
        "licensing.mofcom_18.disclosure.barred: does nothing while disclosure.discovers_route is 0 %",
    LICENSING + "{ odds: { sector: { medical: 1 } } } }": "licensing.mofcom_18.odds.sector.medical: does nothing, since no file is for buyers of this sector",
    LICENSING + "{ lists: { again: { controls: [Dy], from: 2025-08-01 } } } }": "licensing.mofcom_18.lists.again: lists nothing but goods that mofcom_18 controls already",
    "importers: { usa_distributors: { share: 0 % } }": "importers.usa_distributors.share: is 0 %, so no goods go through it",
    "exporters: { aus_house: { region: AUS, trades: [magnet_smco], firms: 2, share: 30 %, cover: 10 d } }": "exporters.aus_house: none of what it trades (magnet_smco) leaves AUS",
    "ensemble: { vary: { behaviour.sourcing.sigma: { uniform: [2, 2] } } }": "ensemble.vary.behaviour.sourcing.sigma.uniform: every member draws the same, 2",
}

# What looks the same and is not: a rate that outlasts the end of what set it, a posture that a rule may have changed meanwhile,
# a factor that members draw, a client that also buys abroad.
IN_EFFECT = [
    "tariffs: { usa_on_chn: { layers: { fentanyl: { changes: { short: { date: 2025-05-01, change: +5 pp, for: 30 d }, keep: { date: 2025-05-20, rate: 25 % } } } } } }",
    "licensing: { mofcom_18: { toward: { USA: { changes: { again: { date: 2025-07-01, posture: framework } } } } } }",
    "enforcement: { july_centre: { factor: { uniform: [0.5 x, 1.5 x] } } }",
    "licensing: { mofcom_18: { priorities: { both: { end_users: [auto_chn, auto_jpn], weight: 2 x } } } }",
    "licensing: { mofcom_18: { priorities: { distributors: { end_users: [vnm_distributors], weight: 2 x } } } }",
]


@pytest.mark.parametrize("text", IDLE)
def test_what_has_no_effect_is_told(run, world, text):
    path = world(text + "\n")
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0, told.stderr
    (line,) = [line for line in told.stderr.splitlines() if "warning:" in line and f"warning: {IDLE[text]}" in line] or [told.stderr]
    assert re.search(r"variant\.yaml:\d+:\d+: warning: ", line), line
    assert len(warnings(told)) == 1


def test_a_duty_without_a_date_is_told_to_move_nothing(run, world):
    """A duty of 10,000 % written so left American industry better off, and nothing was said: day 0 is at rest under it."""
    ban = "{ layers: { embargo: { products: [magnets, magnet_smco], "
    for rate, told_of in [("rate: 10000 %", True), ("changes: { begins: { date: 2025-05-01, rate: 10000 % } }", False)]:
        path = world(f"tariffs: {{ usa_on_chn: {ban}{rate} }} }} }} }}\n")
        told = run("validate", path, cwd=path.parent).stderr
        assert ("usa_on_chn.layers.embargo.rate: 10000 % holds from before the first day" in told) == told_of, told


def test_blocks_that_add_up_are_judged_together(run, world):
    more = "tariffs: { more: { importer: USA, origin: CHN, adds_to: usa_on_chn, layers: { x: { products: [magnets], changes: { a: { date: 2025-07-01, change: +45 pp } } } } } }\n"
    path = world(more)
    told = run("validate", path, "--set", "behaviour.sourcing.estimated_to=170 %", cwd=path.parent).stderr
    assert "raises the landed price by" not in told  # 147.1 % in April, 77.1 % in July
    told = run("validate", path, "--set", "behaviour.sourcing.estimated_to=170 %", "--set", "tariffs.more.layers.x.changes.a.date=2025-04-20", cwd=path.parent).stderr
    assert "raises the landed price by 186" in told, told


@pytest.mark.parametrize("text", IN_EFFECT)
def test_what_has_an_effect_after_all_is_not_told(run, world, text):
    path = world(text + "\n")
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0 and warnings(told) == [], told.stderr


def test_a_route_without_a_premium_is_told_where_prices_are_fixed(run, world):
    route = "routes: { more: { kind: undeclared, from: CHN, to: USA, products: [magnet_hre], share: 1 % } }\n"
    for prices, told_of in [("", []), ("behaviour: { price: { speed: 0 %/d } }\n", ["routes.more: carries nothing: prices are fixed"])]:
        path = world(route + prices)
        told = run("validate", path, cwd=path.parent)
        assert told.returncode == 0
        found = [line for line in warnings(told) if "warning: routes." in line]
        assert len(found) == len(told_of) and all(what in line for what, line in zip(told_of, found)), told.stderr


def test_a_run_says_which_routes_carried_nothing_and_why(run, world):
    path = world("time: { horizon: 240 d }\n")
    for speed, carried in (("1.6 x", True), ("0.02 x", False)):  # a price outside that hardly moves leaves no premium
        ran = run("run", path, "--members", 2, "--force", "--set", f"behaviour.price.outside_speed={speed}", cwd=path.parent)
        assert ran.returncode == 0, ran.stderr
        said = " ".join(ran.stdout.split())
        with h5py.File(path.with_name("variant.h5")) as result:
            routes = [route.decode() for route in result["route"]]
            for route in ("by_viet_nam", "by_thailand"):
                why = f"Route {route} carried nothing in any member: on no day on which its goods were under control did the price outside exceed what its senders ask plus duty, so nobody gained by it."
                assert (why in said) == (not carried)
                days, asked, shipped = (result[name][:, routes.index(route)] for name in ("route_premium_days", "route_asked", "route_shipped"))
                assert (days.max(1) > 0).all() == carried and (asked >= shipped).all()
                assert (shipped.sum() > 0) == carried or (route == "by_viet_nam" and f"Route {route} carried nothing" in said)


def test_a_duty_for_the_record_and_one_at_nought_that_spares_are_not_told(run, world):
    record = "  mys_on_aus: { importer: MYS, origin: AUS, for_the_record: true, layers: { x: { products: [magnet_smco], rate: 50 % } } }\n"
    spared = "  blanket: { importer: DEU, origin: other, layers: { x: { rate: 5 % } } }\n  exempt: { importer: DEU, origin: CHN, layers: { x: { rate: 0 % } } }\n"
    path = world("tariffs:\n" + record + spared)
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0 and warnings(told) == []


DRAWN = "ensemble:\n  vary:\n    behaviour.lead.up: {}\n"


@pytest.mark.parametrize("draw", ["{ uniform: [20 %/d, 30 %/d] }", "{ triangular: [20 %/d, 25 %/d, 30 %/d] }"])  # in place of the parent's, and laid over it
def test_a_warning_of_a_draw_points_at_the_line_that_draws(run, world, draw):
    path = world(DRAWN.format(draw))
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0
    (line,) = warnings(told)
    assert re.search(r"variant\.yaml:6:\d+: warning: behaviour\.lead\.up: the middle of \w+ \[.*\] is outside its range, 0\.4 to 4 %/d", line), line


def test_two_scenarios_of_one_run_are_warned_of_the_same_thing_once(run, world):
    policy = world(DRAWN.format("{ uniform: [20 %/d, 30 %/d] }"))
    baseline = policy.with_name("other.yaml")
    baseline.write_text(policy.read_text().replace("name: variant", "name: other\ntitle: Another"))
    told = run("run", policy, "--against", baseline, "--members", 1, "--dry-run", cwd=policy.parent)
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("warning: tariffs.chn_on_usa: raises the landed price") == 1  # of a line both inherit
    (line,) = [line for line in told.stderr.splitlines() if "warning: behaviour.lead.up: " in line]
    assert "variant.yaml:6:5: " in line and re.search(r"\(also at \S*other\.yaml:7:5\)", line), line


@pytest.mark.parametrize("key, bare, readings", [
    ("behaviour.lead.up", "0.015", ["1.5 %/d", "0.015 %/d"]),
    ("behaviour.lead.up", "2", ["2 %/d", "200 %/d"]),
    ("behaviour.substitution.rate", "0.05", ["5 %/yr", "0.05 %/yr"]),
])
def test_a_bare_number_is_offered_both_readings(run, source, key, bare, readings):
    refused = run("validate", source / "scenarios" / "baseline.yaml", "--set", f"{key}={bare}")
    assert refused.returncode == 3
    assert f'"{bare}" has no unit (a share per {"day" if readings[0].endswith("/d") else "year"} is written in {readings[0].split()[1]}); write "{readings[0]}" (or "{readings[1]}" if that is meant)' in refused.stderr
    assert run("validate", source / "scenarios" / "baseline.yaml", "--set", f"{key}={readings[0]}").returncode == 0

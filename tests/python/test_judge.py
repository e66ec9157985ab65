"""What cannot be true is refused with its row, what is beyond what is published is told, before anything runs."""

import json
import re
import shutil

import pytest

SHIPPED = ["antimony_ban_2024", "baseline", "gallium_germanium_2023", "geneva_truce", "graphite_2023", "rare_earths_2010", "truce_breaks", "limits/ario", "limits/partial_equilibrium"]


def warnings(finished):
    """What is warned of, but for duties beyond the range in which an elasticity was estimated, which are true."""
    return [line for line in finished.stderr.splitlines() if "warning:" in line and "raises the landed price" not in line]


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
    assert re.search(r"use of USA .*magnets_2025q1_margins\.csv:\d+", line)
    assert re.search(r"\d+ times too large; kilograms\?$", line)


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
    assert "products.dytb_oxide.price: 300000 USD/kg is far from what dysprosium oxide has cost" in wrong.stderr and "USD/t?" in wrong.stderr
    assert "producers.jpn_magnet_std.capacity" in wrong.stderr and "whole world" in wrong.stderr
    told = run("validate", source / "scenarios" / "geneva_truce.yaml", "--set", "products.dytb_oxide.price=10000 USD/kg")
    assert told.returncode == 0 and "warning: products.dytb_oxide.price" in told.stderr


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


def test_grams_that_would_vanish_are_refused(run, tmp_path):
    path = tmp_path / "grams.yaml"
    path.write_text(
        "chokepoint: 1\nname: grams\ntime: { start: 2028-02-01, horizon: 40 d }\nregions: { AAA: {}, BBB: {} }\n"
        "products: { sc: { price: 3 USD/g } }\nproducers: { makers: { region: AAA, makes: sc, firms: 1, capacity: 40 kg/yr } }\n"
        "buyers: { users: { sector: other, region: BBB, firms: 1, uses: { sc: { amount: 30 g/yr } } } }\n"
    )
    refused = run("validate", path)
    assert refused.returncode == 3
    assert "buyers.users.uses.sc: needs 0.0822 g/d of sc, but goods are counted in whole grams: it would never need any" in refused.stderr
    assert run("validate", path, "--set", "buyers.users.uses.sc.amount=30 g/d").stderr == ""


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
    "flags: { unseen: { from: 2025-03-01 } }":
        "flags.unseen: no rule and no renewal asks for it",
    "flags: { down: {} }\nrules: { r: { when: { flag: down }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r: cannot fire while the run lasts: the flag down is never raised",
    "rules: { r: { when: { tariff: usa_on_chn, above: 200 % }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r: cannot fire while the run lasts: usa_on_chn never goes above",
    "rules: { r: { when: { from: 2031-01-01, tariff: usa_on_chn, above: 5 % }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r.when.from: 2031-01-01 is after the last day",
    "rules: { r: { when: { until: 2021-01-01, tariff: usa_on_chn, above: 5 % }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r: cannot fire while the run lasts: it ends on 2021-01-01, before the first day",
    "rules: { r: { when: { tariff: usa_on_chn, above: 5 %, for: 900 d }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r: cannot fire while the run lasts: it must hold for 900 d",
    "behaviour: { price: { speed: 0 %/d } }\nrules: { r: { when: { price: magnet_hre, above: 150 % }, then: { licensing: mofcom_18, toward: { USA: slow } } } }":
        "rules.r: cannot fire while the run lasts: prices are fixed",
    "products: { spare: { price: 5 USD/kg } }":
        "products.spare: nobody needs it",
    "stockpiles: { empty: { region: USA, product: magnet_hre, serves: defense_usa, release: 1 t/d } }":
        "stockpiles.empty: holds nothing and buys nothing",
    "behaviour: { search: { after: 12 d } }": "behaviour.search.after: does nothing while behaviour.search.candidates is 0",
    "behaviour: { switching: { cap: 11 % } }": "behaviour.switching.cap: does nothing while behaviour.switching.speed is 0 %/d",
    "behaviour: { strain: { price: 3 x } }": "behaviour.strain.price: does nothing while switching, substitution and search are off",
    "behaviour: { production: { catch_up_cap: 3 % } }": "behaviour.production.catch_up_cap: does nothing while behaviour.production.catch_up is 0 %",
    "behaviour: { investment_cap: 3 %/yr }": "behaviour.investment_cap: does nothing, since no producer has investment",
}


@pytest.mark.parametrize("text", IDLE)
def test_what_has_no_effect_is_told(run, world, text):
    path = world(text + "\n")
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0, told.stderr
    (line,) = [line for line in told.stderr.splitlines() if "warning:" in line and f"warning: {IDLE[text]}" in line] or [told.stderr]
    assert re.search(r"variant\.yaml:\d+:\d+: warning: ", line), line
    assert len(warnings(told)) == 1


def test_a_duty_for_the_record_and_one_at_nought_that_spares_are_not_told(run, world):
    record = "  mys_on_aus: { importer: MYS, origin: AUS, for_the_record: true, layers: { x: { products: [magnet_smco], rate: 50 % } } }\n"
    spared = "  blanket: { importer: DEU, origin: other, layers: { x: { rate: 5 % } } }\n  exempt: { importer: DEU, origin: CHN, layers: { x: { rate: 0 % } } }\n"
    path = world("tariffs:\n" + record + spared)
    told = run("validate", path, cwd=path.parent)
    assert told.returncode == 0 and warnings(told) == []

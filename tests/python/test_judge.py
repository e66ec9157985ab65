"""What cannot be true is refused with its row, what is beyond what is published is told, before anything runs."""

import json
import re
import shutil

import pytest

SHIPPED = ["antimony_ban_2024", "baseline", "gallium_germanium_2023", "geneva_truce", "graphite_2023", "rare_earths_2010", "truce_breaks", "limits/ario", "limits/partial_equilibrium"]


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
    """But of duties beyond what the elasticity between sources was estimated on, which is so."""
    valid = run("validate", source / "scenarios" / f"{name}.yaml")
    assert valid.returncode == 0
    warnings = [line for line in valid.stderr.splitlines() if ": warning: " in line]
    assert all("was estimated on rises of up to" in line for line in warnings), valid.stderr
    assert len(warnings) <= 1 or name == "geneva_truce", valid.stderr


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

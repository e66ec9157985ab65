"""Partial-equilibrium reports as a user meets them, and that the shipped trade files are the magnet flows."""

import csv
import json
import re

import pytest

NAMED = {"CHN", "USA", "DEU", "EUX", "JPN", "VNM"}
# Chinese exports at their mean price of 2024; elsewhere the price that turned BACI values into tonnes (data/README.md).
CHINESE_PRICE, OTHER_PRICE = 49.18, 53.48  # USD/kg


@pytest.fixture(scope="module")
def magnets(source):
    """Value of magnet trade of 2024 [USD] by origin and destination; every region not named is ROW."""
    out = {}
    with open(source / "data/flows/magnets_2024.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = tuple(row[side] if row[side] in NAMED else "ROW" for side in ("origin", "destination"))
            price = CHINESE_PRICE if row["origin"] == "CHN" else OTHER_PRICE
            out[key] = out.get(key, 0) + float(row["t_per_year"]) * 1e3 * price
    return out


def report(run, kind, path, *more):
    process = run("pe", kind, path, "--json", *more)
    assert process.returncode == 0 and process.stderr == "", process.stderr
    return json.loads(process.stdout)


def flow(answer, exporter, importer):
    (row,) = [row for row in answer["flows"] if (row["exporter"], row["importer"]) == (exporter, importer)]
    return row


# Values are written to 0.1 million USD, and from a thousand million on to four digits.
def near(value):
    return pytest.approx(value, abs=0.051e6 if value < 1e9 else 0.6e6)


def test_the_shipped_gsim_file_is_the_table_of_flows(source, run, magnets):
    answer = report(run, "gsim", source / "scenarios/pe/magnets_gsim.yaml")
    found = {(row["exporter"], row["importer"]): row["value_before"] for row in answer["flows"]}
    assert found.keys() == magnets.keys()
    for key, value in found.items():
        assert value == near(magnets[key]), key


def test_the_shipped_smart_file_is_the_column_of_united_states_imports(source, run, magnets):
    text = (source / "scenarios/pe/magnets_smart.yaml").read_text()
    assert "VNM" not in text and ("VNM", "USA") not in magnets
    answer = report(run, "smart", source / "scenarios/pe/magnets_smart.yaml")
    imports = {key[0]: value for key, value in magnets.items() if key[1] == "USA" and key[0] != "USA"}
    assert {row["exporter"]: row["value_before"] for row in answer["flows"]} == {key: near(value) for key, value in imports.items()}


@pytest.mark.parametrize("kind", ["gsim", "smart"])
def test_the_cut_of_115_points_is_too_large_for_the_linear_form(source, run, kind):
    path = source / f"scenarios/pe/magnets_{kind}.yaml"
    row = flow(report(run, kind, path), "CHN", "USA")
    assert (row["duty_before_percent"], row["duty_after_percent"]) == pytest.approx((145, 30))
    gain = {form: row[form]["total"] if kind == "smart" else row[form]["value_after"] - row["value_before"] for form in ("levels", "linear")}
    off = 1 - gain["linear"] / gain["levels"]
    assert 0.25 < off < 0.45
    words = run("pe", kind, path).stdout.split("How far the linear answer is off\n")[1]
    said = re.search(r"Trade from China to United States, duty 145 % to 30\.0 %: .* The linear change is ([\d.]+) % too small\.", words)
    assert float(said.group(1)) == pytest.approx(100 * off, abs=0.051)


def test_the_table_shows_both_answers(source, run):
    text = run("pe", "gsim", source / "tests/scenarios/pe/gsim_4x4.yaml").stdout
    assert re.search(r"^European Union +United States +32\.0 % +0 % +300 +602 +518$", text, re.MULTILINE)
    assert re.search(r"^ +linearised +\+7\.9 % +-9\.0 % +-139 +\+111 +\+46\.1 +\+18\.2$", text, re.MULTILINE)


def test_a_value_set_on_the_command_line_counts(source, run):
    path = source / "scenarios/pe/magnets_smart.yaml"
    steep = report(run, "smart", path, "--set", "elasticities.substitution=4")
    assert flow(steep, "CHN", "USA")["levels"]["diversion"] > flow(report(run, "smart", path), "CHN", "USA")["levels"]["diversion"]


def test_wrong_calls_and_files_have_the_exit_codes_of_other_commands(source, run, tmp_path):
    good = source / "tests/scenarios/pe/smart_two.yaml"
    usage = run("pe", "smrt", good)
    assert usage.returncode == 2 and 'did you mean "smart"' in usage.stderr
    assert run("pe", "smart").returncode == 2
    assert run("pe", "smart", tmp_path / "nowhere.yaml").returncode == 4
    bad = run("pe", "smart", source / "tests/scenarios/pe/bad/tariff_in_points.yaml")
    assert bad.returncode == 3 and bad.stdout == "" and 'tariffs.USA.CHN.after: "30 pp"' in bad.stderr
    supply = run("pe", "gsim", good)
    assert supply.returncode == 3 and "smart_two.yaml:4:1: error: elasticities.supply: is missing" in supply.stderr
    mended = run("pe", "gsim", good, "--set", "elasticities.supply=2")
    assert mended.returncode == 0, mended.stderr
    market = run("pe", "smart", source / "tests/scenarios/pe/gsim_4x4.yaml")
    assert market.returncode == 3 and "market: is missing" in market.stderr
    assert run("pe", "smart", source / "tests/scenarios/pe/gsim_4x4.yaml", "--set", "market=USA").returncode == 0


def test_a_scenario_is_no_trade_file(source, run):
    wrong = run("pe", "gsim", source / "scenarios/geneva_truce.yaml")
    assert wrong.returncode == 3 and "unknown key" in wrong.stderr


@pytest.mark.parametrize("kind", ["gsim", "smart"])
def test_a_trade_file_is_no_scenario_and_is_told_its_command(run, source, kind):
    refused = run("run", source / "scenarios" / "pe" / f"magnets_{kind}.yaml")
    assert refused.returncode == 3 and refused.stderr.count("error:") == 1
    assert f"write chokepoint pe {kind} FILE" in refused.stderr


def test_the_example_of_the_guide_runs(source, run, tmp_path):
    page = (source / "scenarios/README.md").read_text().split("## Trade files")[1]
    path = tmp_path / "two_origins.yaml"
    path.write_text(page.split("```yaml\n")[1].split("```")[0])
    for kind in ("gsim", "smart"):
        assert run("pe", kind, path).returncode == 0


def test_the_committed_schema_of_trade_files_is_what_the_program_prints(source, run):
    assert run("schema", "--trade").stdout == (source / "scenarios/pe/chokepoint-trade-1.schema.json").read_text()
    assert "exports.*.to" in run("schema", "--trade", "--keys").stdout
    assert run("schema", "--trade", "--results").returncode == 2

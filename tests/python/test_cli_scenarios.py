"""What `validate`, `show` and --set say of scenarios."""

import json
import re
import shutil

from results import CALM, CONTROL, remedy


def test_validate_prints_the_plan(run):
    valid = run("validate", CONTROL)
    assert valid.returncode == 0 and valid.stderr == ""
    assert "3 regions, 2 products" in valid.stdout
    # 2.1 % and 20 points from 4 February; 10 points off from 1 April for 30 days, so until 1 May.
    assert "USA <- CHN (magnet): 2.1 %, 2025-02-04 22.1 %, 2025-04-01 12.1 %, 2025-05-01 22.1 %" in valid.stdout
    # Without a calendar every day is open: 45 days after 3 February is 20 March, 6 more 26 March.
    assert re.search(r"2025-02-03 +2025-03-20 +2025-03-26 +51", valid.stdout)
    # A day on which a duty alone changes is one to file on as well: 45 days after 4 February, and 6 more.
    assert re.search(r"2025-02-04 +2025-03-21 +2025-03-27 +51 +usa", valid.stdout)
    assert "licensing.control.postures.slow.weight varies" in valid.stdout


def test_an_invalid_scenario_exits_3_with_every_error_at_its_line(run, tmp_path):
    bad = tmp_path / "bad.yaml"
    (tmp_path / "calm.yaml").write_text(CALM.read_text())
    bad.write_text(CONTROL.read_text().replace("deadline:", "dead_line:").replace("+20 pp", "20 %"))
    result = run("validate", bad, CALM)
    assert result.returncode == 3
    assert re.search(r"bad\.yaml:\d+:\d+: error: licensing\.control\.dead_line", result.stderr)
    assert result.stderr.count("error:") >= 2
    assert "calm is valid" in result.stdout  # the other file is checked all the same
    assert run("run", bad, cwd=tmp_path).returncode == 3
    assert not (tmp_path / "control.h5").exists()


def test_a_missing_file_exits_4_and_is_named(run, tmp_path):
    missing = run("run", "nowhere.yaml", cwd=tmp_path)
    assert missing.returncode == 4
    assert "nowhere.yaml" in missing.stderr and "No such file" in missing.stderr


def test_a_json_plan_holds_what_the_text_says(run, tmp_path):
    bad = tmp_path / "bad.yaml"
    (tmp_path / "calm.yaml").write_text(CALM.read_text())
    bad.write_text(CONTROL.read_text().replace("deadline:", "dead_line:"))
    result = run("validate", "--json", CONTROL, bad)
    assert result.returncode == 3
    good, wrong = json.loads(result.stdout)["files"]
    assert good["valid"] and good["name"] == "control" and good["world"]["regions"] == 3
    (lane,) = [duty for duty in good["duties"] if duty["products"] == ["magnet"]]
    assert [rate["percent"] for rate in lane["rates"]] == [2.1, 22.1, 12.1, 22.1]
    (control,) = good["licensing"]
    filed = {one["filed"]: one for one in control["filings"]}
    assert filed["2025-02-03"]["clock_ends"] == "2025-03-20"
    assert filed["2025-02-03"]["in_hand_if_granted_then"] == "2025-03-26"
    assert control["deadline_forces_decision"] == (control["deadline_mode"] == "hard")
    assert not wrong["valid"] and wrong["errors"][0]["key"] == "licensing.control.dead_line"
    assert wrong["errors"][0]["line"] > 0 and wrong["errors"][0]["remedy"]
    assert run("validate", "--json", "--quiet", CONTROL).returncode == 2


def test_a_scenario_shown_as_json_loads_again(run, tmp_path):
    shown = run("show", "--json", CONTROL)
    assert shown.returncode == 0 and json.loads(shown.stdout)["name"] == "control"
    (tmp_path / "merged.yaml").write_text(shown.stdout)
    again = run("show", "--json", tmp_path / "merged.yaml")
    assert again.returncode == 0 and again.stdout == shown.stdout
    origins = json.loads(run("show", "--json", "--origin", CONTROL).stdout)
    assert "calm.yaml:" in origins["time.start"]["origin"]
    assert "tariffs" in {one["key"].split(".")[0] for one in json.loads(run("show", "--json", "--diff", CALM, CONTROL).stdout)}


def test_setting_a_varied_distribution_as_a_whole_works_and_is_said(run, source):
    geneva = source / "scenarios/geneva_truce.yaml"
    shown = run("show", geneva, "--set", "buyers.auto_usa.cover=40 d")
    assert shown.returncode == 0, shown.stderr
    assert "buyers.auto_usa.cover.lognormal.median no longer varies" in shown.stderr
    assert "buyers.auto_usa.cover.lognormal.median" not in shown.stdout
    assert "buyers.auto_deu.cover.lognormal.median" in shown.stdout


def test_a_horizon_past_the_calendar_is_a_warning_whose_remedy_works(run, source):
    baseline = source / "scenarios/baseline.yaml"
    long = run("validate", "--quiet", baseline, "--set", "time.horizon=1200 d")
    assert long.returncode == 0
    assert "regions.CHN.calendar: calendars/chn.csv lists no day after 2027-10-07" in long.stderr
    assert "every weekday is taken as open" in long.stderr
    days = re.search(r"set time.horizon to (\d+ d)", long.stderr).group(1)
    assert run("validate", "--quiet", baseline, "--set", f"time.horizon={days}").stderr == ""


def test_twenty_warnings_are_shown_and_the_rest_counted(run, tmp_path):
    shutil.copy(CONTROL, tmp_path)
    shutil.copy(CALM, tmp_path)
    changes = "".join(f"          late_{i}: {{ date: 2027-01-{i + 1:02}, change: +1 pp }}\n" for i in range(23))
    (tmp_path / "late.yaml").write_text("chokepoint: 1\nextends: control.yaml\nname: late\ntariffs:\n  usa_on_chn:\n"
                                        f"    layers:\n      second:\n        changes:\n{changes}")
    checked = run("validate", "late.yaml", cwd=tmp_path)
    assert checked.returncode == 0 and "23 warnings" in checked.stdout, checked.stderr
    assert checked.stderr.count("warning: ") == 20 and checked.stderr.endswith("late.yaml: 3 more warnings are not shown\n")


def test_errors_of_the_world_point_to_the_value_and_are_said_once(run, source, tmp_path):
    shutil.copytree(source / "scenarios", tmp_path / "s")

    def wrong(change):
        (tmp_path / "s" / "x.yaml").write_text(f"chokepoint: 1\nextends: baseline.yaml\nname: x\n{change}\n")
        checked = run("validate", "-q", "x.yaml", cwd=tmp_path / "s")
        assert checked.returncode == 3 and checked.stderr.count("error: ") == 1, checked.stderr
        return checked.stderr

    assert "x.yaml:4:31: error: buyers.auto_usa.output: " in wrong("buyers: { auto_usa: { output: 1e300 vehicle/d } }")
    assert "CHN supplies magnet_hre but has no producer of it" in wrong("producers: { chn_magnet_hre: null }")


def test_show_is_the_merged_scenario_and_loads_again(run, tmp_path):
    shown = run("show", CONTROL)
    assert shown.returncode == 0
    (tmp_path / "merged.yaml").write_text(shown.stdout)
    assert run("validate", "--quiet", tmp_path / "merged.yaml").returncode == 0
    assert "calm.yaml:" in run("show", CONTROL, "--origin").stdout
    difference = run("show", CONTROL, "--diff", CALM).stdout
    assert "tariffs" in difference and "buyers" not in difference


def test_set_changes_the_scenario_and_an_unused_one_is_an_error(run, tmp_path):
    assert "60 wd" in run("show", CONTROL, "--set", "licensing.control.deadline=60 wd").stdout
    wrong = run("run", CONTROL, "--set", "licensing.control.dedline=60 wd", cwd=tmp_path)
    assert wrong.returncode == 3 and "--set 1" in wrong.stderr
    right = run("run", CONTROL, "--set", f"licensing.control.{remedy(wrong.stderr)}=60 wd", "--members", "1",
                cwd=tmp_path)
    assert right.returncode == 0


def test_a_blanket_duty_spares_who_is_named(run, tmp_path):
    """A scenario and a trade file mean the same by `other`: 10 % on all, 25 % on one, none on another."""
    calm = CALM.read_text()
    (tmp_path / "calm.yaml").write_text(calm)
    regions = re.findall(r"^  ([A-Z]{3}):", calm, re.M)
    importer, named, exempt = regions[1], regions[0], regions[2]
    (tmp_path / "blanket.yaml").write_text(
        "chokepoint: 1\nextends: calm.yaml\nname: blanket\nregions: { XYZ: {} }\ntariffs:\n"
        f"  blanket: {{ importer: {importer}, origin: other, layers: {{ a: {{ rate: 10 % }} }} }}\n"
        f"  special: {{ importer: {importer}, origin: {named}, layers: {{ a: {{ rate: 25 % }} }} }}\n"
        f"  exempt: {{ importer: {importer}, origin: {exempt}, layers: {{ a: {{ rate: 0 % }} }} }}\n"
    )
    plan = json.loads(run("validate", "--json", tmp_path / "blanket.yaml").stdout)["files"][0]
    rates = {origin: duty["rates"][0]["percent"] for duty in plan["duties"] for origin in duty["origins"]}
    assert rates == {named: 25, "XYZ": 10}

"""The program as a user meets it: commands, exit codes, messages, interruption, equal bytes."""

import datetime
import fcntl
import filecmp
import json
import os
import pty
import re
import resource
import shlex
import shutil
import signal
import struct
import subprocess
import termios
import time

import conftest
import h5py
import pytest

SCENARIOS = conftest.SOURCE / "tests" / "scenarios" / "run"
CALM = SCENARIOS / "calm.yaml"
CONTROL = SCENARIOS / "control.yaml"
REPRODUCIBLE = ("--members", "6", "--reproducible")
COMMANDS = ("new", "validate", "show", "explain", "run", "compare", "report", "export", "inspect", "pe", "schema", "completion",
            "bench", "version")


def remedy(stderr):
    """What a message puts in quotes after "did you mean"."""
    return re.search(r'did you mean "([^"]+)"', stderr).group(1)


# --- commands and usage -------------------------------------------------------------------------


def test_help_lists_every_command_and_each_has_its_own(run):
    top = run("--help")
    assert top.returncode == 0 and top.stderr == ""
    for command in COMMANDS:
        assert f"  {command} " in top.stdout
        own = run(command, "--help")
        assert own.returncode == 0 and "Options:" in own.stdout, command


def test_no_command_is_a_usage_error(run):
    bare = run()
    assert bare.returncode == 2 and bare.stdout == "" and "Commands:" in bare.stderr


def test_a_misspelt_command_is_suggested_and_the_suggestion_works(run):
    wrong = run("verison")
    assert wrong.returncode == 2 and wrong.stdout == ""
    assert run(remedy(wrong.stderr)).returncode == 0


def test_a_misspelt_option_is_suggested_and_the_suggestion_works(run, tmp_path):
    wrong = run("run", CALM, "--memebrs", "2", cwd=tmp_path)
    assert wrong.returncode == 2
    assert run("run", CALM, remedy(wrong.stderr), "2", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", CALM, "--members", "0"),
        ("run", CALM, "--members", "many"),
        ("run", CALM, CONTROL, "-o", "one.h5"),
        ("run", CALM, CALM),
        ("show", CALM, CONTROL),
        ("show", CONTROL, "--diff", CALM, "--origin"),
        ("explain", "no_such_key_anywhere"),
        ("bench", "--sizes", "ten"),
    ],
    ids=str,
)
def test_usage_errors_exit_2_and_write_nothing(run, tmp_path, arguments):
    wrong = run(*arguments, cwd=tmp_path)
    assert wrong.returncode == 2 and wrong.stdout == "" and wrong.stderr != ""
    assert list(tmp_path.iterdir()) == []


def test_version_names_version_and_commit(run):
    assert re.match(r"chokepoint \d+\.\d+\.\d+ \(commit \w+", run("version").stdout)
    assert run("--version").stdout == run("version").stdout


def test_schema_is_json_and_strict(run):
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].startswith("http://json-schema.org/draft-07")
    assert schema["additionalProperties"] is False and "licensing" in schema["properties"]
    assert schema["required"] == ["chokepoint", "name"]  # of every file, never inherited


def test_schema_prints_the_reference_pages(run):
    assert "deadline" in run("schema", "--keys").stdout
    assert "`shortfall_total`" in run("schema", "--results").stdout


def test_explain_knows_keys_and_variables(run):
    key = run("explain", "licensing.control.deadline")
    assert key.returncode == 0 and "45 wd" in key.stdout
    variable = run("explain", "shortfall_total")
    assert variable.returncode == 0 and "[t]" in variable.stdout
    wrong = run("explain", "shortfall_totl")
    assert wrong.returncode == 2
    assert run("explain", re.search(r"did you mean (\w+)", wrong.stderr).group(1)).returncode == 0


# --- why a buyer was short ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def no_licences_granted(run, tmp_path_factory):
    """A control that grants nothing and refuses defense."""
    path = tmp_path_factory.mktemp("explain") / "none.h5"
    none = run("run", CONTROL, "--members", 3, "-o", path,
               "--set", "licensing.control.throughput.levels.start.level=0 %")
    assert none.returncode == 0, none.stderr
    return path


def sentence(run, path, *arguments):
    """The sentence that names the causes, on one line."""
    answer = run("explain", "--result", path, *arguments)
    assert answer.returncode == 0, answer.stderr
    return re.search(r"Largest cause: .*?\.(?= days of first week where it stands)", " ".join(answer.stdout.split())).group(0)


def test_explain_names_the_licence_when_none_is_granted(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "auto_usa", "--date", "2025-04-15")
    # From 3 February on every file is still there: on 15 April, a day that ends a week, the oldest is 71 days old.
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) wait for a licence, in \d+ files, "
                    r"the oldest (\d+) days old", words), words
    assert int(re.search(r"oldest (\d+) days", words).group(1)) <= 71
    text = run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--date", "2025-03-20").stdout
    assert "posture control.USA: slow becomes routine (3 of 3 members)" in text
    assert "medians of parts need not" in text and "2025-03-25" in text  # the week of 20 March ends on the 25th


def test_explain_names_the_refusal_of_defense(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "defense_usa", "--date", "2025-05-20")
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) were refused in the last four weeks", words), words


def test_explain_names_goods_in_transit(run, tmp_path):
    # Nothing leaves for two weeks, and what is freed on 17 February sails for 30 days. Lines that hold three days of
    # need in stock live on what still sails until 5 March and on the distributors' 30 days for the share they sell.
    path = tmp_path / "late.h5"
    late = run("run", CONTROL, "--members", 3, "-o", path, "--set", "licensing.control.until=2025-02-17",
               "--set", "licensing.control.throughput.levels.start.level=0 %", "--set", "buyers.auto_usa.cover=3 d")
    assert late.returncode == 0, late.stderr
    words = sentence(run, path, "--buyer", "auto_usa", "--date", "2025-03-18")
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) are in transit", words), words


def test_explain_takes_the_first_short_day_when_no_date_is_given(run, no_licences_granted):
    answer = json.loads(run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--json").stdout)
    again = run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--date", answer["date"], "--json")
    assert json.loads(again.stdout) == answer
    with h5py.File(no_licences_granted) as file:
        buyer = list(file["buyer"].asstr()).index("auto_usa")
        short = (file["shortfall_q"][2, :, buyer] > 0.01 * file["need_q"][2, :, buyer]).any(axis=-1)  # the median
    first = datetime.date(2025, 1, 1) + datetime.timedelta(days=int(short.argmax()))
    assert answer["date"] == first.isoformat()
    assert [m["id"] for m in answer["materials"]] == ["magnet"]  # the group needs no oxide
    assert answer["materials"][0]["causes"][0]["cause"] == "in_review"


def test_explain_gives_the_figures_of_the_file(run, source, tmp_path):
    path = tmp_path / "routes.h5"
    assert run("run", source / "tests/scenarios/good/routes.yaml", "--members", 3, "-o", path).returncode == 0
    day = 260  # in week 37, which holds days 259 to 265
    answer = json.loads(run("explain", "--result", path, "--buyer", "defense_usa", "--date", "2025-09-18",
                            "--json").stdout)
    assert answer["week_end"] == "2025-09-23"
    with h5py.File(path) as file:
        buyer = list(file["buyer"].asstr()).index("defense_usa")
        products = list(file["product"].asstr())
        assert answer["materials"]
        for material in answer["materials"]:
            p = products.index(material["id"])
            for key, name, step in [("need_t_per_d", "need_q", day), ("unmet_t_per_d", "shortfall_q", day),
                                    ("stock_t", "stock_q", day), ("at_seller_t", "at_seller_q", 37),
                                    ("in_review_t", "in_review_q", 37), ("in_transit_t", "in_transit_q", 37),
                                    ("in_transit_first_week_t", "in_transit_q", 0),
                                    ("open_files", "open_files_q", 37), ("oldest_file_d", "oldest_file_q", 37)]:
                low, _, median, _, high = file[name][:, step, buyer, p]
                assert material[key] == {"median": median, "low": low, "high": high}, key
            refused = float(file["refused_q"][2, 34:38, buyer, p].sum(dtype=float))
            assert material["refused_four_weeks_t"] == pytest.approx(refused)
            for what in ("arrived", "seized"):
                total = float(file[f"route_{what}_q"][2, day - 27 : day + 1, :, p].sum(dtype=float))
                assert material[f"route_{what}_all_users_28_d_t"] == pytest.approx(total)
        names = {material["id"]: material for material in answer["materials"]}
        assert names["magnet_hre"]["refused_four_weeks_t"] > 0
        assert names["magnet_hre"]["route_arrived_all_users_28_d_t"] > 0
    text = run("explain", "--result", path, "--buyer", "defense_usa", "--date", "2025-09-18").stdout
    assert "arrived by covert routes" in text and "seized on covert routes" in text


def test_explain_of_a_calm_run_says_that_nobody_is_short(run, tmp_path):
    path = tmp_path / "calm.h5"
    assert run("run", CALM, "--members", 2, "-o", path).returncode == 0
    calm = run("explain", "--result", path, "--buyer", "auto_usa")
    assert calm.returncode == 0 and "never short: neither in the median" in calm.stdout
    assert json.loads(run("explain", "--result", path, "--buyer", "auto_usa", "--json").stdout)["date"] is None
    day = run("explain", "--result", path, "--buyer", "auto_usa", "--date", "2025-02-01")
    assert day.returncode == 0 and "not short" in day.stdout and "No policy event toward USA" in day.stdout


def test_explain_of_a_result_says_what_is_wrong_with_the_question(run, no_licences_granted, tmp_path):
    def wrong(*arguments, code=2):
        answer = run("explain", *arguments)
        assert answer.returncode == code and answer.stdout == "", answer
        return answer.stderr

    path = ("--result", no_licences_granted)
    assert remedy(wrong(*path, "--buyer", "auto_us")) == "auto_usa"
    assert remedy(wrong(*path, "--buyer", "auto_usa", "--product", "magnets")) == "magnet"
    assert "2025-01-01 to 2025-05-30" in wrong(*path, "--buyer", "auto_usa", "--date", "2025-05-31")
    assert "write it as" in wrong(*path, "--buyer", "auto_usa", "--date", "3 June")
    assert "auto_usa" in wrong(*path)
    assert "not both" in wrong("deadline", *path)
    assert "--result" in wrong("--buyer", "auto_usa")
    assert "--result" in wrong()
    old = tmp_path / "old.h5"
    shutil.copy(no_licences_granted, old)
    with h5py.File(old, "a") as file:
        del file["at_seller_q"]
    assert "run its scenario again" in wrong("--result", old, "--buyer", "auto_usa", code=4)
    assert "cannot open" in wrong("--result", tmp_path / "none.h5", "--buyer", "auto_usa", code=4)
    newer = tmp_path / "newer.h5"
    shutil.copy(no_licences_granted, newer)
    with h5py.File(newer, "a") as file:
        file.attrs["schema_version"] = "2.0"
    assert "use a newer chokepoint" in wrong("--result", newer, "--buyer", "auto_usa", code=4)


def test_bench_reports_time_and_memory_per_link(run):
    bench = run("bench", "--check")
    assert bench.returncode == 0
    assert "link-day" in bench.stdout and "bytes per link" in bench.stdout and "allocation" in bench.stdout
    assert "files in review" in bench.stdout and "ns per file" in bench.stdout


# --- scenarios ----------------------------------------------------------------------------------


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


def test_the_short_answers_as_json(run, tmp_path):
    version = json.loads(run("version", "--json").stdout)
    assert version["version"] in run("version").stdout and version["scenario_grammar"] == 1
    answer = json.loads(run("explain", "--json", "licensing.control.deadline", "shortfall_total", "buyer_title").stdout)
    assert answer["keys"][0]["key"] == "licensing.control.deadline"
    assert answer["keys"][0]["pattern"] == "licensing.*.deadline" and answer["keys"][0]["default"] == "45 wd"
    assert answer["variables"][0]["dimensions"] == ["member", "buyer", "product"]
    assert answer["labels"][0]["name"] == "buyer_title"
    bench = json.loads(run("bench", "--check", "--json").stdout)
    (small, _) = bench["measurements"]
    (queue,) = bench["queues"]
    assert queue["files_waiting"] == 100 and queue["files_decided"] % 2000 == 0 and queue["ns_per_file"] > 0
    assert small["ns_per_link_day"] > 0 and "allocation" in small["ns_per_link_day_by_phase"]
    (dry,) = json.loads(run("run", CALM, "--dry-run", "--json", cwd=tmp_path).stdout)["dry_runs"]
    assert dry["path"] == "calm.h5" and dry["days"] > 0
    run("run", CALM, "--members", "1", cwd=tmp_path)
    inspected = json.loads(run("inspect", "calm.h5", "--json", "--scenario", cwd=tmp_path).stdout)
    assert inspected["members_done"] == 1 and inspected["problems"] == [] and "name: calm" in inspected["scenario"]
    assert {variable["name"] for variable in inspected["variables"]} >= {"shortfall_total", "need_total"}


@pytest.mark.parametrize("command", ["validate", "show", "explain", "run", "inspect", "version", "bench"])
def test_help_names_json_wherever_a_result_is_printed(run, command):
    assert "--json" in run(command, "--help").stdout


def test_what_explain_prints_can_be_typed(run, source):
    for typed in ("licensing.deadline_mode", "licensing.*.deadline_mode", "licensing.mofcom_18.deadline_mode"):
        lines = run("explain", typed).stdout.splitlines()
        assert lines[0] == "licensing.mofcom_18.deadline_mode" and "force" in lines[1]
        shown = run("show", source / "scenarios/geneva_truce.yaml", "--set", f"{lines[0]}=hard")
        assert shown.returncode == 0 and "deadline_mode: hard" in shown.stdout
    wrong = run("explain", "licensing.mofcom_18.deadline_mde")
    suggested = re.search(r"did you mean ([\w.]+)", wrong.stderr).group(1)
    assert run("explain", suggested).stdout.startswith("licensing.mofcom_18.deadline_mode\n")


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


# --- runs ---------------------------------------------------------------------------------------


def test_run_writes_a_result_and_says_who_runs_short(run, tmp_path):
    result = run("run", CONTROL, cwd=tmp_path)
    assert result.returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["control.h5"]
    lines = result.stdout.splitlines()
    assert max(len(line) for line in lines if line.startswith(("No shortfall", "A short day"))) <= 100
    assert lines[-1] == "control.h5"
    row = next(line for line in lines if line.startswith("Automotive, United States"))
    assert "magnet" in row and "vehicles" in row and re.search(r"2025-\d\d-\d\d", row)
    # Talk is plain lines on stderr when it is no terminal.
    assert "6 of 6 members" in result.stderr
    assert "\r" not in result.stderr and "\x1b" not in result.stderr


def test_run_into_a_folder_and_under_a_name(run, tmp_path):
    (tmp_path / "out").mkdir()
    assert run("run", CALM, CONTROL, "-o", tmp_path / "out", "--members", "1").returncode == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"calm.h5", "control.h5"}
    assert run("run", CALM, "-o", tmp_path / "mine.h5", "--members", "1").returncode == 0
    assert (tmp_path / "mine.h5").exists()


def test_json_holds_the_headline(run, tmp_path):
    result = run("run", CONTROL, "--json", "--members", "3", "--seed", "5", cwd=tmp_path)
    (one,) = json.loads(result.stdout)["results"]
    assert one["name"] == "control" and one["members_done"] == 3 and one["seed"] == 5
    buyers = {buyer["id"]: buyer for buyer in one["buyers"]}
    assert set(buyers) == {"auto_usa", "defense_usa", "wind_deu"}
    auto = buyers["auto_usa"]
    assert auto["unmet_t"]["p5"] <= auto["unmet_t"]["median"] <= auto["unmet_t"]["p95"]
    assert auto["output_unit"] == "vehicle" and "magnet" in auto["materials"]


def test_an_existing_result_is_kept_and_the_remedy_works(run, tmp_path):
    assert run("run", CALM, *REPRODUCIBLE, cwd=tmp_path).returncode == 0
    before = (tmp_path / "calm.h5").stat().st_mtime_ns
    refused = run("run", CALM, "--seed", "99", cwd=tmp_path)
    assert refused.returncode == 4 and "--force" in refused.stderr and refused.stdout == ""
    assert (tmp_path / "calm.h5").stat().st_mtime_ns == before
    assert run("run", CALM, "--seed", "99", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "calm.h5").stat().st_mtime_ns != before


def test_dry_run_estimates_and_writes_nothing(run, tmp_path):
    dry = run("run", CONTROL, "--dry-run", "--members", "1000", cwd=tmp_path)
    assert dry.returncode == 0
    assert re.search(r"size +at most [\d.,]+ [kM]B", dry.stdout) and re.search(r"time +about", dry.stdout)
    assert "would write control.h5" in dry.stdout
    assert list(tmp_path.iterdir()) == []


def test_dry_run_says_what_the_run_would_stop_at(run, tmp_path):
    def obstacle(*arguments):
        dry = run("run", CALM, "--members", "1", "--dry-run", *arguments, cwd=tmp_path)
        assert "would write" not in dry.stdout and dry.returncode == 4, dry
        said = re.search(r"would stop +(.*)", dry.stdout).group(1)
        shown = run("run", CALM, "--members", "1", "--dry-run", "--json", *arguments, cwd=tmp_path)
        assert json.loads(shown.stdout)["dry_runs"][0]["obstacle"] == said and shown.returncode == 4
        return said

    assert "nowhere: cannot write there (No such file or directory)" in obstacle("-o", "nowhere/k.h5")
    assert run("run", CALM, "--members", "1", cwd=tmp_path).returncode == 0
    assert "a result exists here; add --force" in obstacle()
    free = run("run", CALM, "--members", "1", "--dry-run", "--force", "--json", cwd=tmp_path)
    assert free.returncode == 0 and json.loads(free.stdout)["dry_runs"][0]["obstacle"] is None


def test_what_cannot_be_compared_is_refused_before_it_runs(run, tmp_path):
    def refused(text, *arguments):
        other = tmp_path / "other.yaml"
        other.write_text(text)
        answer = run("run", CONTROL, "--against", other, *arguments, cwd=tmp_path)
        assert answer.returncode == 6 and answer.stdout == "", answer
        assert "cannot be compared with" in answer.stderr and "give --against" in answer.stderr
        assert {p.name for p in tmp_path.iterdir()} == {"other.yaml", "calm.yaml"}
        return answer.stderr

    shutil.copy(CALM, tmp_path)
    head = "chokepoint: 1\nextends: calm.yaml\nname: other\n"
    assert "start 2025-01-01 and 2024-01-01" in refused(head + "time: { start: 2024-01-01 }\n")
    assert "horizon 150 d and 120 d" in refused(head + "time: { horizon: 120 d }\n")
    third = 'products: { boots: { hs: "640110", price: 2 USD/kg } }\n'
    third += "producers: { cobblers: { region: CHN, makes: boots, firms: 2, utilisation: 80 % } }\n"
    third += "buyers: { wind_deu: { uses: { boots: { amount: 1 t/d } } } }\n"
    assert "materials only in other: boots" in refused(head + third, "--dry-run")
    renamed = CALM.read_text().replace("auto_usa:", "a:").replace("defense_usa:", "d:").replace("wind_deu:", "w:")
    assert "buyers only in control: auto_usa, defense_usa, wind_deu; buyers only in calm: a, d, w" in refused(renamed)


def test_where_nobody_is_short_the_duty_is_said(run, tmp_path):
    # A duty alone: fewer goods may be bought, but demand has no elasticity here and nobody is short.
    (tmp_path / "duty.yaml").write_text(CONTROL.read_text().split("licensing:")[0].replace("name: control", "name: duty"))
    shutil.copy(CALM, tmp_path)
    text = run("run", "duty.yaml", "--against", "calm.yaml", cwd=tmp_path).stdout
    none, paid = re.findall(r"Duty paid by all buyers: ([\d.]+) ", text)
    caused = re.search(r"Duty paid by all buyers: \+([\d.]+) ", text).group(1)
    assert none == "0" and paid == caused and float(paid) > 0
    base, policy = json.loads(run("run", "duty.yaml", "--against", "calm.yaml", "--json", "--force", cwd=tmp_path).stdout)["results"]
    assert base["duty_paid_usd"]["median"] == 0
    assert policy["duty_paid_usd"] == policy["caused_by_policy"]["duty_paid_usd"]
    assert f"{policy['duty_paid_usd']['median'] / 1e6:.3g}" == f"{float(paid):.3g}"


def test_parameters_carry_their_unit(run, tmp_path):
    varied = ("run", CONTROL, "--members", "2", "--set", "ensemble.vary.licensing.control.licence_lag={uniform: [2 wd, 9 wd]}",
              "--set", "transit.default={uniform: [20 d, 40 d]}", "-o", tmp_path / "v.h5")
    done = run(*varied)
    assert done.returncode == 0, done.stderr
    with h5py.File(tmp_path / "v.h5") as file:
        units = {name: one.attrs["units"] for name, one in file["parameters"].items()}
        assert all(one.attrs["cell_methods"] for one in file["parameters"].values())
    assert units["licensing.control.licence_lag"] == "wd" and units["transit.default"] == "d"


def test_against_prints_what_the_policy_caused_and_writes_both(run, tmp_path):
    result = run("run", CONTROL, "--against", CALM, "--set", "licensing.control.deadline=30 wd", "--json",
                 cwd=tmp_path)
    assert result.returncode == 0
    assert {p.name for p in tmp_path.iterdir()} == {"calm.h5", "control.h5"}
    assert "acts on the policy alone" in result.stderr
    base, policy = json.loads(result.stdout)["results"]
    caused = {buyer["id"]: buyer for buyer in policy["caused_by_policy"]["buyers"]}
    assert policy["caused_by_policy"]["against"] == "calm" and "caused_by_policy" not in base
    # Nobody is short in the calm world, so the policy caused all of it.
    for buyer in policy["buyers"]:
        assert caused[buyer["id"]]["unmet_t"] == buyer["unmet_t"]
        assert caused[buyer["id"]]["pairs"] == 6
    table = run("run", CONTROL, "--against", CALM, "--force", cwd=tmp_path).stdout
    assert "caused by the policy" in table


def test_the_result_can_be_inspected(run, tmp_path):
    run("run", CONTROL, *REPRODUCIBLE, cwd=tmp_path)
    inspected = run("inspect", "control.h5", "--strict", cwd=tmp_path)
    assert inspected.returncode == 0 and "no problems found" in inspected.stdout
    # The command it names makes the same bytes again.
    command = re.search(r"command_line +chokepoint (.*)", inspected.stdout).group(1)
    (tmp_path / "again").mkdir()
    assert run(*shlex.split(command), cwd=tmp_path / "again").returncode == 0
    assert filecmp.cmp(tmp_path / "control.h5", tmp_path / "again" / "control.h5", shallow=False)


def test_inspect_refuses_what_is_no_result(run, tmp_path):
    assert run("inspect", tmp_path / "none.h5").returncode == 4
    (tmp_path / "text.h5").write_text("not HDF5")
    assert run("inspect", tmp_path / "text.h5").returncode == 4


@pytest.mark.parametrize("variant", [("-j", "1"), ("-j", "2"), ("-j", "8")], ids=str)
def test_equal_runs_have_equal_bytes_on_any_number_of_threads(run, tmp_path, variant):
    assert run("run", CONTROL, *REPRODUCIBLE, "-o", tmp_path / "a.h5").returncode == 0
    assert run("run", CONTROL, *REPRODUCIBLE, "-o", tmp_path / "b.h5", *variant).returncode == 0
    assert filecmp.cmp(tmp_path / "a.h5", tmp_path / "b.h5", shallow=False)


def test_fewer_members_than_threads_share_them_and_keep_the_bytes(run, tmp_path):
    # At this scale a member's loops have several blocks, so its threads do divide the work.
    large = ("run", CONTROL, "--members", "1", "--reproducible", "--set", "world.scale=200", "--set",
             "time.horizon=60 d")
    assert run(*large, "-o", tmp_path / "a.h5", "-j", "1").returncode == 0
    assert run(*large, "-o", tmp_path / "b.h5", "-j", "4").returncode == 0
    assert filecmp.cmp(tmp_path / "a.h5", tmp_path / "b.h5", shallow=False)


# --- trouble ------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", ["nowhere/out.h5", "/proc/out.h5"])
def test_a_place_that_cannot_be_written_exits_4_and_names_it(run, tmp_path, output):
    result = run("run", CALM, "-o", output, cwd=tmp_path)
    assert result.returncode == 4
    assert output.rstrip("/") in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_exits_4_and_keeps_what_was_done(run, tmp_path):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))

    full = run("run", CONTROL, "--members", "40", "--reproducible", cwd=tmp_path, preexec_fn=limited)
    assert full.returncode == 4
    assert "File too large" in full.stderr
    assert "members done are kept in" in full.stderr and "--resume" in full.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["control.h5.part"]
    assert run("run", CONTROL, "--members", "40", "--reproducible", "--resume", cwd=tmp_path).returncode == 0
    run("run", CONTROL, "--members", "40", "--reproducible", "-o", tmp_path / "whole.h5")
    assert filecmp.cmp(tmp_path / "control.h5", tmp_path / "whole.h5", shallow=False)


def test_only_a_full_disk_is_said_to_want_room(run, tmp_path):
    part = tmp_path / "control.h5.part"
    part.write_bytes(b"of another scenario" * 100)
    foreign = run("run", CONTROL, "--members", "1", "--resume", cwd=tmp_path)
    assert foreign.returncode == 4 and "control.h5.part" in foreign.stderr
    assert "room" not in foreign.stderr and "members done" not in foreign.stderr
    with part.open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        locked = run("run", CONTROL, "--members", "1", "--force", cwd=tmp_path)
    assert locked.returncode == 4 and "another process is writing it" in locked.stderr
    assert "room" not in locked.stderr and "members done" not in locked.stderr


def test_a_full_stdout_exits_4(run):
    with open("/dev/full", "w") as full:
        result = run("schema", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 4 and "No space left on device" in result.stderr


LONG = ("run", CONTROL, "--members", "30", "--reproducible", "--set", "world.scale=60")


def interrupted(folder, number):
    """Starts a run, sends the signal once some members are done; its exit code and stderr."""
    with subprocess.Popen([conftest.PROGRAM, *map(str, LONG)], cwd=folder, stderr=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        part = folder / "control.h5.part"
        deadline = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size > 20000) and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=120)
        return process.returncode, stderr


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_resumes_to_the_same_bytes(run, tmp_path, number, code):
    returned, stderr = interrupted(tmp_path, number)
    assert returned == code, stderr
    assert "--resume" in stderr
    assert [p.name for p in tmp_path.iterdir()] == ["control.h5.part"]
    refused = run(*LONG, cwd=tmp_path)
    assert refused.returncode == 4 and "--resume" in refused.stderr
    resumed = run(*LONG, "--resume", cwd=tmp_path)
    assert resumed.returncode == 0 and "are done already" in resumed.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["control.h5"]
    assert run(*LONG, "-o", tmp_path / "whole.h5").returncode == 0
    assert filecmp.cmp(tmp_path / "control.h5", tmp_path / "whole.h5", shallow=False)


def test_resuming_a_whole_result_prints_the_same_again(run, tmp_path):
    first = run("run", CONTROL, "--against", CALM, cwd=tmp_path)
    written = (tmp_path / "control.h5").stat().st_mtime_ns
    again = run("run", CONTROL, "--against", CALM, "--resume", cwd=tmp_path)
    assert again.returncode == 0 and "complete already" in again.stderr
    assert again.stdout == first.stdout
    assert (tmp_path / "control.h5").stat().st_mtime_ns == written


# --- terminal -----------------------------------------------------------------------------------


def on_terminal(folder, **environment):
    """stderr of a run whose stderr is a terminal."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | environment
    with subprocess.Popen([conftest.PROGRAM, *map(str, LONG), "--force"], cwd=folder, stderr=theirs,
                          stdout=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        text = b""
        try:
            while chunk := os.read(ours, 4096):
                text += chunk
        except OSError:  # the other end is closed
            pass
        process.wait(timeout=120)
    os.close(ours)
    return text.decode()


def test_a_terminal_gets_a_bar_with_the_time_left(tmp_path):
    text = on_terminal(tmp_path, TERM="xterm")
    assert "\r" in text and "[=" in text and re.search(r"members, [\d.]+ .*left", text)
    assert "\x1b[1m" in text


def test_one_of_a_thing_is_singular(run, tmp_path):
    one = run("run", CALM, "--members", "1", cwd=tmp_path)
    assert "1 member of" in one.stderr and "1 member, 2025" in one.stdout
    assert not re.search(r"\b1 [a-z]+s\b", one.stderr + one.stdout)


def test_the_notes_keep_to_the_width_of_the_terminal(run, tmp_path):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    with subprocess.Popen([conftest.PROGRAM, "run", CALM, "--members", "1"], cwd=tmp_path, stdout=theirs,
                          stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        text = b""
        try:
            while chunk := os.read(ours, 4096):
                text += chunk
        except OSError:  # the other end is closed
            pass
        assert process.wait(timeout=120) == 0
    os.close(ours)
    lines = text.decode().splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("No shortfall in any member"))
    assert all(len(line) <= 50 for line in lines[first:]) and lines[first + 1].startswith("  ")


def test_no_color_is_honoured(tmp_path):
    text = on_terminal(tmp_path, TERM="xterm", NO_COLOR="1")
    assert "[=" in text and "\x1b[1m" not in text


def test_an_output_folder_is_created(run, source, tmp_path):
    calm = source / "tests/scenarios/run/calm.yaml"
    dry = run("run", calm, "--members", 1, "-o", "new/folder/", "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0 and not (tmp_path / "new").exists()
    done = run("run", calm, "--members", 1, "-o", "new/folder/", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "new/folder").glob("*.h5"))) == 1
    (tmp_path / "file").write_text("")
    blocked = run("run", calm, "--members", 1, "-o", "file/below/", cwd=tmp_path)
    assert blocked.returncode == 4
    assert "cannot create the folder" in blocked.stderr


def test_force_replaces_results_only(run, tmp_path):
    other = tmp_path / "notes.yaml"
    other.write_text("not a result")
    result = run("run", CALM, "--members", 1, "-o", other, "--force", cwd=tmp_path)
    assert result.returncode == 4 and "no result" in result.stderr
    assert other.read_text() == "not a result"

"""The program as a user meets it: commands, usage, schema, bench, answers as JSON."""

import json
import re
import subprocess

import pytest
from results import CALM, CONTROL, remedy

COMMANDS = ("new", "validate", "show", "explain", "run", "compare", "report", "export", "score", "fit", "inspect", "pe", "schema", "completion",
            "bench", "version")


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


def test_bench_reports_time_and_memory_per_link(run):
    bench = run("bench", "--check")
    assert bench.returncode == 0
    assert "link-day" in bench.stdout and "bytes per link" in bench.stdout and "allocation" in bench.stdout
    assert "files in review" in bench.stdout and "ns per file" in bench.stdout


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


def test_a_full_stdout_exits_4(run):
    with open("/dev/full", "w") as full:
        result = run("schema", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 4 and "No space left on device" in result.stderr

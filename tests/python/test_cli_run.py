"""What `run` writes and prints, what --against adds, and what `inspect` says of the file."""

import filecmp
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import time

import h5py
import pytest
from conftest import PROGRAM
from results import CALM, CONTROL, REPRODUCIBLE


def test_run_writes_a_result_and_says_who_runs_short(run, tmp_path):
    result = run("run", CONTROL, cwd=tmp_path)
    assert result.returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["control.h5"]
    lines = result.stdout.splitlines()
    assert max(len(line) for line in lines if line.startswith(("No shortfall", "Need is lost"))) <= 100
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
    for what in ("size", "memory"):
        assert re.search(what + r" +about [\d.,]+ [kM]B", dry.stdout)
    assert re.search(r"time +about", dry.stdout)
    assert "would write control.h5" in dry.stdout
    assert list(tmp_path.iterdir()) == []


def peak_memory(*arguments):
    """The most memory that the program took [B]. What the system counts for a child at its end includes this process."""
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        peak = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{process.pid}/status").read_text())
        most = max(most, int(peak[1]) * 1024) if peak else most
        time.sleep(0.005)
    assert process.returncode == 0
    return most


@pytest.mark.parametrize("name", ["geneva_truce", "antimony_ban_2024", "graphite_2023"])
def test_a_dry_run_is_within_a_factor_of_two_of_the_run(run, source, tmp_path, name):
    few = (source / "scenarios" / f"{name}.yaml", "--members", 2, "-j", 1, "--set", "time.horizon=200 d")
    (dry,) = json.loads(run("run", "--dry-run", "--json", *few, cwd=tmp_path).stdout)["dry_runs"]
    memory = peak_memory("run", *few, "-o", tmp_path / "out.h5")
    for estimate, real in ((dry["bytes"], (tmp_path / "out.h5").stat().st_size), (dry["memory_bytes"], memory)):
        assert real / 2 <= estimate <= real * 2


def test_a_large_world_is_estimated_from_its_plan(run, source):
    """It is not built: a smaller one is tried. Its firms are counted, its links come from how orders and offers overlap."""
    large = (source / "scenarios" / "geneva_truce.yaml", "--set", "world.scale=60")
    (dry,) = json.loads(run("run", "--dry-run", "--json", *large, "--members", 1).stdout)["dry_runs"]
    plan = json.loads(run("validate", "--json", *large).stdout)["files"][0]["world"]
    assert dry["firms"] == plan["firms"]
    assert plan["links"] / 2 <= dry["links"] <= plan["links"] * 2 and dry["links"] != plan["links"]


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


def test_a_strict_look_reads_every_value(run, tmp_path):
    run("run", CONTROL, *REPRODUCIBLE, cwd=tmp_path)
    path = tmp_path / "control.h5"
    with h5py.File(path) as file:
        at = file["shortfall_total"].id.get_chunk_info(0).byte_offset
    with open(path, "r+b") as raw:
        raw.seek(at)
        raw.write(b"\xff" * 16)
    assert run("inspect", path).returncode == 0
    broken = run("inspect", path, "--strict")
    assert broken.returncode == 4 and "cannot read shortfall_total" in broken.stdout


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

"""Runs that meet a place they cannot write, a full disk, a signal, another process."""

import fcntl
import filecmp
import resource
import signal
import subprocess
import time

import conftest
import pytest
from results import CALM, CONTROL, LONG


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

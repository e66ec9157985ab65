"""Runs that meet a place they cannot write, a full disk, a signal, another process."""

import fcntl
import filecmp
import os
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


# --- what no file can take the place of ----------------------------------------------------------


@pytest.mark.parametrize("kind", ["pipe", "device", "dangling"])
def test_a_place_that_holds_no_file_is_refused_and_kept(run, tmp_path, kind):
    place = tmp_path / "calm.h5"
    if kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/null" if kind == "device" else "nowhere.h5")
    before = place.lstat()
    said = "which is not there" if kind == "dangling" else "no file"
    for arguments in (["-o", place], ["-o", place, "--force"], ["--force"], ["--against", CALM, "-o", f"{tmp_path}/", "--force"]):
        done = run("run", CALM if "--against" not in arguments else CONTROL, "--members", 1, *arguments, cwd=tmp_path)
        assert done.returncode == 4 and said in done.stderr, done
    dry = run("run", CALM, "--members", 1, "-o", place, "--dry-run", cwd=tmp_path)
    assert dry.returncode == 4 and said in dry.stdout
    (tmp_path / "new.yaml").symlink_to("/dev/null" if kind == "device" else "nowhere.yaml")
    assert run("new", "new", "--force", cwd=tmp_path).returncode == 4
    assert place.lstat() == before and sorted(p.name for p in tmp_path.iterdir()) == ["calm.h5", "new.yaml"]


def test_a_link_to_a_result_is_followed(run, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "there.h5").write_bytes(b"\x89HDF\r\n\x1a\n old")
    (tmp_path / "calm.h5").symlink_to("real/there.h5")
    refused = run("run", CALM, "--members", 1, cwd=tmp_path)
    assert refused.returncode == 4 and "a result exists here" in refused.stderr
    for arguments in ([], ["-o", f"{tmp_path}/"]):
        (tmp_path / "real" / "there.h5").write_bytes(b"\x89HDF\r\n\x1a\n old")
        assert run("run", CALM, "--members", 1, "--force", *arguments, cwd=tmp_path).returncode == 0
        assert (tmp_path / "calm.h5").is_symlink() and (tmp_path / "real" / "there.h5").stat().st_size > 10_000
    assert run("inspect", "calm.h5", cwd=tmp_path).returncode == 0
    (tmp_path / "mine.yaml").write_text("mine")
    (tmp_path / "linked.yaml").symlink_to("mine.yaml")
    assert run("new", "linked", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "linked.yaml").is_symlink() and "name: linked" in (tmp_path / "mine.yaml").read_text()


def test_a_name_that_is_not_utf_8_is_refused_at_once_and_its_folder_works(run, tmp_path):
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    for command in (["run", folder + b"/x.yaml"], ["run", str(CALM), "-o", folder + b"/"], ["inspect", folder + b"/x.h5"],
                    ["compare", folder + b"/x.h5", folder + b"/y.h5"], ["report", folder + b"/x.h5"]):  # fmt: skip
        done = subprocess.run([conftest.PROGRAM, *command], capture_output=True, text=True)
        assert done.returncode == 2 and "caf\\xe9" in done.stderr and "is not UTF-8" in done.stderr, done
    for command in (["run", CALM, "--members", 2, "--json"], ["run", CONTROL, "--members", 2, "--json"], ["inspect", "calm.h5", "--json"],
                    ["explain", "--result", "calm.h5", "--json"], ["compare", "calm.h5", "calm.h5", "--json"],
                    ["report", "calm.h5", "-o", "r.html"]):  # fmt: skip
        done = run(*command, cwd=folder)
        assert done.returncode in (0, 2) and "Traceback" not in done.stderr, done
    assert os.listdir(folder).count(b"r.html") == 1


def test_a_world_that_fits_no_memory_is_refused_before_it_is_built(run, tmp_path):
    begun = time.monotonic()
    for arguments in ([], ["--dry-run"]):
        done = run("run", conftest.SOURCE / "scenarios/geneva_truce.yaml", "--members", 1, "--set", "world.scale=1000000", *arguments, cwd=tmp_path, timeout=60)
        assert done.returncode == 4 and "of memory" in done.stderr and "world.scale" in done.stderr, done
    assert time.monotonic() - begun < 30 and list(tmp_path.iterdir()) == []


def test_new_writes_a_whole_scenario_or_none(run, tmp_path):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    full = run("new", "mine", cwd=tmp_path, preexec_fn=limited)
    assert full.returncode == 4 and "mine.yaml: cannot write (File too large)" in full.stderr
    assert list(tmp_path.iterdir()) == []
    assert run("new", "mine", cwd=tmp_path).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_where_nobody_can_be_told_the_exit_code_and_the_result_stand(run, tmp_path):
    with open("/dev/full", "w") as full:
        told = {"stdout": subprocess.PIPE, "stderr": full, "capture_output": False, "cwd": tmp_path}
        assert run("run", CALM, "--members", "2", **told).returncode == 0
        assert run("validate", "nowhere.yaml", **told).returncode == 4
        assert run("run", CALM, "--set", "a=1", **told).returncode == 3
    assert (tmp_path / "calm.h5").exists()


@pytest.mark.parametrize("command", [["schema"], ["inspect", "calm.h5"], ["compare", "calm.h5", "calm2.h5"], ["completion", "bash"]])
def test_a_full_disk_behind_stdout_is_said_in_the_same_words(run, tmp_path, command):
    for name in ("calm.h5", "calm2.h5"):
        run("run", CALM, "--members", "1", "-o", name, cwd=tmp_path)
    with open("/dev/full", "w") as full:
        result = run(*command, stdout=full, stderr=subprocess.PIPE, capture_output=False, cwd=tmp_path)
    assert result.returncode == 4
    assert result.stderr == "chokepoint: cannot write to stdout: No space left on device\n"


def test_a_link_to_itself_and_a_missing_folder_are_told_with_a_remedy(run, tmp_path):
    (tmp_path / "loop.h5").symlink_to("loop.h5")
    loop = run("run", CALM, "--members", "1", "-o", "loop.h5", "--force", cwd=tmp_path)
    assert loop.returncode == 4 and "loop.h5: a link to loop.h5, which is not there; remove the link or name another file" in loop.stderr
    missing = run("run", CALM, "--members", "1", "-o", "new/a.h5", cwd=tmp_path)
    assert missing.returncode == 4 and "there is no folder new; make it, or give -o new/ to have it made" in missing.stderr
    assert run("run", CALM, "--members", "1", "-o", "new/", cwd=tmp_path).returncode == 0
    assert (tmp_path / "new" / "calm.h5").exists()


@pytest.mark.parametrize("harm, said", [
    (lambda p: p.write_bytes(p.read_bytes()[:50000]), "cut short (0.05 MB are here); copy the file again, or run the scenario again"),
    (lambda p: p.write_bytes(b""), "an empty file; run the scenario again"),
    (lambda p: p.write_text("text"), "not an HDF5 file"),
    (lambda p: (p.unlink(), p.mkdir()), "a folder; name a result in it"),
    (lambda p: p.unlink(), "no such file"),
])  # fmt: skip
def test_every_command_says_the_same_of_a_file_that_is_no_result(run, tmp_path, harm, said):
    for name in ("calm.h5", "calm2.h5"):
        run("run", CALM, "--members", "1", "-o", name, cwd=tmp_path)
    harm(tmp_path / "calm.h5")
    for command in (["inspect", "calm.h5"], ["explain", "--result", "calm.h5", "--block", "auto_usa", "--date", "2025-02-01"], ["compare", "calm2.h5", "calm.h5"], ["report", "calm.h5"]):
        result = run(*command, cwd=tmp_path)
        assert result.returncode == 4
        assert result.stderr == f"chokepoint: calm.h5: {said}\n"


def test_a_key_set_twice_on_the_command_line_is_an_error(run, tmp_path):
    twice = run("run", CALM, "--set", "behaviour.review=3 d", "--set", "behaviour.review=4 d", cwd=tmp_path)
    assert twice.returncode == 3
    assert twice.stderr == "--set 2: error: behaviour.review: is set twice (first by --set 1); keep one of the two\n"
    assert list(tmp_path.iterdir()) == []


def test_a_line_as_long_as_a_file_is_not_quoted(run, tmp_path):
    path = tmp_path / "deep.yaml"
    path.write_text("a: " + "[" * 5000 + "]" * 5000 + "\n")
    wrong = run("validate", path)
    assert wrong.returncode == 3 and "deep.yaml:1:" in wrong.stderr
    assert len(wrong.stderr) < 400

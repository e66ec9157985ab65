"""What is wrong with a file, a place or a disk is said with its name, and nothing is left half done."""

import os
import resource
import shutil
import subprocess
import sys

import chokepoint
import conftest
import h5py
import numpy as np
import pytest

EXAMPLE = conftest.SOURCE / "analysis" / "examples" / "antimony_ban_2024.h5"


def command(*arguments, **options):
    """python3 -m chokepoint ...: the finished process."""
    return subprocess.run([sys.executable, "-m", "chokepoint", *map(str, arguments)], capture_output=True, text=True, **options)


def readers(path, folder):
    """Every command on a file."""
    return [("compare", EXAMPLE, path), ("export", path, "-o", folder / "x.csv"), ("report", path, "-o", folder / "x.html")]


@pytest.fixture
def script(tmp_path, monkeypatch):
    """A stand-in for the script of the report, which these tests do not draw with."""
    path = tmp_path / "charts.js"
    path.write_text("// none\n")
    monkeypatch.setenv("CHOKEPOINT_REPORT_SCRIPT", str(path))


# --- files --------------------------------------------------------------------------------------


def cut_short(path):
    os.truncate(path, path.stat().st_size // 2)


def without_members(path):
    with h5py.File(path, "r+") as file:
        del file.attrs["members_requested"]


def without_provenance(path):
    with h5py.File(path, "r+") as file:
        del file["provenance"]


def odd_version(path):
    with h5py.File(path, "r+") as file:
        file.attrs.modify("schema_version", "one")


def broken_chunk(path):
    with h5py.File(path, "r+") as file:
        place = file["shortfall_total"].id.get_chunk_info_by_coord((0, 0, 0))
    with path.open("r+b") as raw:
        raw.seek(place.byte_offset + 5)
        raw.write(b"\xff" * 40)


@pytest.mark.parametrize("harm, said", [(cut_short, "cut short"), (without_members, "damaged"), (without_provenance, "damaged"),
                                        (odd_version, "damaged"), (broken_chunk, "shortfall_total is damaged")])  # fmt: skip
def test_a_damaged_file_is_named_with_a_remedy(script, tmp_path, harm, said):
    path = tmp_path / "harmed.h5"
    shutil.copy(EXAMPLE, path)
    harm(path)
    before = sorted(tmp_path.iterdir())
    for arguments in readers(path, tmp_path):
        done = command(*arguments)
        assert done.returncode == 4 and done.stdout == "", done
        assert f"{path}: " in done.stderr and said in done.stderr and "run the scenario again" in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_is_no_result(script, tmp_path):
    for arguments in readers(tmp_path, tmp_path):
        done = command(*arguments)
        assert done.returncode == 4 and f"{tmp_path}: a folder; name a result in it" in done.stderr


def test_files_of_one_name_are_told_apart_by_their_folder(script, tmp_path):
    for folder in ("base", "a b"):
        (tmp_path / folder).mkdir()
        shutil.copy(EXAMPLE, tmp_path / folder / "same.h5")
    pair = [tmp_path / folder / "same.h5" for folder in ("base", "a b")]
    with chokepoint.collection(pair) as both:
        assert list(both.results) == ["base/same", "a b/same"]
    same = command("compare", EXAMPLE, EXAMPLE)
    assert same.stdout.startswith("antimony_ban_2024 minus antimony_ban_2024: ")
    done = command("compare", *pair)
    assert done.returncode == 0 and done.stdout.startswith("a b/same minus base/same: ")
    done = command("report", *pair, "-o", tmp_path / "r.html")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "a b/same against base/same" in page and 'id="a_b_same-headline"' in page and 'href="#a_b_same-headline"' in page


def test_a_file_given_twice_is_a_usage_error(script, tmp_path):
    for arguments in (("report", EXAMPLE, EXAMPLE, "-o", tmp_path / "x.html"), ("export", EXAMPLE, EXAMPLE)):
        done = command(*arguments)
        assert done.returncode == 2 and f"{EXAMPLE} is given twice" in done.stderr and "Traceback" not in done.stderr


# --- what is in only one of two -----------------------------------------------------------------


def renamed(path, names):
    """The example with other ids of buyers, by place."""
    shutil.copy(EXAMPLE, path)
    with h5py.File(path, "r+") as file:
        for at, name in names.items():
            file["buyer"][at] = name
    return path


def test_a_buyer_of_only_one_result_is_told(tmp_path):
    other = renamed(tmp_path / "other.h5", {0: "another"})
    with chokepoint.open(EXAMPLE) as a, chokepoint.open(other) as b:
        notes = chokepoint.compare(a, b).notes
        lost = a.labels("buyer")[0]
    assert f"buyer groups only in {EXAMPLE}: {lost}; " in notes[0] and f"buyer groups only in {other}: another; " in notes[1]


def test_results_without_a_common_buyer_are_refused(tmp_path):
    other = renamed(tmp_path / "other.h5", {at: f"b{at}" for at in range(len(h5py.File(EXAMPLE)["buyer"]))})
    done = command("compare", EXAMPLE, other)
    assert done.returncode == 6 and "have no buyer in common" in done.stderr


def test_a_script_of_older_sources_is_built_anew(tmp_path, monkeypatch):
    """The report must not be drawn by what an earlier checkout left in the cache."""
    from chokepoint.report import bundle

    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "build").write_text('mkdir -p "$(dirname "$1")"; cp "$(dirname "$0")/charts.mjs" "$1"\n')
    monkeypatch.setattr(bundle, "SOURCES", (folder,))
    monkeypatch.setattr(bundle, "PACKAGE", tmp_path / "none.js")
    monkeypatch.setattr(bundle.shutil, "which", lambda name: name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CHOKEPOINT_REPORT_SCRIPT", raising=False)
    for text in ("// one\n", "// two\n"):
        (folder / "charts.mjs").write_text(text)
        assert bundle.script() == text
    (folder / "build").write_text("exit 1\n")
    assert bundle.script() == "// two\n"  # from the cache


# --- places -------------------------------------------------------------------------------------


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("verb, name", [("report", "r.html"), ("export", "t.csv")])
def test_a_full_disk_leaves_what_was_there(script, tmp_path, verb, name):
    path = tmp_path / name
    full = command(verb, EXAMPLE, "-o", path, preexec_fn=limited(40_000))
    assert full.returncode == 4 and f"{path}: cannot write (File too large)" in full.stderr
    assert not path.exists()
    path.write_text("mine")
    full = command(verb, EXAMPLE, "-o", path, "--force", preexec_fn=limited(40_000))
    assert full.returncode == 4 and path.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["charts.js", name]
    assert command(verb, EXAMPLE, "-o", path, "--force").returncode == 0 and path.stat().st_size > 100_000


@pytest.mark.parametrize("verb", ["report", "export"])
def test_a_place_that_cannot_be_written_is_named_before_anything_is_read(script, tmp_path, verb):
    for place, said in ((tmp_path, "is a folder; name a file in it"), (tmp_path / "no" / "x", f"{tmp_path}/no: no such folder")):
        done = command(verb, EXAMPLE, "-o", place, "--force")
        assert done.returncode == 4 and said in done.stderr and "Errno" not in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["charts.js"]


@pytest.mark.parametrize("verb", ["report", "export"])
def test_a_result_is_never_replaced_by_a_page_or_a_table(script, tmp_path, verb):
    path = tmp_path / "mine.h5"
    shutil.copy(EXAMPLE, path)
    (tmp_path / "link.h5").symlink_to("mine.h5")
    for name in ("mine.h5", "link.h5"):
        for force in ((), ("--force",)):
            done = command(verb, path, "-o", tmp_path / name, *force)
            assert done.returncode == 4 and f"{name} is a result of a run, which is not overwritten; name another file" in done.stderr
    assert path.read_bytes() == EXAMPLE.read_bytes()


def test_what_cannot_be_written_is_named_and_not_its_part(script, tmp_path):
    name = "x" * 252  # the part of a name this long cannot be made, nor removed
    done = command("export", EXAMPLE, "-o", tmp_path / name)
    assert done.returncode == 4 and f"chokepoint: {tmp_path / name}: cannot write (File name too long)" in done.stderr


def test_a_link_is_followed_and_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert command("export", EXAMPLE, "-o", tmp_path / "link.csv", "--force").returncode == 0
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").stat().st_size > 100_000
    (tmp_path / "device").symlink_to("/dev/null")
    (tmp_path / "dangling").symlink_to("nowhere.csv")
    os.mkfifo(tmp_path / "pipe")
    for name in ("device", "dangling", "pipe"):
        for what in (("export", EXAMPLE), ("report", EXAMPLE)):
            done = command(*what, "-o", tmp_path / name, "--force")
            assert done.returncode == 4 and name in done.stderr, done
    assert not (tmp_path / "nowhere.csv").exists() and (tmp_path / "pipe").is_fifo()


def test_one_member_has_no_interval(tmp_path):
    path = tmp_path / "one.h5"
    shutil.copy(EXAMPLE, path)
    with h5py.File(path, "r+") as file:
        file["member_status"][1:] = 2
        file.attrs.modify("members_done", 1)
    more = tmp_path / "more.h5"
    shutil.copy(path, more)
    with h5py.File(more, "r+") as file:
        for name in ("shortfall_total", "lost_total"):
            file[name][...] = file[name][...] * 1.5
    with chokepoint.open(path) as a, chokepoint.open(more) as b:
        rows = chokepoint.compare(a, b).of("shortfall")
        assert rows["mean"].max() > 0 and np.isnan(rows[["low", "high"]]).all().all()
    done = command("compare", path, more)
    assert done.returncode == 0 and "1 pair of members" in done.stdout and "; one member, no interval)" in done.stdout
    assert "nan" not in done.stdout


def test_a_condition_on_what_is_not_counted_is_a_usage_error():
    done = command("compare", EXAMPLE, EXAMPLE, "--fail-if", "output_lost_days(sector:defense) > 5 d")
    assert done.returncode == 2 and "cannot be added over buyers; ask for one" in done.stderr and "Traceback" not in done.stderr

"""Commands around the engine: those written in Python, those of others, new scenarios, completion."""

import os
import re
import shutil
import subprocess

import conftest
import pytest
import results

PATH = "/usr/bin:/bin"


@pytest.fixture(scope="module")
def pair(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("helpers")
    return [results.make(run, folder, scenario, "--members", 4) for scenario in (results.CALM, results.CONTROL)]


# --- commands of the Python package -------------------------------------------------------------


def test_compare_and_export_reach_the_package_with_their_arguments_and_exit_codes(run, pair, tmp_path):
    done = run("compare", *pair, "--by", "all", cwd=tmp_path)
    assert done.returncode == 0 and "control minus calm" in done.stdout, done.stderr
    assert run("compare", *pair, "--fail-if", "shortfall(auto_usa) > 5 %").returncode == 6
    assert run("compare", *pair, "--fail-if", "shortfall(auto_usa) > 5").returncode == 2
    out = tmp_path / "my table.csv"
    assert run("export", pair[0], "-o", out).returncode == 0 and out.stat().st_size > 1000
    assert run("export", tmp_path / "none.h5").returncode == 4


def test_help_comes_from_the_package(run):
    assert "--fail-if" in run("compare", "--help").stdout


def test_without_python_it_says_what_to_install(run, pair, tmp_path):
    for command in ("compare", "report", "export", "score", "fit"):
        done = run(command, *pair, env=os.environ | {"CHOKEPOINT_PYTHON": str(tmp_path / "none")})
        assert done.returncode == 4 and done.stdout == ""
        assert f"{command} is written in Python, which is not here" in done.stderr
        line = done.stderr.strip().splitlines()[-1]
        assert line.startswith("apt-get install -y --no-install-recommends python3 ")
        launcher = (conftest.SOURCE / "chokepoint").read_text()
        listed = re.search(r"analysis_packages=\(([^)]*)\)", launcher)[1].split()
        besides = re.search(r"fit_packages=\(([^)]*)\)", launcher)[1].split() if command == "fit" else []
        assert line.split()[4:] == listed + besides


def test_without_its_modules_python_says_what_to_install(run, pair, tmp_path):
    """An interpreter that sees no installed package."""
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n')
    python.chmod(0o755)
    done = run("compare", *pair, env=os.environ | {"CHOKEPOINT_PYTHON": str(python)})
    assert done.returncode == 4 and re.search("has no module (h5py|numpy|pandas)", done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert "apt-get install -y --no-install-recommends python3-h5py" in done.stderr


# --- commands of others -------------------------------------------------------------------------


def test_a_program_on_the_path_is_a_command(run, tmp_path):
    program = tmp_path / "chokepoint-hello"
    program.write_text('#!/bin/sh\nprintf "<%s>" "$@"\nexit 9\n')
    environment = os.environ | {"PATH": f"{tmp_path}:{PATH}"}
    assert run("hello", env=environment).returncode == 2  # not executable yet
    program.chmod(0o755)
    done = run("hello", "a b", "--c", env=environment)
    assert (done.returncode, done.stdout) == (9, "<a b><--c>")
    assert run("hello", env=os.environ | {"PATH": PATH}).returncode == 2


def test_a_program_on_the_path_comes_before_the_package_but_not_before_the_engine(run, tmp_path):
    for name in ("compare", "version"):
        (tmp_path / f"chokepoint-{name}").write_text("#!/bin/sh\necho mine\n")
        (tmp_path / f"chokepoint-{name}").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{PATH}"}
    assert run("compare", env=environment).stdout == "mine\n"
    assert run("version", env=environment).stdout != "mine\n"


# --- new ----------------------------------------------------------------------------------------


def test_a_new_variant_is_valid_and_so_is_each_suggested_change(source, run, tmp_path):
    folder = tmp_path / "scenarios"
    shutil.copytree(source / "scenarios", folder)
    done = run("new", "mine", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "mine.yaml\n"), done.stderr
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=") and "\nextends: geneva_truce.yaml\n" in text
    assert run("validate", folder / "mine.yaml").returncode == 0
    changes = [line for line in text.splitlines() if re.match(r"# [a-z_]+: \{", line)]
    assert len(changes) >= 10
    for number, line in enumerate(changes):
        path = folder / f"one_{number}.yaml"
        path.write_text(text.replace(line, line[2:]), encoding="utf-8")
        process = run("validate", path)
        assert process.returncode == 0, f"{line}\n{process.stderr}"
        assert "  # " in line  # says what the key means


def test_a_variant_in_a_folder_of_ones_own_extends_a_shipped_scenario(source, run, tmp_path):
    shipped = source / "scenarios" / "antimony_ban_2024.yaml"
    done = run("new", tmp_path / "alone", "--from", "antimony_ban_2024")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "alone.yaml").read_text(encoding="utf-8")
    assert "\nextends: antimony_ban_2024.yaml\n" in text and "$schema" not in text and len(text.splitlines()) < 40
    assert f"--against {shipped}\n" in text
    difference = run("show", "alone.yaml", "--diff", shipped, cwd=tmp_path)
    assert difference.returncode == 0 and "name: antimony_ban_2024 -> alone\n" in difference.stdout
    assert {line.split(":")[0] for line in difference.stdout.splitlines()} <= {"name", "title", "question"}


def test_a_parent_beside_the_file_comes_before_a_shipped_one(run, tmp_path):
    (tmp_path / "mine.yaml").write_text("chokepoint: 1\nextends: geneva_truce.yaml\nname: mine\n")
    assert run("show", "mine.yaml", cwd=tmp_path).returncode == 0
    (tmp_path / "geneva_truce.yaml").write_text("chokepoint: 1\nextends: baseline.yaml\nname: geneva_truce\ntitle: Beside\n")
    assert "\ntitle: Beside\n" in run("show", "mine.yaml", cwd=tmp_path).stdout
    (tmp_path / "mine.yaml").write_text("chokepoint: 1\nextends: geneva_truse.yaml\nname: mine\n")
    wrong = run("show", "mine.yaml", cwd=tmp_path)
    assert wrong.returncode == 3 and "among the shipped scenarios" in wrong.stderr and "geneva_truce.yaml" in wrong.stderr


def test_new_overwrites_nothing_and_says_what_is_wrong(run, tmp_path):
    (tmp_path / "kept.yaml").write_text("mine")
    kept = run("new", "kept", cwd=tmp_path)
    assert kept.returncode == 4 and "--force" in kept.stderr and (tmp_path / "kept.yaml").read_text() == "mine"
    assert run("new", "kept", "--force", cwd=tmp_path).returncode == 0
    wrong = run("new", "9 lives", cwd=tmp_path)
    assert wrong.returncode == 2 and "is no id" in wrong.stderr
    assert run("new", "x", "--from", "none", cwd=tmp_path).returncode == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.yaml"]


# --- completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words, expected", [
    (["com"], {"compare", "completion"}),
    (["run", "x.yaml", "--mem"], {"--members"}),
    (["compare", "a.h5", "--fail"], {"--fail-if"}),
    (["run", "x.yaml", "--set", "lic"], {"licensing"}),
    (["run", "x.yaml", "--set", "licensing.any_id.deadl"], {"licensing.any_id.deadline", "licensing.any_id.deadline_mode"}),
    (["explain", "buyers.auto_usa.cov"], {"buyers.auto_usa.cover"}),
    (["compare", "a.h5", "--by", "pro"], {"product"}),
    (["export", "a.h5", "--format", ""], {"csv", "iamc"}),
    (["new", "mine", "--from", "truce"], {"truce_breaks"}),
    (["pe", "gs"], {"gsim"}),
    (["completion", "b"], {"bash"}),
    (["validate", "a"], {"a.yaml", "a_folder"}),
    (["compare", "a"], {"a.h5", "a_folder"}),
    (["score", "a.h5", "--observed", "a"], {"a.csv", "a_folder"}),
    (["fit", "a"], {"a.yaml", "a_folder"}),
    (["fit", "a.yaml", "--vary", "licensing.any_id.deadl"], {"licensing.any_id.deadline", "licensing.any_id.deadline_mode"}),
])  # fmt: skip
def test_completion(run, tmp_path, words, expected):
    made = run("completion", "bash")
    assert made.returncode == 0
    (tmp_path / "completion").write_text(made.stdout)
    (tmp_path / "a_folder").mkdir()
    for name in ("a.yaml", "a.h5", "a.csv", "b.yaml"):
        (tmp_path / name).touch()
    script = ('source ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chokepoint 2>/dev/null;'
              'printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", script, "bash", conftest.PROGRAM, *words], cwd=tmp_path, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(conftest.SOURCE / "analysis")})
    assert set(done.stdout.split()) == expected, done.stderr


def test_another_shell_is_a_usage_error(run):
    assert run("completion", "tcsh").returncode == 2

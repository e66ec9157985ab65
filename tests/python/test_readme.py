"""Every command of the README runs, in a folder of the reader's, and so does its Python."""

import re
import shlex
import shutil

import pytest

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def blocks(source):
    text = (source / "README.md").read_text(encoding="utf-8")
    return [(kind, body) for kind, body in BLOCK.findall(text)]


def test_commands_and_python(source, run, blocks, tmp_path, monkeypatch):
    commands = [line for kind, body in blocks if kind == "sh" for line in body.splitlines()]
    assert sum(line.startswith("./chokepoint run ") for line in commands) >= 2
    for line in commands:
        words = shlex.split(line)
        assert words[0] == "./chokepoint", line
        if words[1] == "test":  # this very run
            continue
        words = [str(source / word) if word.startswith(("scenarios/", "data/")) else word for word in words[1:]]
        if words[0] == "run" and "--members" not in words:
            words += ["--members", "2"]
        process = run(*words, cwd=tmp_path)
        assert process.returncode == 0, f"{line}\n{process.stderr}"
        assert process.stdout.strip(), line
    scripts = [body for kind, body in blocks if kind == "python"]
    assert scripts
    monkeypatch.chdir(tmp_path)
    for script in scripts:
        exec(compile(script, "README.md", "exec"), {})


def test_the_folders_it_names_exist(source):
    text = (source / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:scenarios|data|analysis|sim|include|tests)(?:/[\w./]+)?)`", text):
        assert (source / path).exists(), path


def test_the_examples_of_the_scenario_guide_are_valid(source, run, tmp_path):
    shutil.copytree(source / "scenarios", tmp_path / "scenarios")
    text = (source / "scenarios" / "README.md").read_text(encoding="utf-8")
    examples = [body for kind, body in BLOCK.findall(text) if kind == "yaml"]
    assert examples
    for number, body in enumerate(examples):
        path = tmp_path / "scenarios" / f"example_{number}.yaml"
        path.write_text(body, encoding="utf-8")
        trade = "chokepoint-trade-1.schema.json" in body
        process = run("pe", "gsim", path) if trade else run("validate", path)
        assert process.returncode == 0, f"{body}\n{process.stderr}"

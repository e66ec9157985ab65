"""`fit` on a small world: it finds a value the program itself was run with, keeps its draws, and says what is wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import chokepoint
import conftest
import numpy as np
import pytest
import results

LEVEL, WEIGHT = "licensing.control.throughput.levels.start.level", "licensing.control.postures.slow.weight"
IDLE = "behaviour.investment_cap"  # nobody invests in four months
TRUTH = {LEVEL: "16 %", WEIGHT: "0.4 x"}
RANGES = ("--vary", f"{LEVEL}=2 %..30 %", "--vary", f"{WEIGHT}=0.1 x..0.9 x", "--vary", f"{IDLE}=1 %/yr..8 %/yr")
ENVIRONMENT = os.environ | {"CHOKEPOINT_PROGRAM": str(conftest.PROGRAM)}


def command(*arguments, **options):
    """python3 -m chokepoint fit ...: the finished process."""
    return subprocess.run([sys.executable, "-m", "chokepoint", "fit", *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the scenario, so that fragments beside it are valid."""
    made = tmp_path_factory.mktemp("fit")
    for name in ("calm.yaml", "control.yaml"):
        shutil.copy(results.SCENARIOS / name, made / name)
    return made


@pytest.fixture(scope="module")
def table(run, folder):
    """What the program says at TRUTH, on another seed, as if it had been published."""
    sets = [word for key, value in TRUTH.items() for word in ("--set", f"{key}={value}")]
    path = results.make(run, folder, folder / "control.yaml", "--members", 1, "--seed", 77, *sets, name="truth")
    with chokepoint.open(path) as result:
        exports = result["exports_monthly"].read(origin="CHN", product="magnet")[0]
        rows = [f"{month:%Y-%m},{to},{exports[at, list(result.labels('destination')).index(to)]},reported,made"
                for at, month in enumerate(result.labels("month")[:4]) for to in ("USA", "DEU")]  # fmt: skip
    out = folder / "magnets_monthly.csv"
    out.write_text("\n".join(["month,destination,tonnes,status,source", *rows]) + "\n", encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def fitted(folder, table):
    """A fit of 48 draws, as JSON."""
    done = command(folder / "control.yaml", "--observed", table, *RANGES, "--draws", 48, "--members", 3, "--error", "10 %", "-o", folder / "posterior.yaml", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_finds_the_values_the_record_was_made_with(fitted):
    """Both values lie in their 90 % interval. The level of throughput moves every month after the control, so that less than half of
    its range is left; the pace of investment moves no month of the record, and is not called identified."""
    values = {row["key"]: row for row in fitted["values"]}
    for key, row in values.items():
        print(f"\n{key}: {row['p05']:.3g}, {row['median']:.3g}, {row['p95']:.3g}; width {row['width']:.2f}, {row['identified']}")
    for key, truth in TRUTH.items():
        assert values[key]["p05"] <= float(truth.split()[0]) <= values[key]["p95"], key
    assert values[LEVEL]["identified"] == "identified" and values[IDLE]["identified"] == "not"
    assert fitted["misfit"]["fitted"] < fitted["misfit"]["as_written"]


def test_the_posterior_is_a_scenario_that_says_where_it_comes_from(run, folder, table, fitted, tmp_path):
    text = (folder / "posterior.yaml").read_text(encoding="utf-8")
    for said in ("# Posterior of ", "fit ", "SHA-256", "from 2025-01 to 2025-04", "# Sources of them: made", "48 draws of 3 members on seed 1", "extends: control.yaml"):
        assert said in text, said
    shown = json.loads(run("show", folder / "posterior.yaml", "--json").stdout)
    assert set(shown["ensemble"]["vary"][WEIGHT]) == {"beta"}  # the uniform of the parent is gone
    path = results.make(run, tmp_path, folder / "posterior.yaml", "--members", 40)
    with chokepoint.open(path) as result:
        drawn = result.parameters[LEVEL]
    row = next(row for row in fitted["values"] if row["key"] == LEVEL)
    factor = drawn.mean() / row["median"]  # a share may be kept as such
    scale = 0.01 if factor < 0.1 else 1
    assert row["p05"] * scale * 0.8 < drawn.mean() < row["p95"] * scale * 1.2 and drawn.std() > 0


def test_draws_are_kept_used_again_and_go_on(folder, table, fitted):
    kept = folder / "posterior.draws.csv"
    before = kept.read_text(encoding="utf-8")
    again = command(folder / "control.yaml", "--observed", table, *RANGES, "--draws", 50, "--members", 3, "--error", "10 %", "-o", folder / "posterior.yaml", "--force")
    assert again.returncode == 0 and "2 of 2 draws" in again.stderr, again.stderr
    assert kept.read_text(encoding="utf-8").startswith(before)
    assert max(map(len, again.stdout.splitlines())) <= 80
    assert re.match(r"3 values, 50 draws of 3 members against 8 observations until 2025-04: ", again.stdout.replace("\n", " "))
    for said in ("Misfit", "width", "Least misfit of a draw by fifth", "Result over published"):
        assert said in again.stdout
    other = command(folder / "control.yaml", "--observed", table, *RANGES[:2], "--draws", 8, "--members", 3, "-o", folder / "posterior.yaml", "--force")
    assert other.returncode == 0  # --force begins anew
    kept.write_text(before, encoding="utf-8")
    (folder / "posterior.yaml").unlink()
    other = command(folder / "control.yaml", "--observed", table, *RANGES[:2], "--draws", 8, "--members", 3, "-o", folder / "posterior.yaml")
    assert other.returncode == 4 and "holds draws of another fit (keys differ)" in other.stderr and kept.read_text(encoding="utf-8") == before


def test_the_same_command_gives_the_same_posterior(folder, table):
    words = (folder / "control.yaml", "--observed", table, *RANGES[:2], "--draws", 6, "--members", 2, "--json")
    told = [json.loads(command(*words, "-o", folder / f"{name}.yaml", "-j", threads).stdout) for name, threads in (("one", 1), ("two", 2))]
    assert told[0]["values"] == told[1]["values"] and told[0]["misfit"] == told[1]["misfit"]


def test_an_interrupt_keeps_what_was_done(folder, table):
    kept = folder / "stopped.draws.csv"
    words = [sys.executable, "-m", "chokepoint", "fit", folder / "control.yaml", "--observed", table, *RANGES[:2], "--draws", 300, "--members", 4, "-j", 1,
             "--set", "world.scale=8", "-o", folder / "stopped.yaml"]  # fmt: skip
    process = subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (not kept.exists() or kept.read_text().count("\n") < 3 + 2 * 4):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130 and "the same command goes on" in stderr and "Traceback" not in stderr, stderr
    assert not (folder / "stopped.yaml").exists()
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 3 + 8 and len({line.count(",") for line in lines[2:]}) == 1


def test_what_is_wrong_is_told(folder, table, tmp_path):
    fit = (folder / "control.yaml", "--observed", table)
    wrong = command(*fit, "--vary", "licensing.control.throughput.levels.strat.level=2 %..30 %", "-o", tmp_path / "p.yaml")
    assert wrong.returncode == 3 and 'did you mean "start"?' in wrong.stderr and "error:" in wrong.stderr
    wrong = command(*fit, "--vary", f"{LEVEL}=2 t..30 t", "-o", tmp_path / "p.yaml")
    assert wrong.returncode == 3 and LEVEL in wrong.stderr
    assert command(*fit, "--vary", f"{LEVEL}=30 %", "-o", tmp_path / "p.yaml").returncode == 2
    assert command(*fit, *RANGES, "--draws", 5, "-o", tmp_path / "p.yaml").returncode == 2
    assert command(*fit, *RANGES, "--error", "much", "-o", tmp_path / "p.yaml").returncode == 2
    assert command(*fit, *RANGES, "-o", tmp_path / "p.csv").returncode == 2
    assert command(*fit, "-o", tmp_path / "p.yaml").returncode == 2
    assert command(folder / "none.yaml", "--observed", table, *RANGES, "-o", tmp_path / "p.yaml").returncode in (3, 4)
    far = command(*fit, *RANGES, "-o", tmp_path / "p.yaml")
    assert far.returncode == 3 and "put it beside it" in far.stderr and "draws" not in far.stderr  # before anything is run
    early = command(*fit, *RANGES, "--until", "2024-01-31", "-o", folder / "p.yaml")
    assert early.returncode == 3 and "give a later --until" in early.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_scipy_it_says_what_to_install_and_others_work(folder, table, tmp_path):
    (tmp_path / "scipy.py").write_text("raise ModuleNotFoundError(\"No module named 'scipy'\", name='scipy')\n")
    hidden = ENVIRONMENT | {"PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', conftest.SOURCE / 'analysis')}"}
    words = [sys.executable, "-m", "chokepoint", "fit", folder / "control.yaml", "--observed", table, *RANGES, "-o", tmp_path / "p.yaml"]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, env=hidden)
    assert done.returncode == 4 and "apt-get install python3-scipy" in done.stderr and "Traceback" not in done.stderr
    done = subprocess.run([sys.executable, "-m", "chokepoint", "score", "--help"], capture_output=True, text=True, env=hidden)
    assert done.returncode == 0


def test_members_of_a_draw_are_those_of_the_file(folder, table, run):
    """The first draw of the design, run by hand."""
    command(folder / "control.yaml", "--observed", table, *RANGES[:2], "--draws", 4, "--members", 2, "--seed", 9, "-o", folder / "hand.yaml")
    lines = (folder / "hand.draws.csv").read_text(encoding="utf-8").splitlines()
    head, first = lines[2].split(","), lines[3].split(",")
    row = dict(zip(head, first))
    path = results.make(run, folder, folder / "control.yaml", "--members", 2, "--seed", 9, "--set", f"{LEVEL}={row[LEVEL]}", name="by_hand")
    with chokepoint.open(path) as result:
        exports = result["exports_monthly"].read(origin="CHN", product="magnet", destination="USA")
    assert float(row["USA 2025-03"]) == pytest.approx(float(exports[0, 2])) and np.isfinite(float(row["DEU 2025-04"]))

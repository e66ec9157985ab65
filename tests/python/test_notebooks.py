"""Every notebook runs on small results, starts with its question and ends with its finding, and is kept without outputs."""

import os

import nbformat
import pytest
import results
from conftest import PROGRAM, SOURCE
from nbclient import NotebookClient

FOLDER = SOURCE / "analysis" / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def environment(run, tmp_path_factory):
    """Small results made by the engine, under the names the notebooks read."""
    folder = tmp_path_factory.mktemp("notebooks")
    a = results.make(run, folder, results.CONTROL, "--members", 12, name="a")
    b = results.make(run, folder, results.CONTROL, "--members", 12, "--set", "licensing.control.throughput.levels.start.level=2 %", name="b")
    return {"CHOKEPOINT_A": str(a), "CHOKEPOINT_B": str(b), "CHOKEPOINT_RESULT": str(a), "CHOKEPOINT_PROGRAM": str(PROGRAM),
            "CHOKEPOINT_MEMBERS": "3", "CHOKEPOINT_SOURCE_DIR": str(SOURCE), "PYTHONPATH": str(SOURCE / "analysis"), "MPLBACKEND": "agg"}


def test_there_are_four():
    assert [name[:2] for name in NOTEBOOKS] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_clean_and_asks_first(name):
    notebook = nbformat.read(FOLDER / name, as_version=4)
    assert "**Question.**" in notebook.cells[0].source
    for cell in notebook.cells:
        assert cell.cell_type == "markdown" or (cell.outputs == [] and cell.execution_count is None)
    assert len(notebook.cells) <= 14


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("given", ["engine", "example"])
def test_a_notebook_runs_to_its_finding(name, given, environment, monkeypatch):
    for key, value in environment.items():
        if given == "engine" or key != "CHOKEPOINT_RESULT":
            monkeypatch.setenv(key, value)
    if given == "example" and name[:2] not in ("01", "03"):
        pytest.skip("reads no single result")
    if given == "example":
        monkeypatch.delenv("CHOKEPOINT_RESULT", raising=False)
    notebook = nbformat.read(FOLDER / name, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    last = "".join(output.get("text", "") for output in notebook.cells[-1].outputs)
    assert last.startswith("Finding: ") and "nan" not in last
    print(f"\n{name}: {last.strip()}")

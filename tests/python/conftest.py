"""What every Python test may ask for. ctest sets the environment; by hand the release build is used."""

import os
import pathlib
import subprocess

import pytest

SOURCE = pathlib.Path(os.environ.get("CHOKEPOINT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("CHOKEPOINT_BUILD_DIR", SOURCE / "build" / "release"))
PROGRAM = pathlib.Path(os.environ.get("CHOKEPOINT_PROGRAM", BUILD / "bin" / "chokepoint"))

# A program under test sees no terminal of ours on its standard input; a test that wants one opens it.
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


@pytest.fixture(scope="session")
def source() -> pathlib.Path:
    """The checkout."""
    return SOURCE


@pytest.fixture(scope="session")
def run():
    """run(*arguments, **options): the program's finished process, text captured."""

    def call(*arguments, **options):
        options = {"capture_output": True, "text": True, "timeout": 600} | options
        return subprocess.run([PROGRAM, *map(str, arguments)], **options)

    return call

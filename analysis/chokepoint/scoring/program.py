"""The program that runs scenarios, as the commands of this package start it."""

import json
import os
import pathlib
import shutil
import subprocess

from .observed import BadInput

BUILT = pathlib.Path(__file__).parents[3] / "build" / "release" / "bin" / "chokepoint"


class NoProgram(OSError):
    """There is no program to run scenarios with."""


def program() -> str:
    """$CHOKEPOINT_PROGRAM (the program sets it for commands it starts), else chokepoint of the PATH or of the checkout's build."""
    chosen = os.environ.get("CHOKEPOINT_PROGRAM") or shutil.which("chokepoint") or (str(BUILT) if BUILT.is_file() else "")
    if not chosen:
        raise NoProgram("no program chokepoint is found; set CHOKEPOINT_PROGRAM to it, or start this command as ./chokepoint COMMAND")
    return chosen


def ask(*arguments) -> str:
    """What the program prints; BadInput with its own message where it refuses a scenario (exit 2 or 3)."""
    done = subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode in (2, 3):
        raise BadInput(without_warnings(done.stderr))
    if done.returncode != 0:
        raise NoProgram(done.stderr.strip() or f"{program()} ended with {done.returncode}")
    return done.stdout


def effective(scenario) -> dict:
    """The merged scenario, as `chokepoint show --json` gives it."""
    return json.loads(ask("show", scenario, "--json"))


def without_warnings(stderr: str) -> str:
    """The messages of the program but its warnings, each of which is a line, the line of the file and a caret."""
    kept, skip = [], 0
    for line in stderr.splitlines():
        skip = 3 if ": warning: " in line else skip
        if skip == 0:
            kept.append(line)
        skip = max(0, skip - 1)
    return "\n".join(kept).strip() or stderr.strip()

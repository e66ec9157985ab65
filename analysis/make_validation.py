"""Makes sim/VALIDATION.md, the model card: every figure in it comes from the oracle tests, from runs and from the scenarios.

    ./chokepoint test -R oracles                                            builds what it needs
    /usr/bin/python3 analysis/make_validation.py > sim/VALIDATION.md        some ten minutes on two cores
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "analysis"))

from chokepoint.card.answers import answers  # noqa: E402
from chokepoint.card.page import page  # noqa: E402
from chokepoint.card.runs import Runs  # noqa: E402
from chokepoint.scoring.program import program  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=40, help="of every run (40)")
    parser.add_argument("--results", type=pathlib.Path, help="folder that keeps the results; a new one else")
    parser.add_argument("--oracles", type=pathlib.Path, default=ROOT / "build/release/bin/chokepoint_test_oracles", help="the oracle tests")
    arguments = parser.parse_args()
    version = subprocess.run([program(), "version"], capture_output=True, text=True, check=True).stdout.split()[1]  # the commit says nothing of the figures
    with tempfile.TemporaryDirectory() as kept:
        folder = arguments.results or pathlib.Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
        runs = Runs(ROOT / "scenarios", folder, arguments.members)
        sys.stdout.write(page(runs, answers(arguments.oracles), ROOT / "scenarios", ROOT / "data", version))
    return 0


if __name__ == "__main__":
    sys.exit(main())

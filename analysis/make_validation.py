"""Makes sim/VALIDATION.md, the model card: every figure in it comes from the oracle tests, from runs and from the scenarios.

    ./chokepoint test -R oracles                                                         builds what it needs
    /usr/bin/python3 analysis/make_validation.py --members 40 > sim/VALIDATION.md        some ten minutes on two cores

Ends with 1 when an answer does not hold, after the page is written.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "analysis"))

from chokepoint.card.page import SECTIONS, page  # noqa: E402
from chokepoint.card.runs import Runs  # noqa: E402
from chokepoint.scoring.observed import BadInput  # noqa: E402
from chokepoint.scoring.program import NoProgram, program  # noqa: E402


def asked(words) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=20, help="of every run (20)")
    parser.add_argument("--only", action="append", choices=SECTIONS, default=[], metavar="SECTION", help=f"this section alone, with the head; may stand several times: {', '.join(SECTIONS)}")
    parser.add_argument("--results", type=pathlib.Path, help="folder that keeps the results, and has those that need not be run again; a new one else")
    parser.add_argument("--program", type=pathlib.Path, help="chokepoint; else CHOKEPOINT_PROGRAM, the PATH or the release build")
    parser.add_argument("--oracles", type=pathlib.Path, default=ROOT / "build/release/bin/chokepoint_test_oracles", help="the oracle tests")
    parser.add_argument("-j", "--threads", type=int, default=0, help="threads of a run (all)")
    return parser.parse_args(words)


def command(arguments) -> str:
    """What makes the page, with the options that change it."""
    said = ["/usr/bin/python3 analysis/make_validation.py", f"--members {arguments.members}", *(f"--only {name}" for name in arguments.only)]
    return " ".join(said if arguments.only else [*said, "> sim/VALIDATION.md"])


def build() -> str:
    """Version and commit of the program."""
    said = subprocess.run([program(), "version"], capture_output=True, text=True, check=True).stdout
    number, commit = re.match(r"chokepoint (\S+) \(commit ([^)]+)\)", said).groups()
    return f"{number}, commit {commit}"


def main(words=None) -> int:
    arguments = asked(words)
    if arguments.program:
        os.environ["CHOKEPOINT_PROGRAM"] = str(arguments.program.resolve())
    with tempfile.TemporaryDirectory() as kept:
        folder = arguments.results or pathlib.Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            said = page(Runs(ROOT / "scenarios", folder, arguments.members, arguments.threads), arguments.oracles, ROOT / "data", command(arguments), build(), arguments.only)
        except (BadInput, NoProgram, RuntimeError) as error:
            print(error, file=sys.stderr)
            return 1
    sys.stdout.write(said)
    if bad := re.findall(r"\*\*(\d+ did not hold.*?)\*\*", said):
        print(f"known answers: {bad[0]} (tests older than the scenarios stop so; build them again)", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

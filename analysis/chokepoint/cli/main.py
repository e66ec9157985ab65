"""The command line of the package: one function a command, exit codes as those of the program."""

import argparse
import os
import sys

from ..collection import DoubledResult
from ..condition import BadCondition
from ..pairing import NotPaired
from ..result import NotAResult
from ..scoring.observed import BadInput
from ..scoring.series import Unscorable
from . import compare as compare_command
from . import export as export_command
from . import fit as fit_command
from . import report as report_command
from . import score as score_command

COMMANDS = {"compare": compare_command, "export": export_command, "report": report_command, "score": score_command,
            "fit": fit_command}  # fmt: skip
DONE, INTERNAL, USAGE, INVALID, ENVIRONMENT, CONDITION, INTERRUPTED = 0, 1, 2, 3, 4, 6, 130


def main(arguments: list[str] | None = None) -> int:
    """Acts on a command line, without the program's name; the exit code."""
    parser = argparse.ArgumentParser(prog="chokepoint", description="Compare, export, report and score results, and fit scenarios.", allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.HELP, description=module.HELP.capitalize() + ".", epilog=module.FOOTER,
                                      allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
        command._optionals.title = "Options"  # as the program's own commands say it
        module.declare(command)
    parsed = parser.parse_args(arguments)
    try:
        code = COMMANDS[parsed.command].act(parsed)
        sys.stdout.flush()  # a full disk behind stdout shows here
        return code
    except (BadCondition, DoubledResult) as error:  # and what else is wrong on the command line
        return _say(error, USAGE)
    except BadInput as error:  # names its place itself, as the program does
        print(error, file=sys.stderr)
        return INVALID
    except Unscorable as error:
        return _say(error, INVALID)
    except KeyError as error:
        return _say(error.args[0], USAGE)
    except NotPaired as error:
        return _say(f"{error}; run both with the same seed and members, or give --unpaired if the horizon is the same", CONDITION)
    except BrokenPipeError:
        _drop_stdout()
        return ENVIRONMENT
    except OSError as error:
        _drop_stdout()
        # An error of the system without a name of a file is of what is printed.
        what = f"{error.filename}: " if error.filename else "cannot write to stdout: "
        return _say(f"{what}{error.strerror}" if error.strerror else error, ENVIRONMENT)
    except (NotAResult, ModuleNotFoundError) as error:
        return _say(error, ENVIRONMENT)
    except KeyboardInterrupt:
        return INTERRUPTED


def _drop_stdout() -> None:
    """What is still in the buffer would fail again when Python ends, and that would be the exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(what, code: int) -> int:
    print(f"chokepoint: {what}", file=sys.stderr)
    return code


def compare() -> int:
    """Entry of chokepoint-compare."""
    return main(["compare", *sys.argv[1:]])


def export() -> int:
    """Entry of chokepoint-export."""
    return main(["export", *sys.argv[1:]])


def report() -> int:
    """Entry of chokepoint-report."""
    return main(["report", *sys.argv[1:]])


def score() -> int:
    """Entry of chokepoint-score."""
    return main(["score", *sys.argv[1:]])


def fit() -> int:
    """Entry of chokepoint-fit."""
    return main(["fit", *sys.argv[1:]])

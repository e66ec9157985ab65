"""chokepoint fit FILE --observed D.csv --vary KEY=LOW..HIGH ...: which values of a scenario the published months allow."""

import argparse
import dataclasses
import datetime
import hashlib
import json
import pathlib
import shlex
import sys

import pandas as pd

from ..condition import BadCondition
from ..fitting import abc, tell
from ..fitting.draws import OtherDraws
from ..fitting.fit import LEAST, fit, job_of
from ..fitting.vary import read as read_range
from ..result import without
from ..scoring import observed, program
from ..scoring.series import DATA, Unscorable
from .output import free, whole
from .score import declare_products, products

HELP = "find the values of a scenario that published monthly series allow"
FOOTER = """--vary KEY=LOW..HIGH gives a value and its range, with units as in scenarios (85 %..110 %); --vary KEY alone takes the range the
scenario draws it from. Every draw runs the scenario with the same seed, so that draws differ by the values alone. The others of
ensemble.vary go on varying between members.

The posterior (approximate Bayesian computation with regression, chokepoint/fitting/abc.py) is written as a scenario that extends
FILE. Draws are kept beside it, in NAME.draws.csv, as they come: after Ctrl-C, or with more --draws, the same command goes on.

exit codes: 0 done, 2 usage, 3 table, scenario or key invalid, 4 cannot read or write, 130 interrupted
"""


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="scenario")
    parser.add_argument("--observed", metavar="D.csv", required=True, help="table of published months; see chokepoint score")
    parser.add_argument("--vary", action="append", required=True, metavar="KEY[=LOW..HIGH]", help="a value to find, with its range; may be repeated")
    parser.add_argument("--until", metavar="DATE", help="use months up to that of this date (all)")
    parser.add_argument("--members", type=_positive, default=4, metavar="N", help="members of each draw (4)")
    parser.add_argument("--draws", type=_positive, default=0, metavar="N", help="draws of the values (16 a value)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of every run and of the design (1)")
    parser.add_argument("--error", default=f"{100 * abc.ERROR:g} %", metavar="SHARE", help=f"error of a published month and of the model together ({100 * abc.ERROR:g} %%)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="set another value in every run; may be repeated")
    declare_products(parser)
    parser.add_argument("--exporter", default="", metavar="REGION", help="whose exports (the region that controls them)")
    parser.add_argument("-j", "--threads", type=_positive, default=0, metavar="N", help="runs at a time (all cores)")
    parser.add_argument("-o", "--output", metavar="FILE", default="posterior.yaml", help="scenario to write (posterior.yaml)")
    parser.add_argument("--force", action="store_true", help="overwrite it, and draws of another fit")
    parser.add_argument("--json", action="store_true", help="print as JSON: every figure")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def act(arguments) -> int:
    """Runs, learns, writes and prints; the exit code."""
    try:
        import scipy.stats  # noqa: F401 (the design; asked for before anything is run)
    except ModuleNotFoundError as error:
        raise without(error, "chokepoint fit") from error
    path = free(arguments.output, arguments.force)
    if path is None or path.suffix not in (".yaml", ".yml"):
        raise BadCondition(f"-o {arguments.output}: the posterior is a scenario; name a .yaml file")
    until, error = _month(arguments.until), _share(arguments.error)
    table = observed.read(arguments.observed)
    effective = program.effective(arguments.file)
    ranges = _ranges(arguments, effective)
    draws = arguments.draws or 16 * len(ranges)
    if draws < LEAST * len(ranges):
        raise BadCondition(f"--draws {draws} is too few for {len(ranges)} values; give at least {LEAST * len(ranges)}")
    _check_place(path, arguments.file)
    job, notes = job_of(arguments.file, effective, table, until, arguments.members, arguments.seed, arguments.set, products(arguments.products), arguments.exporter)
    kept = path.with_name(f"{path.stem}.draws.csv")
    try:
        found = fit(job, ranges, draws, arguments.seed, kept, error, arguments.threads, arguments.force, notes)
    except OtherDraws as error:
        raise FileExistsError(str(error)) from error
    except KeyboardInterrupt:
        print(f"chokepoint: fit: interrupted; draws done are in {kept}, and the same command goes on", file=sys.stderr)
        raise
    about = _about(arguments, effective, job, draws, path)
    _write(path, tell.fragment(found, about), arguments.file)
    print(json.dumps(tell.as_json(found, about), indent=2, ensure_ascii=False) if arguments.json else tell.told(found, about))
    print(f"chokepoint: {path}, draws in {kept}", file=sys.stderr)
    return 0


def _month(text) -> pd.Period | None:
    try:
        return pd.Period(text, "M") if text else None
    except ValueError as error:
        raise BadCondition(f"--until {text} is no date; write 2025-08-31") from error


def _share(text) -> float:
    number = text.strip().removesuffix("%")
    try:
        value = float(number) / (100 if text.strip().endswith("%") else 1)
    except ValueError as error:
        raise BadCondition(f'--error "{text}" is no share; write 15 %') from error
    if not 0 < value <= 1:
        raise BadCondition(f'--error "{text}"; write a share above 0 and up to 100 %')
    return value


def _ranges(arguments, effective):
    """The ranges, each of whose ends the program accepts."""
    ranges = [read_range(text, effective) for text in arguments.vary]
    keys = [one.key for one in ranges]
    for key in keys:
        if keys.count(key) > 1:
            raise BadCondition(f"--vary {key} is given twice")
    fixed = [word for one in arguments.set for word in ("--set", one)]
    for end in ("low", "high"):  # every key at once: the program names those that are wrong
        program.ask("show", arguments.file, *fixed, *(word for one in ranges for word in ("--set", f"{one.key}={one.text(getattr(one, end))}")))
    return [dataclasses.replace(one, whole=_whole(arguments.file, fixed, one)) for one in ranges]


def _whole(scenario, fixed, one) -> bool:
    """Whether a key takes whole numbers only, which the program says of a value between two."""
    if one.low != int(one.low) or one.high != int(one.high):
        return False
    try:
        program.ask("show", scenario, *fixed, "--set", f"{one.key}={one.text(one.low + 0.5)}")
    except observed.BadInput as error:
        return "is not a whole number" in str(error)
    return False


def _about(arguments, effective, job, draws, path) -> dict:
    """What the fragment and the answer say of how it was made."""
    rows = [row for _, row in job.wanted]
    sources = list(dict.fromkeys(source for row in rows for source in row.source.split(";") if source))
    listed = DATA / "sources.csv"
    known = set(pd.read_csv(listed, comment="#")["key"]) if listed.is_file() else set()
    return {"scenario": arguments.file, "extends": pathlib.Path(arguments.file).name, "name": _name(path),
            "observed": arguments.observed, "sha256": hashlib.sha256(pathlib.Path(arguments.observed).read_bytes()).hexdigest(),
            "from": str(min(row.first for row in rows)), "until": str(max(row.last for row in rows)), "draws": draws, "members": arguments.members,
            "seed": arguments.seed, "error": arguments.error, "command": shlex.join(["chokepoint", *sys.argv[1:]]), "sources": sources,
            "known_sources": [one for one in sources if one in known], "date": f"{datetime.date.today():%Y-%m-%d}",
            "drawn_as": effective.get("ensemble", {}).get("vary", {})}  # fmt: skip


def _name(path) -> str:
    """The name of the scenario written: that of the file, in letters a name may have."""
    return "".join(c if c.isalnum() or c == "_" else "_" for c in path.stem)


def _check_place(path, scenario):
    """Unscorable where a scenario that extends the one given cannot lie: said before the runs and not after them."""
    trial = path.with_name(f".{path.stem}.trial.yaml")
    try:
        trial.write_text(f"chokepoint: 1\nextends: {pathlib.Path(scenario).name}\nname: {_name(path)}\nquestion: Can it lie here?\n", encoding="utf-8")
        program.ask("show", trial)
    except observed.BadInput as error:
        raise Unscorable(f"{path} could not extend {scenario} from there; put it beside it:\n{error}") from error
    finally:
        trial.unlink(missing_ok=True)


def _write(path, text, scenario):
    """Writes the fragment, checked where it lies."""
    with whole(path) as file:
        file.write(text)
    try:
        program.ask("validate", path)
    except observed.BadInput as error:
        raise Unscorable(f"{path} was written but is not valid where it lies; move it beside {scenario}:\n{error}") from error

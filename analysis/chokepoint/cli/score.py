"""chokepoint score FILE --observed D.csv: a result against published months and plain forecasts."""

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from ..condition import BadCondition
from ..result import open as open_result
from ..scoring import known, observed, picture, program, tell
from ..scoring.score import HORIZON, score
from ..scoring.series import Unscorable
from .output import free, whole

HELP = "set a result against published monthly series and plain forecasts"
FOOTER = """The table has a column month (2025-04, or 2025-01..2025-02 for two together), destination (WORLD, EU27, or the id of a
region), and tonnes or kilograms; product where it parts materials. Months the result or the table lacks are left out, and
said: a later table just works.

Beside the result stand persistence (last), the same month a year before (season), that with the mean change of a year
(drift), the mean month of the year before (year), the trend before controls (trend) and the base flow shifted by 45 working
days (lag), each from the months of the table up to the origin alone.

A run with all dated policy knows what came. For what was to be expected, take out the policy dated after an origin, run, score:
  chokepoint score --scenario geneva_truce.yaml --origin 2025-04-30 -o april.yaml
  chokepoint run april.yaml
  chokepoint score geneva_truce.h5 --observed D.csv --known 2025-04-30=geneva_truce_known_2025_04_30.h5

exit codes: 0 done, 2 usage, 3 table or scenario invalid, 4 cannot read or write
"""


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="result")
    parser.add_argument("--observed", metavar="D.csv", help="table of published months")
    parser.add_argument("--origin", action="append", default=[], type=_day, metavar="DATE",
                        help="forecast from the end of this month on; may be repeated (the month of the control, and 1, 2 and 4 later)")  # fmt: skip
    parser.add_argument("--horizon", type=_months, default=HORIZON, metavar="N", help=f"months ahead ({HORIZON})")
    parser.add_argument("--known", action="append", default=[], type=_known, metavar="DATE=FILE", help="result without policy dated after DATE, scored for that origin; may be repeated")
    declare_products(parser)
    parser.add_argument("--exporter", default="", metavar="REGION", help="whose exports (the region that controls them)")
    parser.add_argument("--picture", metavar="FILE", help="also draw published months over the bands, as SVG")
    parser.add_argument("--scenario", metavar="FILE", help="in place of a result: write this scenario as it was known at --origin, to -o")
    parser.add_argument("-o", "--output", metavar="FILE", help="scenario to write")
    parser.add_argument("--force", action="store_true", help="overwrite the picture or the scenario")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print as JSON: every figure")
    form.add_argument("--csv", action="store_true", help="print as CSV: a row a model, series, origin and month")


def declare_products(parser: argparse.ArgumentParser):
    """Adds the option that says what a table counts."""
    parser.add_argument("--products", action="append", default=[], metavar="[NAME=]A,B",
                        help="products of the result a row counts, such as magnet*; NAME= of which product of the table (by the name of the file)")  # fmt: skip


def _day(text: str) -> pd.Timestamp:
    if not known.DAY.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text} is no date; write 2025-04-30")
    try:
        return pd.Timestamp(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day of a calendar") from error


def _known(text: str) -> tuple[pd.Timestamp, str]:
    day, sign, path = text.partition("=")
    if not sign or not path:
        raise argparse.ArgumentTypeError(f"{text} is not DATE=FILE; write 2025-04-30={text}")
    return _day(day), path


def _months(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 120:
        raise argparse.ArgumentTypeError("1 to 120 months")
    return value


def products(words: list[str]) -> dict[str, list[str]]:
    """{product of the table, "" without that column: ids or patterns} out of [NAME=]A,B."""
    out = {}
    for text in words:
        name, sign, listed = text.rpartition("=")
        if sign and not name or not listed:
            raise BadCondition(f'--products "{text}"; write A,B or NAME=A,B')
        out.setdefault(name, []).extend(listed.split(","))
    return out


def act(arguments) -> int:
    """Prints what was asked for; the exit code."""
    if arguments.scenario:
        return _write_known(arguments)
    if not arguments.file or not arguments.observed:
        raise BadCondition("give a result and --observed TABLE, or --scenario FILE --origin DATE -o FILE to write what was known")
    if arguments.output:
        raise BadCondition("-o goes with --scenario; a picture goes to --picture FILE")
    path = free(arguments.picture, arguments.force) if arguments.picture else None
    table = observed.read(arguments.observed)
    with ExitStack() as files:
        result = files.enter_context(open_result(arguments.file))
        others = {day.to_period("M"): files.enter_context(open_result(name)) for day, name in arguments.known}
        found = score(result, table, [day.to_period("M") for day in arguments.origin], arguments.horizon, products(arguments.products), arguments.exporter, others)
        name = result.scenario
    if path:
        with whole(path) as file:
            file.write(picture.picture(found) + "\n")
        print(f"chokepoint: {path}", file=sys.stderr)
    if arguments.json:
        print(json.dumps(tell.as_json(found, name, arguments.observed), indent=2, ensure_ascii=False))
    elif arguments.csv:
        found.cases.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        print(tell.told(found, name))
    return 0


def _write_known(arguments) -> int:
    """Writes the scenario as it was known at an origin, and checks that it is valid where it lies."""
    if arguments.file or arguments.observed or len(arguments.origin) != 1 or not arguments.output:
        raise BadCondition("--scenario FILE goes with one --origin DATE and -o FILE, and with no result")
    path, day = free(arguments.output, arguments.force), arguments.origin[0]
    effective = program.effective(arguments.scenario)
    text, laid = known.fragment(arguments.scenario, effective, day)
    if path is None:
        print(text, end="")
        return 0
    if path.exists() and Path(arguments.scenario).exists() and path.samefile(arguments.scenario):
        raise BadCondition(f"{path} is the scenario itself; name another file")
    with whole(path) as file:
        file.write(text)
    try:
        program.ask("validate", path)
    except observed.BadInput as error:
        path.unlink()
        raise Unscorable(f"the fragment would not be valid in {path.parent}; put it beside {arguments.scenario}:\n{error}") from error
    print(f"chokepoint: {path}: {arguments.scenario} without {len(laid)} entries dated after {day:%Y-%m-%d}", file=sys.stderr)
    print(path)
    return 0

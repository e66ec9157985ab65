"""chokepoint export FILE... --format csv|iamc: long tables for other programs."""

import argparse
import sys

from ..collection import collection
from ..condition import BadCondition
from ..export import export
from .output import STDOUT, free, whole

HELP = "write results as a tidy CSV or in the IAMC layout"
FOOTER = """csv   columns scenario, variable, unit, one column an axis, value. Without --variables: everything with one
      value a run, member by member.
iamc  columns model, scenario, region, variable, unit, time, value: weekly and monthly series as 5, 50 and 95 %
      of members, as pyam.IamDataFrame reads them.
"""


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="results")
    parser.add_argument("--format", choices=("csv", "iamc"), default="csv", help="layout (csv)")
    parser.add_argument("--variables", metavar="A,B", help="variables of the tidy table, such as shortfall_q,duty_q")
    parser.add_argument("-o", "--output", metavar="FILE", default=STDOUT, help="file to write; - is standard output (-)")
    parser.add_argument("--force", action="store_true", help="overwrite the file")


def act(arguments) -> int:
    """Writes the table, says how many rows; the exit code."""
    if arguments.format == "iamc" and arguments.variables:
        raise BadCondition("--variables goes with --format csv; the IAMC layout has its own")
    path = free(arguments.output, arguments.force)
    variables = arguments.variables.split(",") if arguments.variables else None
    with collection(arguments.files) as results:
        table = export(results, arguments.format, variables)
        names = [name for name, _ in results]
    with whole(path) as file:
        table.to_csv(file, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    for name in names:
        print(f"chokepoint: {name}: {(table['scenario'] == name).sum():,} rows", file=sys.stderr)
    print(f"chokepoint: {len(table):,} rows{f' in {path}' if path else ''}", file=sys.stderr)
    return 0

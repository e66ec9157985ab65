"""chokepoint report FILE... -o report.html: a page to e-mail."""

import argparse
import sys
import time

from ..collection import collection
from ..report.page import page
from ..scoring import observed
from ..scoring.score import score
from .output import free, whole
from .score import declare_products, products

HELP = "write results as one self-contained HTML page"
FOOTER = "The first file is A; each other is set against it, paired by member."


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="results")
    parser.add_argument("--observed", metavar="D.csv", help="table of published months to set the results against; see chokepoint score")
    declare_products(parser)
    parser.add_argument("-o", "--output", metavar="FILE", default="report.html", help="file to write; - is standard output (report.html)")
    parser.add_argument("--force", action="store_true", help="overwrite the file")


def act(arguments) -> int:
    """Writes the page; the exit code."""
    begun = time.perf_counter()
    path = free(arguments.output, arguments.force)
    table, counted = observed.read(arguments.observed) if arguments.observed else None, products(arguments.products)
    with collection(arguments.files) as results:
        text = page(results, {name: score(result, table, products=counted) for name, result in results} if table else None)
    with whole(path) as file:
        file.write(text)
    if path:
        print(path)
    print(f"chokepoint: {path or 'standard output'}: {len(text.encode()) / 1e6:.2f} MB in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    return 0

"""chokepoint report FILE... -o report.html: a page to e-mail."""

import argparse
import sys
import time

from ..collection import collection
from ..report.page import page
from .output import free, whole

HELP = "write results as one self-contained HTML page"
FOOTER = "The first file is A; each other is set against it, paired by member."


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="results")
    parser.add_argument("-o", "--output", metavar="FILE", default="report.html", help="file to write; - is standard output (report.html)")
    parser.add_argument("--force", action="store_true", help="overwrite the file")


def act(arguments) -> int:
    """Writes the page; the exit code."""
    begun = time.perf_counter()
    path = free(arguments.output, arguments.force)
    with collection(arguments.files) as results:
        text = page(results)
    with whole(path) as file:
        file.write(text)
    if path:
        print(path)
    print(f"chokepoint: {path or 'standard output'}: {len(text.encode()) / 1e6:.2f} MB in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    return 0

"""chokepoint report FILE... -o report.html: a page to e-mail."""

import argparse
import pathlib
import sys
import time

from ..collection import collection
from ..report.page import page

HELP = "write results as one self-contained HTML page"
FOOTER = "The first file is A; each other is set against it, paired by member."


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="results")
    parser.add_argument("-o", "--output", metavar="FILE", default="report.html", help="file to write (report.html)")
    parser.add_argument("--force", action="store_true", help="overwrite the file")


def act(arguments) -> int:
    """Writes the page; the exit code."""
    begun = time.perf_counter()
    path = pathlib.Path(arguments.output)
    if path.exists() and not arguments.force:
        raise FileExistsError(f"{path} exists; --force overwrites it")
    with collection(arguments.files) as results:
        text = page(results)
    path.write_text(text, encoding="utf-8")
    print(path)
    print(f"chokepoint: {path}: {path.stat().st_size / 1e6:.2f} MB in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    return 0

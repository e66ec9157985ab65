"""python3 -m chokepoint COMMAND: compare, export or report results."""

import sys

from .cli.main import main

if __name__ == "__main__":
    sys.exit(main())

"""python3 -m chokepoint COMMAND: compare, export or report results."""

import sys

PACKAGES = "python3-h5py python3-numpy python3-pandas"

try:
    from .cli.main import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("h5py", "numpy", "pandas"):
        raise
    print(f"chokepoint: {sys.executable} has no module {error.name}; on Debian, as root:\n"
          f"apt-get install -y --no-install-recommends {PACKAGES}", file=sys.stderr)  # fmt: skip
    sys.exit(4)

if __name__ == "__main__":
    sys.exit(main())

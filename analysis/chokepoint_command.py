"""What the program starts for compare, export, report, score and fit: the package beside this file, or what to install for it."""

import sys

MODULES = ("h5py", "numpy", "pandas")

try:
    from chokepoint.cli.main import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in MODULES:
        raise
    packages = " ".join(f"python3-{module}" for module in MODULES)
    print(f"chokepoint: {sys.executable} has no module {error.name}; on Debian, as root:\n"
          f"apt-get install -y --no-install-recommends {packages}", file=sys.stderr)  # fmt: skip
    sys.exit(4)

if __name__ == "__main__":
    sys.exit(main())

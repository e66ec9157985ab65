"""The script of the page: Apache ECharts and ours in one file, built from npm packages with a lock file."""

import hashlib
import os
import pathlib
import shutil
import subprocess

NAME = "charts.js"
PACKAGE = pathlib.Path(__file__).parent / "assets" / NAME
SOURCES = (pathlib.Path(__file__).parent / "script", pathlib.Path(__file__).parents[2] / "report")  # installed by pip; in a checkout


class NoBundle(OSError):
    """The script was not built and cannot be built here."""


def candidates() -> list[pathlib.Path]:
    """Where the script may lie: $CHOKEPOINT_REPORT_SCRIPT, in the package, in a build or the cache."""
    chosen = os.environ.get("CHOKEPOINT_REPORT_SCRIPT")
    return [pathlib.Path(chosen)] if chosen else [PACKAGE, cached()]


def sources() -> pathlib.Path | None:
    """The folder that builds the script, if there is one."""
    return next((folder for folder in SOURCES if (folder / "build").is_file()), None)


def cached() -> pathlib.Path:
    """Where build() leaves the script: named after what it is built from, so that no older one is taken for it."""
    root = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    digest, folder = hashlib.sha256(), sources()
    for path in sorted(folder.iterdir()) if folder else []:
        if path.suffix in (".mjs", ".json"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return root / "chokepoint" / f"charts-{digest.hexdigest()[:12]}.js"


def script() -> str:
    """The script's text; built once when it is nowhere. NoBundle says what to install."""
    for path in candidates():
        if path.is_file():
            return path.read_text(encoding="utf-8").replace("</script", "<\\/script")
    return build().read_text(encoding="utf-8").replace("</script", "<\\/script")


def build() -> pathlib.Path:
    """Builds the script into the cache with npm; the path."""
    folder = sources()
    if not folder:
        raise NoBundle(f"{PACKAGE} is missing and so is what builds it; install the program with cmake --install")
    if not shutil.which("npm"):
        raise NoBundle("the charts of the report are built with npm, once; on Debian, as root:\n"
                       "apt-get install -y --no-install-recommends npm")  # fmt: skip
    target = cached()
    done = subprocess.run(["bash", folder / "build", target], capture_output=True, text=True)
    if done.returncode != 0:
        raise NoBundle(f"the charts of the report could not be built:\n{done.stderr or done.stdout}")
    return target

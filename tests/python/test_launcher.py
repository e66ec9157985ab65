"""The launcher in a copy of the checkout whose path has spaces, called from elsewhere.

cmake, dpkg-query, apt-get and ctest are replaced by stubs that write down how they were called, so
that each path through the launcher takes milliseconds; the real build is the one running this test.
"""

import os
import pty
import re
import shutil
import subprocess
import time

import pytest

STUBS = {
    # The configuring call leaves a cache, the building one a program that shows its arguments.
    "cmake": """
echo "cmake $*" >>"$CALLS"
[ -z "${CMAKE_FAILS-}" ] || { echo "fatal: planted"; exit 1; }
if [ "$1" = --build ]; then
  sleep "${BUILD_SECONDS-0}"
  mkdir -p "$2/bin"
  case "$*" in *chokepoint_report*) mkdir -p "$2/analysis"; touch "$2/analysis/charts.js"; exit;; esac
  printf '#!/bin/sh\\n[ ! -e /proc/$$/fd/9 ] || echo "holds the lock"
echo "in $PWD with"; for a; do echo "<$a>"; done; exit 7\\n' >"$2/bin/chokepoint"
  chmod +x "$2/bin/chokepoint"
else
  touch "$4/CMakeCache.txt"
fi
""",
    # Every package is installed but those named in MISSING, until apt-get has run.
    "dpkg-query": """
for name; do case "$name" in -*) continue;; esac
  case " ${MISSING-} " in *" $name "*) [ -e "$CALLS.installed" ] || continue;; esac
  echo "installed $name"
done
""",
    "apt-get": """
echo "apt-get $* ($DEBIAN_FRONTEND)" >>"$CALLS"
[ -z "${APT_FAILS-}" ] || { echo "E: planted"; exit 100; }
case "$*" in *" install "*) touch "$CALLS.installed";; esac
""",
    "id": 'echo "${USER_ID-0}"\n',
    "sudo": "exit 1\n",
    "ctest": '[ ! -e /proc/$$/fd/9 ] || echo "holds the lock"; echo "ctest $*"; exit "${CTEST_EXIT-0}"\n',
}


class Copy:
    """A copy of what the launcher looks at, with the stubs before it on the path."""

    def __init__(self, source, folder):
        self.root = folder / "a check out"
        self.root.mkdir()
        for name in ("chokepoint", "CMakeLists.txt", "CMakePresets.json"):
            shutil.copy2(source / name, self.root / name)
        for name in ("include", "sim"):
            shutil.copytree(source / name, self.root / name)
        shutil.copytree(source / "analysis" / "report", self.root / "analysis" / "report")
        shutil.copy2(source / "analysis" / "CMakeLists.txt", self.root / "analysis")
        self.calls_file = folder / "calls"
        self.elsewhere = folder / "else where"
        self.elsewhere.mkdir()
        stubs = folder / "stubs"
        stubs.mkdir()
        for name, body in STUBS.items():
            (stubs / name).write_text("#!/bin/bash\n" + body)
            (stubs / name).chmod(0o755)
        self.environment = os.environ | {"PATH": f"{stubs}:/usr/bin:/bin", "CALLS": str(self.calls_file)}
        self.environment.pop("CHOKEPOINT_BUILD_DIR", None)

    def start(self, *arguments, launcher=None, stdin=None, **environment):
        return subprocess.Popen(
            [launcher or self.root / "chokepoint", *arguments],
            cwd=self.elsewhere, env=self.environment | environment,
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip

    def call(self, *arguments, **options):
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def calls(self):
        """The stubs called since the last question."""
        text = self.calls_file.read_text() if self.calls_file.exists() else ""
        self.calls_file.unlink(missing_ok=True)
        return [re.match(r"cmake --preset|cmake --build|apt-get|.*", line)[0] for line in text.splitlines()]


@pytest.fixture
def copy(source, tmp_path):
    return Copy(source, tmp_path)


BUILT = ["cmake --preset", "cmake --build"]


def test_builds_once_then_runs_with_the_callers_folder_and_arguments(copy):
    first = copy.call("run", "my scenario.yaml", "--set", "a=b c")
    assert first.stdout == f"in {copy.elsewhere} with\n<run>\n<my scenario.yaml>\n<--set>\n<a=b c>\n"
    assert first.returncode == 7  # the program's
    assert "needs the Debian packages: g++ cmake" in first.stderr
    assert copy.calls() == BUILT
    second = copy.call("version")
    assert (second.stdout, second.stderr) == (f"in {copy.elsewhere} with\n<version>\n", "")
    assert copy.calls() == []


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",), ()], ids=str)
def test_help_shows_the_launchers_own_commands_too(copy, words):
    shown = copy.call(*words)
    assert shown.returncode == 7  # the program's
    text = shown.stdout + shown.stderr
    assert f"in {copy.elsewhere} with\n" in text and text.count("Of the launcher:") == 1
    assert "  test [--slow]" in text and "  --no-install COMMAND" in text
    assert "Of the launcher" not in copy.call("run", "--help").stdout


def test_works_through_a_symbolic_link(copy):
    link = copy.elsewhere / "ckp"
    link.symlink_to(copy.root / "chokepoint")
    assert copy.call("version", launcher=link).returncode == 7
    assert (copy.root / "build/release/bin/chokepoint").exists()


@pytest.mark.parametrize("change", ["edit", "add", "remove", "commit"])
def test_a_change_is_built(copy, change):
    log = copy.root / ".git/logs/HEAD"
    log.parent.mkdir(parents=True)
    log.write_text("one\n")
    copy.call("version")
    assert copy.calls() == BUILT
    file = copy.root / "sim/core/date.cpp"
    if change == "edit":
        file.write_text(file.read_text() + "\n")
    elif change == "add":
        (copy.root / "sim/core/new.cpp").touch()
    elif change == "remove":
        file.unlink()
    else:
        log.write_text("one\ntwo\n")
    assert copy.call("version").returncode == 7
    assert copy.calls() == BUILT
    copy.call("version")
    assert copy.calls() == []


def test_a_moved_checkout_is_configured_afresh(copy):
    copy.call("version")
    copy.calls()
    cache = copy.root / "build/release/CMakeCache.txt"
    cache.write_text("of the old place")
    copy.root = copy.root.rename(copy.root.with_name("moved"))
    assert copy.call("version").returncode == 7
    assert copy.calls() == BUILT
    assert (copy.root / "build/release/CMakeCache.txt").read_text() == ""


def test_only_missing_packages_are_installed(copy):
    result = copy.call("version", MISSING="cmake libfmt-dev")
    assert result.returncode == 7
    lines = copy.calls_file.read_text().splitlines()
    assert lines[0] == "apt-get -o DPkg::Lock::Timeout=300 update (noninteractive)"
    assert lines[1].endswith(" install -y --no-install-recommends cmake libfmt-dev (noninteractive)")
    assert copy.calls() == ["apt-get", "apt-get", *BUILT]


def test_no_install_prints_the_line_and_stops(copy):
    result = copy.call("--no-install", "run", "x.yaml", MISSING="cmake libfmt-dev")
    assert result.returncode == 4
    assert result.stdout == ""
    assert "\napt-get install -y --no-install-recommends cmake libfmt-dev\n" in result.stderr
    assert copy.calls() == []


def test_no_install_goes_on_when_nothing_is_missing(copy):
    result = copy.call("--no-install", "version")
    assert (result.returncode, result.stdout) == (7, f"in {copy.elsewhere} with\n<version>\n")


def test_without_root_or_sudo_it_says_what_to_do(copy):
    result = copy.call("version", MISSING="cmake", USER_ID="1000")
    assert result.returncode == 4
    assert "neither root nor sudo" in result.stderr
    assert "\napt-get install -y --no-install-recommends cmake\n" in result.stderr
    assert copy.calls() == []


def test_sudo_is_asked_where_a_terminal_can_answer_it(copy):
    ours, theirs = pty.openpty()
    result = copy.call("version", MISSING="cmake", USER_ID="1000", stdin=theirs)
    os.close(ours), os.close(theirs)
    assert result.returncode == 4
    assert "installing: cmake" in result.stderr and "apt-get could not install: cmake" in result.stderr  # sudo says no


def test_a_failing_apt_is_shown(copy):
    result = copy.call("version", MISSING="cmake", APT_FAILS="1")
    assert result.returncode == 4
    assert "E: planted" in result.stderr
    assert "apt-get could not install: cmake" in result.stderr
    assert "build/release/packages.log" in result.stderr


def test_a_failing_build_shows_the_end_of_its_log_and_is_tried_again(copy):
    result = copy.call("version", CMAKE_FAILS="1")
    assert (result.returncode, result.stdout) == (4, "")
    assert "fatal: planted" in result.stderr
    assert f"{copy.root}/build/release/build.log" in result.stderr
    copy.calls()
    assert copy.call("version").returncode == 7
    assert copy.calls() == BUILT


def test_two_at_once_build_once(copy):
    both = [copy.start("version", BUILD_SECONDS="1") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [7, 7]
    assert copy.calls() == BUILT
    assert sum("waiting for another build" in err for _, err in said) == 1


def test_test_builds_everything_and_passes_ctests_exit_code_on(copy):
    result = copy.call("test", "-R", "unit core", MISSING="catch2", CTEST_EXIT="8")
    assert result.returncode == 8
    assert re.fullmatch(
        r"ctest --test-dir .*/build/release --output-on-failure --parallel \d+ -LE \^slow\$ -R unit core\n",
        result.stdout)  # fmt: skip
    calls = copy.calls_file.read_text()
    assert "install -y --no-install-recommends catch2 " in calls
    assert "-DCHOKEPOINT_TESTS=ON" in calls and "--target all" in calls


def test_slow_tests_run_when_asked_for(copy):
    assert "-LE" not in copy.call("test", "--slow").stdout


def test_the_commands_in_python_get_their_packages(copy):
    assert copy.call("compare", "a.h5", "b.h5", MISSING="python3-pandas").stdout.endswith("<compare>\n<a.h5>\n<b.h5>\n")
    assert any(line.endswith("--no-install-recommends python3-pandas (noninteractive)") for line in copy.calls_file.read_text().splitlines())
    copy.calls()
    assert copy.call("run", "x.yaml", MISSING="python3-pandas").returncode == 7
    assert copy.calls() == []


def test_a_fit_alone_gets_what_only_a_fit_needs(copy):
    assert copy.call("score", "a.h5", MISSING="python3-scipy").stdout.endswith("<score>\n<a.h5>\n")
    assert "apt-get" not in copy.calls()
    assert copy.call("fit", "x.yaml", MISSING="python3-scipy").stdout.endswith("<fit>\n<x.yaml>\n")
    assert any(line.endswith("--no-install-recommends python3-scipy (noninteractive)") for line in copy.calls_file.read_text().splitlines())


def test_the_charts_of_a_report_are_built_once_and_when_they_change(copy):
    copy.call("version")
    copy.calls()
    assert copy.call("report", "a.h5").stdout.endswith("<report>\n<a.h5>\n")
    assert copy.calls() == ["cmake --build"]
    assert copy.call("report", "a.h5").returncode == 7
    assert copy.calls() == []
    os.utime(copy.root / "analysis/report/charts.mjs", (time.time() + 5, time.time() + 5))
    copy.call("report", "a.h5")
    assert copy.calls() == ["cmake --build"]


def test_a_second_call_costs_little(copy):
    copy.call("version")
    program = copy.root / "build/release/bin/chokepoint"
    seconds = {}
    for name, launcher in (("launcher", None), ("program alone", program)):
        times = []
        for _ in range(9):
            begun = time.perf_counter()
            copy.call("version", launcher=launcher)
            times.append(time.perf_counter() - begun)
        seconds[name] = sorted(times)[4]
    overhead = seconds["launcher"] - seconds["program alone"]
    print(f"\nsecond call: the launcher adds {1000 * overhead:.1f} ms (median of 9)")
    assert overhead < 2  # a rebuild would take longer; the aim, 100 ms, is printed and not asserted

"""What a terminal gets: a bar, colour, lines of its width, singulars."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import conftest
from results import CALM, LONG


def terminal_text(arguments, folder, stream, columns=None, env=None):
    """What the program writes to one of its streams, "stdout" or "stderr", when that is a terminal."""
    ours, theirs = pty.openpty()
    if columns:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {stream: theirs}
    with subprocess.Popen([conftest.PROGRAM, *map(str, arguments)], cwd=folder, env=env, **streams) as process:
        os.close(theirs)
        text = b""
        try:
            while chunk := os.read(ours, 4096):
                text += chunk
        except OSError:  # the other end is closed
            pass
        assert process.wait(timeout=120) == 0
    os.close(ours)
    return text.decode()


def on_terminal(folder, **environment):
    """stderr of a long run whose stderr is a terminal."""
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | environment
    return terminal_text([*LONG, "--force"], folder, "stderr", env=environment)


def test_a_terminal_gets_a_bar_with_the_time_left(tmp_path):
    text = on_terminal(tmp_path, TERM="xterm")
    assert "\r" in text and "[=" in text and re.search(r"members, [\d.]+ .*left", text)
    assert "\x1b[1m" in text


def test_one_of_a_thing_is_singular(run, tmp_path):
    one = run("run", CALM, "--members", "1", cwd=tmp_path)
    assert "1 member of" in one.stderr and "1 member, 2025" in one.stdout
    assert not re.search(r"\b1 [a-z]+s\b", one.stderr + one.stdout)


def test_the_notes_keep_to_the_width_of_the_terminal(run, tmp_path):
    lines = terminal_text(["run", CALM, "--members", "1"], tmp_path, "stdout", columns=50).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("No shortfall, and no more"))
    assert all(len(line) <= 50 for line in lines[first:]) and lines[first + 1].startswith("  ")


def test_no_color_is_honoured(tmp_path):
    text = on_terminal(tmp_path, TERM="xterm", NO_COLOR="1")
    assert "[=" in text and "\x1b[1m" not in text

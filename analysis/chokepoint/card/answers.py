"""Known answers: what the oracle tests compare, and how far off each is."""

import pathlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from .markdown import table

NUMBER = r"([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?: \(0x[0-9a-f]+\))?"
EQUAL = re.compile(rf"{NUMBER} == (?:Approx\( {NUMBER} \)|{NUMBER})", re.IGNORECASE)
SMALL = 1e-3  # a known number below it counts as nothing: its difference is taken as it is

SECTION = """## Known answers

Closed forms, worked examples of the literature, limit cases and facts of trade, in the words of the tests (`tests/oracles`, by file), with
the numbers that `sim/MODEL.md` gives them in section 10. A: exact. P: published examples. S: what trade has done. C: stability.
*Off* is the largest difference of a number found from the one known, over the known one (as it is where that is below a thousandth), and
*found* and *known* are those two; *exact* where all are equal, *within* where a test compares bounds alone. A published number has the
digits it was printed with.

"""


@dataclass
class Answer:
    """A test case: its sentence and file, how many comparisons it makes, and those of two numbers as (found, known)."""

    sentence: str
    file: str = ""
    checks: int = 0
    failed: int = 0
    stopped: bool = False  # by an error, before its end
    numbers: list[tuple[float, float]] = field(default_factory=list)

    @property
    def worst(self) -> tuple[float, float] | None:
        """(found, known) of the largest difference; None without numbers."""
        return max(self.numbers, key=_off, default=None)

    @property
    def off(self) -> float | None:
        """The largest difference over the known number (over 1 where that is smaller than a thousandth); None without numbers."""
        return None if self.worst is None else _off(self.worst)

    @property
    def said(self) -> str:
        """How far off it is, in a cell."""
        if self.stopped:
            return "STOPPED by an error"
        if self.failed or self.checks == 0:
            return f"{self.failed} FAILED" if self.failed else "NOT COMPARED"
        return "within" if self.off is None else "exact" if self.off == 0 else f"{self.off:.1e}"

    @property
    def good(self) -> bool:
        """Whether it compared something, all of it held and it came to its end."""
        return self.checks > 0 and not self.failed and not self.stopped


def _off(pair) -> float:
    found, known = pair
    return abs(found - known) / (abs(known) if abs(known) > SMALL else 1)


def answers(binary) -> list[Answer]:
    """Runs the oracle tests; RuntimeError where they cannot be read."""
    try:
        done = subprocess.run([str(binary), "-s", "-r", "xml"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        root = ElementTree.fromstring(done.stdout)
    except (OSError, ElementTree.ParseError) as error:
        raise RuntimeError(f"{binary}: no results in XML: {error}; build it with ./chokepoint test -R oracles, or name it with --oracles") from error
    out = []
    for case in root.iter("TestCase"):
        answer = Answer(case.get("name"), pathlib.PurePath(case.get("filename", "")).name.partition(".")[0])
        for expression in case.iter("Expression"):
            answer.checks += 1
            answer.failed += expression.get("success") != "true"
            if match := EQUAL.fullmatch(expression.findtext("Expanded", "").strip()):
                answer.numbers.append((float(match[1]), float(match[2] or match[3])))
        # An error outside a comparison is in no Expression: the case alone says that it did not hold.
        overall = case.find("OverallResult")
        answer.stopped = not answer.failed and (overall is not None and overall.get("success") != "true")
        out.append(answer)
    return out


def section(found: list[Answer]) -> str:
    """Every oracle with its number."""
    rows = [[one.sentence, one.file.replace("_", " "), f"{one.checks:,}", one.said, *([f"{value:.7g}" for value in one.worst] if one.off else ["", ""])] for one in found]
    checks, most = sum(one.checks for one in found), max(found, key=lambda one: one.off or 0, default=None)
    bad = [one.sentence for one in found if not one.good]
    said = f"{len(found)} answers, {checks:,} comparisons. "
    if most is not None and most.off:
        said += f"The largest difference, {most.off:.1e}, is that of: {most.sentence}. "
    said += f"**{len(bad)} did not hold or did not come to an end: {'; '.join(bad)}.**" if bad else "All hold."
    return SECTION + said + "\n\n" + table(["answer", "file", "checks", "off", "found", "known"], rows)

"""Known answers: what the oracle tests compare, and how far off each is."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
EQUAL = re.compile(rf"({NUMBER}) == (?:Approx\( ({NUMBER}) \)|({NUMBER}))", re.IGNORECASE)


@dataclass
class Answer:
    """A test case: its sentence, how many comparisons it makes, and those of two numbers as (found, known)."""

    sentence: str
    checks: int = 0
    failed: int = 0
    numbers: list[tuple[float, float]] = field(default_factory=list)

    @property
    def off(self) -> float | None:
        """The largest difference over the known number (over 1 where that is smaller than a millionth); None without numbers."""
        return max((abs(found - known) / (abs(known) if abs(known) > 1e-6 else 1) for found, known in self.numbers), default=None)


def answers(binary) -> list[Answer]:
    """Runs the oracle tests; RuntimeError where they cannot be read."""
    done = subprocess.run([str(binary), "-s", "-r", "xml"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        root = ElementTree.fromstring(done.stdout)
    except ElementTree.ParseError as error:
        raise RuntimeError(f"{binary}: no results in XML: {error}") from error
    out = []
    for case in root.iter("TestCase"):
        answer = Answer(case.get("name"))
        for expression in case.iter("Expression"):
            answer.checks += 1
            answer.failed += expression.get("success") != "true"
            match = EQUAL.fullmatch(expression.findtext("Expanded", "").strip())
            if match:
                answer.numbers.append((float(match[1]), float(match[2] or match[3])))
        out.append(answer)
    return out

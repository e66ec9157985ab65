"""The report in headless Chromium, as a reader meets it: drawn, silent, reachable, printed."""

import csv
import html
import io
import itertools
import json
import os
import re
import runpy
import shutil
import subprocess

import pytest
import results
from conftest import BUILD, SOURCE
from test_report import EVIL, EXAMPLE, Page, evil, make  # noqa: F401 (evil is a fixture)

MODULES = BUILD / "analysis" / "npm" / "node_modules"
BROWSERS = ("chromium-headless-shell", "chromium", "chrome-headless-shell")
SHOTS = os.environ.get("CHOKEPOINT_SHOTS")  # a folder for screenshots and the printed page


def drive(script, path, out, *more):
    """What a script of tests/browser saw of a page, by way of the file `out`."""
    browser = os.environ.get("CHOKEPOINT_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)))
    done = subprocess.run(["node", SOURCE / "tests" / "browser" / script, MODULES, browser, path, out, *more],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text())


def look(path, last=None):
    """What look.mjs saw of a page; last: folder for screenshots, or "brief"."""
    return drive("look.mjs", path, path.with_suffix(".json"), *filter(None, [last]))


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "one.html"
    done = make(EXAMPLE, output=path)
    assert done.returncode == 0, done.stderr
    return path, look(path, SHOTS)


@pytest.fixture(scope="module")
def two(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser2")
    pair = [results.make(run, folder, results.CONTROL, "--members", 12, *more, name=name)
            for name, more in (("a", ()), ("b", ("--set", "licensing.control.throughput.levels.start.level=2 %")))]  # fmt: skip
    done = make(*pair, output=folder / "two.html")
    assert done.returncode == 0, done.stderr
    return look(folder / "two.html")


@pytest.fixture(params=["one", "two"])
def seen(request):
    got = request.getfixturevalue(request.param)
    return got[1] if request.param == "one" else got


def test_nothing_is_said_and_nothing_fetched(seen):
    assert seen["console"] == [] and seen["requests"] == []


def test_every_chart_is_drawn_at_both_widths_and_stays_inside(seen):
    for charts in (seen["charts"], seen["narrow_charts"]):
        assert len(charts) >= 8
        for chart in charts:
            assert chart["drawn"] and chart["shapes"] >= 3 and chart["texts"] >= 3, chart
            assert chart["width"] > 200 and chart["height"] > 100 and chart["outside"] == [], chart
    kinds = {chart["kind"] for chart in seen["charts"]}
    for chart in seen["charts"] + seen["narrow_charts"]:
        assert chart["overlaps"] == [] or chart["kind"] not in ("ranges", "funnel", "bars", "heat"), chart
    assert kinds >= {"fan", "ranges", "funnel", "sankey", "heat", "bars"}


def test_nothing_is_wider_than_the_window(seen):
    assert seen["wide"] and seen["narrow"] and seen["cut"] == []


def test_the_tables_are_those_of_the_file(one):
    """As the script found them: it changes none but for buttons in heads."""
    path, seen = one
    for identity, rows in Page(path).tables.items():
        body = seen["tables"][identity]["rows"]
        assert sorted(body) == sorted(rows[1:]), identity


def test_the_keyboard_reaches_everything(seen):
    assert seen["keyboard"]["wanted"] > 40
    assert seen["keyboard"]["reached"] == seen["keyboard"]["wanted"]
    assert seen["opened"]


def test_a_table_is_saved_as_shown(one):
    _, seen = one
    assert seen["saved"]["name"] == "share.csv"
    rows = list(csv.reader(io.StringIO(seen["saved"]["text"].lstrip("\ufeff"))))
    table = seen["tables"]["share-table"]
    assert rows[0] == [head.strip() for head in table["heads"]]
    assert [[cell.replace(",", "") if at else cell for at, cell in enumerate(row)] for row in table["rows"]] == rows[1:]


def test_a_column_is_sorted_both_ways(one):
    _, seen = one
    down = [float(cell.replace(",", "")) for cell in seen["sorted"]["down"]]
    assert down == sorted(down, reverse=True) and len(set(down)) > 5
    assert seen["sorted"]["up"] == seen["sorted"]["down"][::-1] or sorted(down) == [float(c.replace(",", "")) for c in seen["sorted"]["up"]]
    assert seen["sorted"]["said"] == "ascending"


def test_axe_finds_nothing_serious(seen):
    assert [one for one in seen["axe"] if one["impact"] in ("serious", "critical")] == []
    assert seen["language"] == "en"


def test_without_scripts_every_table_stands_open(one):
    _, seen = one
    assert seen["without_scripts"] == {"tables": len(seen["tables"]), "hidden": 0}


def test_it_prints_with_what_explains_the_charts(one):
    assert one[1]["pdf_bytes"] > 50_000
    assert one[1]["open_on_paper"] == ["What the letters stand for"] and one[1]["open_after_print"] == 0


def test_a_saved_table_runs_no_formula(tmp_path):
    """Titles are a user's: a spreadsheet must not take one for a formula. Numbers stay numbers."""
    script = """
      const cell = (textContent, n) => ({ textContent, classList: { contains: (name) => n && name === "n" } });
      const { csv } = await import(process.argv[1]);
      const rows = [[cell('=HYPERLINK("http://x")'), cell("-1,234.5", true)], [cell("+1 t"), cell("–", true)], [cell("@x"), cell("7", true)]];
      process.stdout.write(csv({ tHead: { rows: [{ cells: [cell("Buyer"), cell("t")] }] }, tBodies: [{ rows: rows.map((cells) => ({ cells })) }] }));
    """
    done = subprocess.run(["node", "--input-type=module", "-e", script, SOURCE / "analysis" / "report" / "tables.mjs"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(csv.reader(io.StringIO(done.stdout))) == [["Buyer", "t"], ["'=HYPERLINK(\"http://x\")", "-1234.5"], ["'+1 t", ""], ["'@x", "7"]]


def test_text_of_a_user_runs_nowhere(evil, tmp_path):  # noqa: F811
    assert make(evil, output=tmp_path / "evil.html").returncode == 0
    seen = look(tmp_path / "evil.html", "brief")
    assert seen["console"] == [] and seen["requests"] == []
    assert seen["title"].startswith(EVIL[:20]) and seen["heading"] == EVIL
    assert all(chart["drawn"] for chart in seen["charts"])


def letters_off_their_column(seen):
    """Texts with a letter over half a column from its place: columns are as wide as the picture's own rule."""
    rule = next(one for one in seen["texts"] if one["text"].startswith("-----"))
    column = rule["width"] / len(rule["text"])
    return [one["text"] for one in seen["texts"] if len(one["starts"]) != len(one["text"])
            or any(abs(start - one["left"] - column * at) > column / 2 for at, start in enumerate(one["starts"]))]


def test_the_picture_of_the_readme_keeps_its_columns(tmp_path):
    """A browser that drops spaces stretches what is left over the width of the line."""
    picture = SOURCE / "analysis" / "headline.svg"
    shot = [os.path.join(SHOTS, "headline.png")] if SHOTS else []
    seen = drive("letters.mjs", picture, tmp_path / "letters.json", *shot)
    assert len(seen["texts"]) > 10 and letters_off_their_column(seen) == []
    assert all(one["left"] + one["width"] < seen["width"] for one in seen["texts"])
    spaceless = tmp_path / "spaceless.svg"
    spaceless.write_text(picture.read_text(encoding="utf-8").replace(' xml:space="preserve"', ""), encoding="utf-8")
    assert len(letters_off_their_column(drive("letters.mjs", spaceless, tmp_path / "spaceless.json"))) > 10


def test_the_picture_of_the_readme_is_as_its_writer_makes_it():
    """Its own text, taken back to what a run prints, gives the same file."""
    picture = (SOURCE / "analysis" / "headline.svg").read_text(encoding="utf-8")
    lines = {int(y): html.unescape(text) for y, text in re.findall(r'<text x="\d+" y="(\d+)"[^>]*>(.*)</text>', picture)}
    printed = [lines.get(y, "") for y in range(min(lines), max(lines) + 1, min(b - a for a, b in itertools.pairwise(lines)))]
    made = runpy.run_path(str(SOURCE / "analysis" / "make_headline.py"))["picture"]("\n".join(printed[1:]))
    assert made == picture, "renew it with the command that analysis/make_headline.py gives"

"""The Python package reads results: lazily, with units, with errors that say what to do."""

import importlib
import inspect
import json
import os
import pkgutil
import re
import runpy
import shutil
import subprocess
import sys
import time

import chokepoint
import conftest
import h5py
import matplotlib
import numpy as np
import pandas as pd
import pytest
import results
from chokepoint.measures import group_named

matplotlib.use("Agg")


@pytest.fixture(scope="module")
def control(run, tmp_path_factory):
    """A small control world, one member of which is marked as failed."""
    return results.make(run, tmp_path_factory.mktemp("package"), results.CONTROL, "--members", 6)


@pytest.fixture
def example(source):
    with chokepoint.open(source / "analysis" / "examples" / "antimony_ban_2024.h5") as result:
        yield result


# --- the table of variables ---------------------------------------------------------------------


def test_the_variables_are_those_of_the_engine(source, run):
    make = runpy.run_path(str(source / "analysis" / "make_variables.py"))
    made = make["constants"](run("schema", "--results").stdout)
    assert (source / "analysis" / "chokepoint" / "variables.py").read_text(encoding="utf-8") == made
    with pytest.raises(ValueError, match="schema --results"):
        make["constants"]("# Another page\n")


def test_a_result_holds_what_the_table_says(control):
    with chokepoint.open(control) as result:
        named = [name for name in result if name in chokepoint.VARIABLES]
        assert len(named) > 40
        for name in named:
            variable, spec = result[name], chokepoint.VARIABLES[name]
            assert (variable.dims, variable.unit) == (spec.dims, spec.unit), name


# --- what is no result --------------------------------------------------------------------------


def test_other_files_are_refused_with_the_reason(control, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        chokepoint.open(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("hello")
    with pytest.raises(chokepoint.NotAResult, match="not an HDF5 file"):
        chokepoint.open(tmp_path / "text.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = [1, 2]
    with pytest.raises(chokepoint.NotAResult, match="no result of chokepoint"):
        chokepoint.open(tmp_path / "other.h5")
    (tmp_path / "a.h5.part").write_bytes(b"x")
    with pytest.raises(chokepoint.NotAResult, match="--resume"):
        chokepoint.open(tmp_path / "a.h5.part")


def test_a_newer_major_is_refused_and_a_newer_minor_read(control, tmp_path):
    path = tmp_path / "newer.h5"
    shutil.copy(control, path)
    major, minor = chokepoint.SCHEMA_VERSION
    for version, readable in ((f"{major}.{minor + 1}", True), (f"{major + 1}.0", False)):
        with h5py.File(path, "r+") as file:
            file.attrs.modify("schema_version", version)
        if readable:
            chokepoint.open(path).close()
        else:
            with pytest.raises(chokepoint.NotAResult, match="newer than this package"):
                chokepoint.open(path)


# --- reading ------------------------------------------------------------------------------------


def test_frames_equal_the_file_and_carry_the_unit(control):
    with chokepoint.open(control) as result, h5py.File(control) as file:
        frame = result.frame("shortfall", buyer="auto_usa", member=[4, 1], week=slice("2025-04-01", "2025-04-30"))
        assert list(frame.index.names) == ["member", "week", "product", "unit"]
        assert set(frame.index.get_level_values("unit")) == {"t"}
        row = list(file["buyer"].asstr()[()]).index("auto_usa")
        weeks = result.labels("week")
        chosen = (weeks >= "2025-04-01") & (weeks <= "2025-04-30")
        assert 3 <= chosen.sum() <= 5
        assert (frame["shortfall"].to_numpy() == file["shortfall"][()][[4, 1]][:, chosen, row].ravel()).all()
        assert isinstance(weeks, pd.DatetimeIndex) and weeks[0] == result.start
        everything = result["stock_q"].read()
        assert (result["stock_q"].read(quantile=0.95, time="2025-02-10") == everything[4, 40]).all()


def test_a_misspelt_name_is_suggested_and_the_suggestion_works(control):
    with chokepoint.open(control) as result:
        with pytest.raises(KeyError, match='"shortfall_total"'):
            result["shortfal_total"]
        assert result["shortfall_total"].unit == "t"
        with pytest.raises(KeyError, match='"auto_usa"'):
            result.frame("output_lost", buyer="auto_us")
        with pytest.raises(KeyError, match="no axis origin"):
            result.frame("output_lost", origin="CHN")
        with pytest.raises(KeyError, match="no quantile 0.96"):
            result["stock_q"].read(quantile=0.96)
        with pytest.raises(KeyError, match='"auto_usa"'):
            group_named(result, "auto_us")


def test_opening_and_a_fan_read_only_stored_quantiles(example, monkeypatch):
    """A result of 1 GB costs what the small one costs, when nothing that grows with members is read."""
    read = []
    original = h5py.Dataset.__getitem__
    monkeypatch.setattr(h5py.Dataset, "__getitem__", lambda self, args, **k: read.append(self) or original(self, args, **k))
    begun = time.process_time()
    with chokepoint.open(example.path) as result:
        data = chokepoint.fan(result, "shortfall_q", buyer="defense_usa", product="sb_metal")
        sizes = {item.name: item.size for item in read}
        assert "/shortfall_q" in sizes
        sizes.pop("/shortfall_q")
        assert max(sizes.values()) <= max(result.days, result.members_requested), sizes
    seconds = time.process_time() - begun
    print(f"\nopen and fan: {1000 * seconds:.0f} ms")
    assert data.shape == (example.days, len(example.labels("quantile"))) and data.index.names == ["date", "unit"]
    assert (np.diff(data.to_numpy(), axis=1) >= 0).all()  # quantiles are in order
    assert seconds < 1


def test_a_fan_of_a_large_result_takes_under_a_second(example, tmp_path):
    """Gigabytes of members and of quantiles: sparse, so that the test writes only the buyer it reads."""
    path = tmp_path / "large.h5"
    shutil.copy(example.path, path)
    buyers = 20_000
    with h5py.File(path, "r+") as file:
        for name in ("shortfall", "shortfall_q"):
            old = file[name]
            shape = (400 if name == "shortfall" else len(example.labels("quantile")), old.shape[1], buyers, old.shape[3])
            del file[name]
            new = file.create_dataset(name, shape, "f4", chunks=(shape[0] if name.endswith("q") else 1, shape[1], 100, shape[3]),
                                      compression=4)
            new[:5, :, -1] = 1.0
            for axis, dim in enumerate(chokepoint.VARIABLES[name].dims):
                if dim not in ("buyer", "member"):
                    new.dims[axis].attach_scale(file[dim])
        del file["buyer"]
        file["buyer"] = [f"buyer_{i}" for i in range(buyers)]
        file["buyer"].make_scale("buyer")
        file["shortfall_q"].dims[2].attach_scale(file["buyer"])
    begun = time.process_time()
    with chokepoint.open(path) as result:
        data = chokepoint.fan(result, "shortfall_q", buyer=f"buyer_{buyers - 1}", product="sb_metal")
        seconds = time.process_time() - begun
        assert result["shortfall_q"].shape[2] == buyers and (data == 1).all().all()
    print(f"\nopen and fan of {buyers} buyers: {1000 * seconds:.0f} ms")
    assert seconds < 1


def test_a_fan_refuses_what_quantiles_cannot_give(example):
    with pytest.raises(ValueError, match="one product: quantiles cannot be added"):
        chokepoint.fan(example, "shortfall_q", buyer="defense_usa")
    with pytest.raises(ValueError, match="holds no quantiles"):
        chokepoint.fan(example, "shortfall", buyer="defense_usa", product="sb_metal")


def test_members_that_are_not_done_never_count(control, tmp_path):
    path = tmp_path / "failed.h5"
    shutil.copy(control, path)
    with h5py.File(path, "r+") as file:
        file["member_status"][2] = 1
        file["shortfall_total"][2] = np.nan
        file["first_short_day"][2] = -1
    with chokepoint.open(path) as failed, h5py.File(path) as file:
        rows = chokepoint.headline(failed).loc["auto_usa"]
        done = np.delete(file["shortfall_total"][()].sum(2), 2, axis=0)[:, list(failed.labels("buyer")).index("auto_usa")]
        assert rows.loc["shortfall", "median"].item() == np.median(done)
        assert rows.loc["first_short_day", "chance"].item() == 1


def test_lost_output_is_valued_where_a_block_states_its_value(run, tmp_path):
    path = tmp_path / "v.h5"
    told = json.loads(run("run", results.CONTROL, "--members", 3, "--set", "buyers.auto_usa.value=9000 USD/vehicle", "-o", path,
                          "--json").stdout)["results"][0]  # fmt: skip
    lost = {buyer["id"]: (buyer["lost_output"], buyer["value_lost_usd"]) for buyer in told["buyers"]}
    vehicles, dollars = lost.pop("auto_usa")
    assert vehicles["median"] > 0
    assert dollars["median"] == pytest.approx(9000 * vehicles["median"])
    assert all(value["median"] is None for _, value in lost.values())
    with chokepoint.open(path) as result:
        rows = chokepoint.headline(result).loc["auto_usa"]
        assert rows.loc[("output_lost_value", "USD"), "median"] == pytest.approx(dollars["median"])
    page = tmp_path / "v.html"
    assert run("report", path, "-o", page).returncode == 0
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text()))
    assert re.search(r"[\d,.]+ vehicles [\d,.]+ [\d,.]+ million USD", words)  # a row of the table: output, its days, its value


def test_the_headline_is_the_programs(run, tmp_path):
    path = tmp_path / "c.h5"
    told = json.loads(run("run", results.CONTROL, "--members", 5, "-o", path, "--json").stdout)["results"][0]
    with chokepoint.open(path) as result:
        table = chokepoint.headline(result)
        pairs = {"shortfall": "unmet_t", "share": "lost_share", "longest_short_run": "longest_run_d",
                 "output_lost_days": "lost_output_d", "duty_paid": "duty_paid_usd"}
        checked = 0
        for buyer in told["buyers"]:
            rows = table.loc[buyer["id"]].droplevel("unit")
            for ours, theirs in pairs.items():
                want = [buyer[theirs][key] for key in ("median", "p5", "p95")]
                assert rows.loc[ours, ["median", "low", "high"]].tolist() == pytest.approx(want, rel=1e-9, abs=1e-9)
                checked += 1
            assert rows.loc["first_short_day", "chance"] == buyer["chance_of_shortfall"]
            assert rows.loc["shortfall", "chance"] == buyer["chance_of_any_unmet"]
            day = result.start + pd.Timedelta(days=int(rows.loc["first_short_day", "median"]))
            assert str(day.date()) == buyer["first_short_day"]
        assert checked >= 15
    units = set(table.index.get_level_values("unit"))
    assert units == {"t", "1", "d", "USD", "vehicle"}


def test_groups_add_up(example):
    """Unmet tonnes of sectors, regions and products are each those of all buyers, member by member, with or without China."""
    from chokepoint.measures import Reader, controlling, groups

    reader = Reader(example)
    assert controlling(example) == {"CHN"}
    everyone = reader.values("shortfall", groups(example, "all", without=frozenset())["all"])
    abroad = reader.values("shortfall", groups(example, "all")["all"])
    china = reader.values("shortfall", groups(example, "region")["CHN"])
    assert abroad + china == pytest.approx(everyone, rel=1e-12)
    for by in ("buyer", "sector", "region", "product"):
        parts = [reader.values("shortfall", group) for group in groups(example, by, without=frozenset()).values()]
        assert np.nansum(parts, axis=0) == pytest.approx(everyone, rel=1e-12)
    for by in ("sector", "product"):
        divided = groups(example, by)
        assert np.nansum([reader.values("shortfall", group) for group in divided.values()], axis=0) == pytest.approx(abroad, rel=1e-12)
        assert all(group.title.endswith(" outside China") for group in divided.values())
    assert not any("outside" in group.title for by in ("buyer", "region") for group in groups(example, by).values())
    of_need = [reader.values("share", groups(example, "all", without)["all"]) for without in (None, frozenset())]
    assert np.median(of_need[0]) > np.median(of_need[1]) > 0  # China's own need is met
    assert group_named(example, "sector:defense").buyers.sum() > 1


def test_a_collection_has_the_scenario_as_a_level(control, example):
    with chokepoint.collection([control, example.path]) as both:
        assert list(both.headline().index.names) == ["scenario", "buyer", "measure", "unit"]
        assert set(both.headline().index.get_level_values("scenario")) == {"control", "antimony_ban_2024"}
        frame = both.frame("duty_paid")
        assert frame.loc["control"].equals(both["control"].frame("duty_paid"))
    with pytest.raises(ValueError, match="is given twice"):
        chokepoint.collection([control, control])


def test_plots_take_and_return_an_axis(example):
    import matplotlib.pyplot as plt

    plots = chokepoint.plots
    with plots.style():
        _, ax = plt.subplots()
    data = chokepoint.fan(example, "shortfall_q", buyer="plastics_kor", product="sb_oxide")
    assert plots.fan(data, ax=ax, events=example.events) is ax
    assert ax.get_ylabel() == "t/d" and len(ax.collections) == len(data.columns) // 2
    assert (ax.lines[0].get_ydata() == data[0.5].to_numpy()).all()
    assert "%" in plots.headline(chokepoint.headline(example)).get_xlabel()
    same = chokepoint.compare(example, example)
    assert "mean and lowest to highest of 10 pairs" in plots.difference(same).get_xlabel()
    plt.close("all")


def test_a_second_fan_on_an_axis_is_not_cut_off(example):
    plots = chokepoint.plots
    data = chokepoint.fan(example, "shortfall_q", buyer="plastics_kor", product="sb_oxide")
    ax = plots.fan(data, label="one")
    plots.fan(3 * data, ax=ax, label="other")
    low, high = ax.get_ylim()
    assert low == 0 and high >= 3 * data.to_numpy().max() > 0
    plots.plt.close("all")


def test_xarray_opens_what_the_result_names(example):
    data = example.to_xarray()
    assert data["shortfall_q"].dims == chokepoint.VARIABLES["shortfall_q"].dims
    data.close()


# --- the package itself -------------------------------------------------------------------------


def test_everything_public_is_described():
    modules = [chokepoint] + [importlib.import_module(f"chokepoint.{m.name}") for m in pkgutil.walk_packages(chokepoint.__path__)
                              if m.name != "__main__"]
    seen = 0
    for module in modules:
        assert module.__doc__, module.__name__
        for name, item in vars(module).items():
            if name.startswith("_") or getattr(item, "__module__", None) != module.__name__:
                continue
            if inspect.isclass(item) or inspect.isfunction(item):
                assert item.__doc__, f"{module.__name__}.{name}"
                seen += 1
    assert seen > 25


def test_it_installs_from_its_folder_without_a_network(source, tmp_path):
    """With the options of analysis/README.md. Debian's h5py is registered under another name, so pip must not look for it."""
    page = (source / "analysis" / "README.md").read_text(encoding="utf-8")
    options = re.search(r"bin/pip install (.*) \./analysis", page)[1].split()
    copy = tmp_path / "analysis"
    shutil.copytree(source / "analysis", copy, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "examples"))
    target = tmp_path / "site"
    pip = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-index", *options, "--target", target, copy],
                         capture_output=True, text=True)
    assert pip.returncode == 0, pip.stderr
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PYTHONPATH": str(target)}
    example = source / "analysis/examples/antimony_ban_2024.h5"
    script = ("import chokepoint, sys; r = chokepoint.open(sys.argv[1]); print(chokepoint.headline(r).shape[0]);"
              "print(chokepoint.__file__); chokepoint.plots.style(); from chokepoint.report import bundle;"
              "print(sorted(path.name for path in next(one for one in bundle.SOURCES if one.is_dir()).iterdir()))")
    done = subprocess.run([sys.executable, "-c", script, example], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].startswith(str(target))
    for name in ("build", ".npmrc", "package-lock.json", "charts.mjs"):  # what builds the script of the report
        assert name in done.stdout.splitlines()[2]
    command = subprocess.run([target / "bin" / "chokepoint-compare", example, example], env=environment, capture_output=True, text=True)
    assert command.returncode == 0 and command.stdout.count("The same in every member: ") == 1, command.stderr


@pytest.mark.parametrize("module, use", [("matplotlib", "chokepoint.plots.style()"), ("xarray", "result.to_xarray()"), ("h5netcdf", "result.to_xarray()")])
def test_without_an_optional_module_it_says_what_to_install(example, tmp_path, module, use):
    (tmp_path / f"{module}.py").write_text(f"raise ModuleNotFoundError(name={module!r})")
    script = f"import chokepoint, sys; result = chokepoint.open(sys.argv[1]); {use}"
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}:{conftest.SOURCE / 'analysis'}"}
    done = subprocess.run([sys.executable, "-c", script, example.path], env=environment, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ModuleNotFoundError") and f"needs {module}" in last and f"python3-{module}" in last, done.stderr


# --- other readers ------------------------------------------------------------------------------


def test_the_scripts_of_the_format_page_run(source, example, tmp_path, monkeypatch, capsys):
    page = (source / "analysis" / "RESULTS.md").read_text(encoding="utf-8")
    package, plain = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copy(example.path, tmp_path / "geneva_truce.h5")
    monkeypatch.chdir(tmp_path)
    assert len(plain.splitlines()) <= 10
    exec(compile(plain, "RESULTS.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    table, titles = chokepoint.headline(example), example.text("buyer_title")
    assert len(printed) == len(titles)
    for buyer in table.index.unique("buyer"):
        median, low, high = table.loc[(buyer, "shortfall", "t"), ["median", "low", "high"]]
        assert f"{titles[buyer]}: {median:.2f} t ({low:.2f} to {high:.2f})" in printed
    exec(compile(package, "RESULTS.md", "exec"), {})
    assert "sector" in capsys.readouterr().out

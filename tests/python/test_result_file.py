"""A result file opens in every reader, and its bytes depend on nothing but the members.

Each reader runs in its own process: HDF5 libraries of different packages must not meet.
"""

import pathlib
import signal
import subprocess
import sys
import time

import pytest
from conftest import BUILD

TOOL = BUILD / "bin" / "synthetic_result"


def write(path, members, *options, code=0):
    done = subprocess.run([TOOL, str(path), str(members), *options], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done


def in_python(source, path):
    done = subprocess.run([sys.executable, "-c", source, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("result") / "synthetic.h5"
    write(path, 7, "fail=3", code=5)
    return path


XARRAY = """
import sys, xarray, numpy
ds = xarray.open_dataset(sys.argv[1], engine="{engine}")
assert ds.attrs["title"] == "A synthetic result \\u2013 with text beyond ASCII"
assert str(ds.time.values[0])[:10] == "2025-01-20" and ds.sizes["time"] == 40
assert list(ds.buyer.values) == ["auto_usa", "defense_usa"]
assert str(ds.product_title.values[0]) == "Magnets with Dy/Tb \\u2013 heavy"
assert ds.shortfall_q.dims == ("quantile", "time", "buyer", "product")
# Members 0,1,2,4,5,6 done, members m % 3 = 0,1,2 use a half, a third, a quarter of a need of 1 t:
# unmet on the last day 1/2, 2/3, 3/4, 2/3, 3/4, 1/2; the median is 2/3.
assert abs(float(ds.shortfall_q.sel(quantile=0.5)[-1, 0, 0]) - 2 / 3) < 1e-6
assert ds.shortfall_q.attrs["members_used"] == 6
assert list(ds.member_status.values) == [0, 0, 0, 1, 0, 0, 0]
assert str(ds.member_error.values[3]) == "mass is not conserved"
# Member 1 is short from day 11; a member that is not done has -1, and integers stay integers.
assert ds.first_short_day.dtype == numpy.int32
assert list(ds.first_short_day.values[:, 0, 0]) == [10, 11, 12, -1, 14, 10, 11]
assert numpy.isnan(ds.shortfall_total.values[3]).all() and ds.shortfall_total.attrs["units"] == "t"
assert ds.first_short_day.attrs["units"] == "d"
assert ds.member_status.attrs["flag_meanings"] == "done failed missing"
# Weeks: 40 days are five weeks and five days; months: 12 days of January, 28 of February.
assert ds.sizes["week"] == 6 and ds.sizes["month"] == 2
assert [str(d)[:10] for d in ds.month.values] == ["2025-01-20", "2025-02-01"]
assert abs(float(ds.exports_monthly[0, 1, 0, 0, 0]) - 28 * 2.0) < 1e-5
assert abs(float(ds.exports[0, 5, 0, 0, 0]) - 5 * 2.0) < 1e-5
# One covert route: 0.3 t arrive a day from day 8 on, 32 days; one edge is found by the end.
assert list(ds.route.values) == ["smugglers"] and str(ds.route_title.values[0]) == "Undeclared by way of Thailand"
assert ds.route_arrived.dims == ("member", "route", "product")
assert abs(float(ds.route_arrived[0, 0, 0]) - 32 * 0.3) < 1e-12 and float(ds.route_arrived[0, 0, 1]) == 0
assert float(ds.route_edges_found[0, 0, 0]) == 1
assert abs(float(ds.route_seized_q.sel(quantile=0.5)[8, 0, 0]) - 0.1) < 1e-7
assert abs(float(ds.route_arrived_monthly[0, 1, 0, 0]) - 28 * 0.3) < 1e-5
assert ds.shortfall_daily.dims == ("member", "time", "buyer", "product")
drawn = xarray.open_dataset(sys.argv[1], engine="{engine}", group="parameters")
assert abs(float(drawn["licensing.mofcom_18.postures.slow.weight"][1]) - 0.2) < 1e-12
events = xarray.open_dataset(sys.argv[1], engine="{engine}", group="events")
assert [str(d) for d in events.date.values] == ["2025-01-25", "2025-01-29"]
assert list(events.members.values) == [6, 2]
origin = xarray.open_dataset(sys.argv[1], engine="{engine}", group="provenance")
assert str(origin.scenario.values).startswith("chokepoint: 1") and origin.attrs["seed"] == "18446744073709551615"
"""


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray(result, engine):
    in_python(XARRAY.replace("{engine}", engine), result)


def test_h5py_sees_variable_length_utf8_everywhere(result):
    in_python(
        """
import sys, h5py
SCALE = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST"}
names = []
def visit(name, item):
    names.append(name)
    kinds = [("value", item.dtype)] if isinstance(item, h5py.Dataset) else []
    kinds += [(k, item.attrs.get_id(k).dtype) for k in item.attrs if k not in SCALE]
    for key, dtype in kinds:
        text = h5py.check_string_dtype(dtype)
        if text is None:
            assert dtype.kind in "if", (name, key, dtype)
        else:
            assert text.length is None and text.encoding == "utf-8", (name, key)
    if isinstance(item, h5py.Dataset):
        assert "_FillValue" not in item.attrs
        assert item.attrs.get("units") not in ("days", "day"), name
        if item.shape and not h5py.h5ds.is_scale(item.id):
            assert all(len(dim) == 1 for dim in item.dims), name
with h5py.File(sys.argv[1]) as file:
    file.visititems(visit)
    assert len(names) > 60
    for key in ("Conventions", "schema_version", "run_id", "members_requested", "members_done", "question"):
        assert key in file.attrs, key
    assert file["shortfall_q"].chunks == (5, 40, 2, 2)
""",
        result,
    )


def test_netcdf4(result):
    in_python(
        """
import sys, netCDF4
file = netCDF4.Dataset(sys.argv[1])
assert file.dimensions["buyer"].size == 2 and not file.dimensions["buyer"].isunlimited()
# The order of creation is kept: axes first, then the headline series.
assert list(file.variables)[:4] == ["member", "quantile", "time", "week"]
assert file.variables["time"].units == "days since 2025-01-20"
assert file.variables["buyer_unit"][0] == "vehicle"
assert file.variables["longest_short_run"][0, 0, 0] == 30
assert file.groups["provenance"].variables["input_sha256"][0] == "a" * 64
for variable in file.variables.values():
    variable[...]
""",
        result,
    )


def test_ncdump_and_h5dump(result):
    for command in (["ncdump", "-h"], ["ncdump"], ["h5dump", "-H"]):
        done = subprocess.run([*command, str(result)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "shortfall_total" in done.stdout


def test_own_reader_reports_the_failed_member_and_nothing_else(result, tmp_path):
    done = subprocess.run([TOOL, "inspect", str(result)], capture_output=True, text=True)
    problems = [line for line in done.stdout.splitlines() if line.startswith("problem")]
    assert problems == ["problem: 1 member failed"]
    whole = tmp_path / "whole.h5"
    write(whole, 3)
    assert subprocess.run([TOOL, "inspect", str(whole)]).returncode == 0


def test_bytes_do_not_depend_on_threads(tmp_path):
    one, four = tmp_path / "one.h5", tmp_path / "four.h5"
    write(one, 9, "threads=1")
    write(four, 9, "threads=4")
    assert one.read_bytes() == four.read_bytes()
    assert not pathlib.Path(f"{one}.part").exists()


def test_killed_run_resumes_to_the_same_bytes(tmp_path):
    straight, killed = tmp_path / "straight.h5", tmp_path / "killed.h5"
    write(straight, 12)
    part = pathlib.Path(f"{killed}.part")
    process = subprocess.Popen([TOOL, str(killed), "12", "slow", "threads=2"])
    # The header is under 200 bytes and a member about 1,500: at 3,000 one or two of twelve are in.
    while not (part.exists() and part.stat().st_size > 3_000):
        assert process.poll() is None, "finished before it could be killed"
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not killed.exists()
    with part.open("ab") as file:
        file.write(b"BMEM torn record")
    done = write(killed, 12, "resume")
    assert 1 <= int(done.stdout.split()[1]) <= 11, done.stdout
    assert killed.read_bytes() == straight.read_bytes()


def test_disk_full_keeps_whole_members_and_names_the_file(tmp_path):
    path = tmp_path / "full.h5"
    done = write(path, 12, "threads=1", "limit=8000", code=4)
    assert "full.h5.part: cannot write (File too large)" in done.stderr
    assert not path.exists()
    straight = tmp_path / "straight.h5"
    write(straight, 12)
    done = write(path, 12, "resume")
    assert int(done.stdout.split()[1]) >= 1
    assert path.read_bytes() == straight.read_bytes()


def test_disk_full_while_the_result_is_written(tmp_path):
    path = tmp_path / "full.h5"
    part = pathlib.Path(f"{path}.part")
    # The final file holds a long scenario and is larger than the part; it fails early, in the middle or as it is closed.
    write(tmp_path / "whole.h5", 3)
    size = (tmp_path / "whole.h5").stat().st_size
    for limit in (size // 4, size // 2, size - 100):
        done = write(path, 3, f"limit={limit}", code=4)
        assert "full.h5.tmp: cannot" in done.stderr and "File too large" in done.stderr
        assert part.exists() and not path.exists() and not pathlib.Path(f"{path}.tmp").exists()


def test_a_part_of_another_run_is_refused(tmp_path):
    path = tmp_path / "a.h5"
    write(path, 12, "threads=1", "limit=8000", code=4)
    part = pathlib.Path(f"{path}.part")
    part.write_bytes(part.read_bytes()[:20] + b"X" + part.read_bytes()[21:])
    done = write(path, 12, "resume", code=4)
    assert "belongs to another scenario, seed or version" in done.stderr

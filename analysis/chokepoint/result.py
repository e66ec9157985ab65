"""A result file, read lazily: nothing but names is read until a value is asked for."""

import difflib
import functools
import pathlib

import h5py
import numpy as np
import pandas as pd

from .scenario_text import leaves
from .variables import SCHEMA_VERSION

AXES_OF_DAYS = ("time", "week", "month")  # int32 days since the start, read as dates


class NotAResult(ValueError):
    """The file is no result of chokepoint, or one this package is too old for."""


# What stands for a variable in files of schema 1.0, which do not tell need given up: another one, times a factor.
BEFORE_GIVEN_UP = {"full_need_total": ("need_total", 1)}
for _end in ("_total", "_q", ""):
    BEFORE_GIVEN_UP |= {f"lost{_end}": (f"shortfall{_end}", 1), f"given_up{_end}": (f"shortfall{_end}", 0)}
for _end in ("_value", "_days", ""):
    BEFORE_GIVEN_UP |= {f"output_stopped{_end}": (f"output_lost{_end}", 1), f"output_given_up{_end}": (f"output_lost{_end}", 0)}
ONLY_DELIVERY = "made before need given up for its cost was recorded; its need lost is what was not delivered"
REMEDY = "copy the file again, or run the scenario again"


def suggestion(name: str, known) -> str:
    """What to offer for a misspelt name: the nearest known ones, or the first few."""
    known = [str(item) for item in known]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else "known: " + ", ".join(known[:8]) + (", ..." if len(known) > 8 else "")


def _text(value) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def without(error: ModuleNotFoundError, what: str) -> ModuleNotFoundError:
    """The error of what needs a module that is not installed, with what to install on Debian."""
    name = (error.name or "").partition(".")[0]
    return ModuleNotFoundError(f"{what} needs {name}; on Debian: apt-get install python3-{name}", name=error.name)


class Variable:
    """One variable of a result; reads only what is selected.

    Attributes: name; dims, shape (one entry an axis); unit; long_name; meaning (one sentence).
    """

    def __init__(self, result: "Result", name: str):
        self._result, self._data = result, result._file[name]
        self.name = name
        self.shape = self._data.shape
        self.dims = (name,) if h5py.h5ds.is_scale(self._data.id) else tuple(_scale_name(dim) for dim in self._data.dims)
        attributes = self._data.attrs
        self.unit = _text(attributes.get("units", ""))
        self.long_name = _text(attributes.get("long_name", name))
        self.meaning = _text(attributes.get("comment", ""))

    def __repr__(self):
        axes = ", ".join(f"{dim} {size}" for dim, size in zip(self.dims, self.shape))
        return f"<{self.name} [{self.unit}] ({axes}): {self.long_name}>"

    def index(self, **selection) -> dict:
        """{axis: pandas.Index} of what read() with the same selection gives, without the axes one label drops."""
        rows = {dim: self._result.locate(dim, selection.pop(dim)) for dim in self.dims if dim in selection}
        if selection:
            raise KeyError(f"{self.name}({', '.join(self.dims)}) has no axis {', '.join(selection)}")
        labels = {dim: self._result.labels(dim) for dim in self.dims}
        return {dim: labels[dim][rows[dim]] if dim in rows else labels[dim]
                for dim in self.dims if not isinstance(rows.get(dim), int)}  # fmt: skip

    def read(self, **selection) -> np.ndarray:
        """The values [dims not dropped], in `unit`.

        selection: axis=label drops the axis; axis=[labels] and axis=slice(first, last), both ends
        included, keep it. Dates are anything pandas reads as one. KeyError names a label that is not there.
        """
        self.index(**selection)
        rows = [self._result.locate(dim, selection[dim]) if dim in selection else slice(None) for dim in self.dims]
        outer, inner = [], []
        for row in rows:
            if isinstance(row, list):  # read the stretch that holds them, then pick
                low, high = (min(row), max(row) + 1) if row else (0, 0)
                outer.append(slice(low, high))
                inner.append([one - low for one in row])
            else:
                outer.append(row)
                if not isinstance(row, int):
                    inner.append(slice(None))
        data = self._data.asstr() if h5py.check_string_dtype(self._data.dtype) else self._data
        try:
            values = np.asarray(data[tuple(outer)])
        except OSError as error:  # HDF5 names neither
            raise NotAResult(f"{self._result.path}: {self.name} is damaged ({error}); {REMEDY}") from error
        for axis, pick in enumerate(inner):
            if isinstance(pick, list):
                values = np.take(values, pick, axis=axis)
        return values

    def frame(self, **selection) -> pd.DataFrame:
        """Tidy: one column, named as the variable; index = the axes and, last, the unit."""
        values, index = self.read(**selection), self.index(**selection)
        axes = [*index.values(), pd.Index([self.unit], name="unit")]
        return pd.DataFrame({self.name: values.ravel()}, index=pd.MultiIndex.from_product(axes, names=[*index, "unit"]))


def _scale_name(dim) -> str:
    return _text(dim[0].name).rsplit("/", 1)[-1] if len(dim) else "?"


class Result:
    """A result file. Use as a context manager, or close().

    Attributes: path; scenario (id), title, question, run_id, source; seed, draws, version, commit (text);
    members_requested, members_done; start (Timestamp), days (horizon); done [member] (bool).
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self._file = _opened(self.path)
        try:
            self._check()
        except (KeyError, ValueError) as error:
            self._file.close()
            if isinstance(error, NotAResult):
                raise
            raise NotAResult(f"{self.path}: a damaged result ({error.args[0]}); {REMEDY}") from error

    def _check(self):
        attributes = self._file.attrs
        if "schema_version" not in attributes or not _text(attributes.get("source", "")).startswith("chokepoint"):
            raise NotAResult(f"{self.path}: HDF5, but no result of chokepoint (no schema_version and source)")
        self.schema_version = tuple(int(part) for part in _text(attributes["schema_version"]).split("."))
        if self.schema_version[0] > SCHEMA_VERSION[0]:
            raise NotAResult(f"{self.path}: schema {'.'.join(map(str, self.schema_version))} is newer than this package, "
                             f"which reads {SCHEMA_VERSION[0]}.x; use the package that came with the program")  # fmt: skip
        for name in ("scenario", "title", "question", "run_id", "source"):
            setattr(self, name, _text(attributes.get(name, "")))
        self.members_requested = int(attributes["members_requested"])
        self.members_done = int(attributes["members_done"])
        origin = self._file["provenance"].attrs
        self.seed, self.draws, self.version, self.commit = (_text(origin.get(name, "")) for name in ("seed", "draws", "version", "commit"))
        self.draws = self.draws or "keyed as 1"  # results made before they said so
        self.start = pd.Timestamp(_text(self._file["time"].attrs["units"]).split()[-1])
        self.days = len(self._file["time"])
        self.done = self._file["member_status"][()] == 0
        self._labels = {}

    def close(self):
        """Closes the file; variables can no longer be read."""
        self._file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        return f"<Result {self.scenario}: {self.members_done} of {self.members_requested} members, {self.path}>"

    def __contains__(self, name):
        return name in self._file and isinstance(self._file[name], h5py.Dataset)

    def __getitem__(self, name: str) -> Variable:
        if name not in self:
            raise KeyError(f"{self.path.name} has no variable {name}; {suggestion(name, self)}")
        return Variable(self, name)

    def require(self, name: str):
        """Nothing where the file holds the variable; NotAResult where the program that made it did not record it."""
        if name not in self:
            raise NotAResult(f"{self.path}: made by a program that did not record {name} yet; run the scenario again")

    @property
    def tells_given_up(self) -> bool:
        """Whether need and output given up for their cost are recorded; they are from schema 1.1 on."""
        return "full_need_total" in self

    def loss(self, name: str, **selection) -> np.ndarray:
        """As read(), of a variable of need or output; of a file that does not tell_given_up what stands for it: nothing is given up."""
        if name in self or self.tells_given_up or name not in BEFORE_GIVEN_UP:
            self.require(name)
            return self[name].read(**selection)
        instead, factor = BEFORE_GIVEN_UP[name]
        return factor * self[instead].read(**selection)

    def __iter__(self):
        return (name for name, item in self._file.items() if isinstance(item, h5py.Dataset))

    def labels(self, axis: str) -> pd.Index:
        """The labels of an axis: dates for time, week and month, numbers for quantile and member, else ids."""
        if axis not in self._labels:
            if axis not in self:
                raise KeyError(f"{self.path.name} has no axis {axis}")
            data = self._file[axis]
            values = data.asstr()[()] if h5py.check_string_dtype(data.dtype) else data[()]
            if axis in AXES_OF_DAYS:
                values = self.start + pd.to_timedelta(values, unit="D")
            self._labels[axis] = pd.Index(values, name=axis)
        return self._labels[axis]

    def locate(self, axis: str, wanted):
        """Row (int), rows (list) or slice of an axis for a label, labels, or slice of labels."""
        labels = self.labels(axis)
        if isinstance(wanted, slice):
            return labels.slice_indexer(wanted.start, wanted.stop, wanted.step)
        if isinstance(wanted, (list, tuple, pd.Index, np.ndarray)):
            return [self.locate(axis, one) for one in wanted]
        key = pd.Timestamp(wanted) if axis in AXES_OF_DAYS else wanted
        if axis == "quantile":  # 0.95 in the file need not be the 0.95 typed
            near = int(np.argmin(np.abs(labels.to_numpy() - float(key))))
            if abs(labels[near] - float(key)) < 1e-9:
                return near
        elif key in labels:
            return int(labels.get_loc(key))
        raise KeyError(f"no {axis} {wanted}; {suggestion(wanted, labels)}")

    def text(self, name: str) -> dict:
        """{id: text} of a describing variable, buyer_title for example."""
        variable = self[name]
        return dict(zip(self.labels(variable.dims[0]), variable.read()))

    def frame(self, name: str, **selection) -> pd.DataFrame:
        """Tidy frame of a variable; as Variable.frame."""
        return self[name].frame(**selection)

    @property
    def variables(self) -> pd.DataFrame:
        """What the file holds: index variable; columns dimensions, shape, unit, meaning."""
        rows = [(v.name, ", ".join(v.dims), " x ".join(map(str, v.shape)), v.unit, v.meaning or v.long_name)
                for v in (self[name] for name in self)]  # fmt: skip
        return pd.DataFrame(rows, columns=["variable", "dimensions", "shape", "unit", "meaning"]).set_index("variable")

    @property
    def parameters(self) -> pd.DataFrame:
        """Values drawn: index member, one column a varied key."""
        group = self._file["parameters"] if "parameters" in self._file else {}
        return pd.DataFrame({name: group[name][()] for name in group if name != "member"}, index=self.labels("member"))

    @property
    def parameter_titles(self) -> dict:
        """{varied key: what people call it}, each title once."""
        group = self._file["parameters"] if "parameters" in self._file else {}
        titles = {name: _text(group[name].attrs.get("long_name", name)) for name in group if name != "member"}
        shared = {title for title in titles.values() if list(titles.values()).count(title) > 1}
        return {name: f"{title} ({name})" if title in shared else title for name, title in titles.items()}

    @property
    def events(self) -> pd.DataFrame:
        """What policy did: columns date (Timestamp), kind, subject, text, members (in how many)."""
        columns = ("date", "kind", "subject", "text", "members")
        group = self._file["events"] if "events" in self._file else {}
        data = {c: (group[c].asstr()[()] if c != "members" else group[c][()]) if c in group else [] for c in columns}
        frame = pd.DataFrame(data).astype({"kind": str, "subject": str, "text": str})  # also without any row
        frame["date"] = pd.to_datetime(frame["date"])
        return frame

    @property
    def scenario_text(self) -> str:
        """The effective scenario, merged, as the program wrote it."""
        return _text(self._file["provenance/scenario"].asstr()[()])

    @functools.cached_property
    def leaves(self) -> dict:
        """{key path: value as written} of the effective scenario."""
        return leaves(self.scenario_text)

    def caveats(self, figure: str) -> list[str]:
        """What the scenario says of a figure it gets wrong against the record: lost, output_lost or duty_paid."""
        found = [key.removesuffix(".figure") for key, value in self.leaves.items() if key.startswith("caveats.") and key.endswith(".figure") and value == figure]
        return [self.leaves[f"{key}.text"] for key in found]

    @property
    def changes(self) -> pd.DataFrame:
        """What differs from the files the scenario extends: index key; columns was, value, at (file:line or option).

        was is empty where the key was added, value where it was removed. No rows when it extends nothing, and in
        results of programs that did not record it.
        """
        group = self._file["provenance"]
        columns = {"changed": "key", "changed_from": "was", "changed_to": "value", "changed_at": "at"}
        return pd.DataFrame({name: group[c].asstr()[()] if c in group else [] for c, name in columns.items()}).astype(str).set_index("key")

    @property
    def provenance(self) -> dict:
        """Origin as text: seed, version, commit, compiler, libraries, command_line and, unless reproducible, clock and host."""
        group = self._file["provenance"]
        out = {name: _text(value) for name, value in group.attrs.items()}
        if "command_line" in group:
            out["command_line"] = _text(group["command_line"].asstr()[()])
        return out

    @property
    def inputs(self) -> dict:
        """{path: SHA-256} of every file the run read."""
        group = self._file["provenance"]
        return dict(zip(group["input"].asstr()[()], group["input_sha256"].asstr()[()])) if "input" in group else {}

    def to_xarray(self):
        """The root variables as an xarray.Dataset (needs xarray and h5netcdf), dates decoded."""
        try:
            import h5netcdf  # noqa: F401 (the engine, by name below)
            import xarray
        except ModuleNotFoundError as error:
            raise without(error, "to_xarray") from error

        return xarray.open_dataset(self.path, engine="h5netcdf")


def _opened(path: pathlib.Path) -> h5py.File:
    if path.name.endswith(".part"):
        raise NotAResult(f"{path}: a run that is not finished; go on with: chokepoint run ... --resume")
    if path.is_dir():
        raise NotAResult(f"{path}: a folder; name a result in it")
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    if path.stat().st_size == 0:
        raise NotAResult(f"{path}: an empty file; run the scenario again")
    if not h5py.is_hdf5(path):
        raise NotAResult(f"{path}: not an HDF5 file")
    try:
        return h5py.File(path, "r")
    except OSError as error:
        if "truncated" not in str(error):
            raise OSError(f"{path}: {error}") from error
        raise NotAResult(f"{path}: cut short ({path.stat().st_size / 1e6:.2f} MB are here); {REMEDY}") from error


def open(path) -> Result:
    """Opens a result file.

    Raises FileNotFoundError; NotAResult when it is of another kind, unfinished, damaged, or of a newer major schema.
    """
    return Result(path)

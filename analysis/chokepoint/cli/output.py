"""Where a command writes: a whole file or none, or standard output."""

import os
import pathlib
import sys
from contextlib import contextmanager, suppress

import h5py

STDOUT = "-"  # as a name of a file


def free(name: str, force: bool) -> pathlib.Path | None:
    """The path to write, None for standard output; an OSError says why it cannot be. A link is followed, so that it stays one."""
    if name == STDOUT:
        return None
    path = pathlib.Path(name)
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; name a file in it")
    if path.is_symlink() and not path.exists():
        raise FileNotFoundError(f"{path} is a link to {os.readlink(path)}, which is not there; remove the link or name another file")
    if path.exists() and not path.is_file():
        raise FileExistsError(f"{path} is a device, a pipe or a socket, and no file; name another, or - for standard output")
    if path.exists() and h5py.is_hdf5(path):  # most likely the input: --force shall not cost a run
        raise FileExistsError(f"{path} is a result of a run, which is not overwritten; name another file")
    if path.exists() and not force:
        raise FileExistsError(f"{path} exists; --force overwrites it")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent}: no such folder")
    return path


@contextmanager
def whole(path: pathlib.Path | None):
    """A text file that replaces `path` once it is written; a disk that fills up leaves what was there. None is standard output."""
    if path is None:
        yield sys.stdout
        return
    target = path.resolve()
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(part, target)
    except OSError as error:
        _drop(part)
        raise OSError(error.errno, f"cannot write ({error.strerror})", str(path)) from error
    except BaseException:
        _drop(part)
        raise


def _drop(part: pathlib.Path):
    with suppress(OSError):  # where nothing can be written nothing can be removed either
        part.unlink(missing_ok=True)

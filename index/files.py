"""Files of arrays that are either the old one or the new one, never half of either."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

PART = ".part"


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """Write to a neighbour, then swap it in; an error leaves what stood there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        with open(part, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes what writers that were killed have left half written."""
    for part in folder.glob(f"*{PART}"):
        number = part.name.removesuffix(PART).rpartition(".")[2]
        if number.isdecimal() and not running(int(number)):
            part.unlink(missing_ok=True)


def running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def write_arrays(path: Path, **arrays: Any) -> None:
    with replace_file(path) as out:
        np.savez(out, **arrays)


def read_arrays(path: Path, *names: str) -> tuple[NDArray[Any], ...] | None:
    """None where the file is missing, cut short, damaged, or holds something else."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as data:
            return tuple(data[name] for name in names)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None

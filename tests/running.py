"""A server as a user starts it, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Running:
    url: str
    process: subprocess.Popen[str]


@contextmanager
def running(
    folder: Path, users: Path | None = None, scratch: Path | None = None, **settings: str
) -> Iterator[Running]:
    """Serves ``folder`` by words only, on a free port of this machine, until the block ends.

    ``settings`` are given as a user gives them, in the environment.
    """
    call = "import sys; from pathlib import Path; from assistant.serve import serve; "
    call += "from assistant.settings import load; folder, *users = map(Path, sys.argv[1:]); "
    call += "users = users[0] if users else None; "
    call += "serve(folder, '127.0.0.1', 0, users, encoder=None, settings=load({}))"
    given = {f"ASSISTANT_{name.upper()}": value for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-c", call, str(folder), *([str(users)] if users else [])],
        cwd=ROOT,
        env=os.environ | given | ({"TMPDIR": str(scratch)} if scratch else {}),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, "the server did not come up"
        yield Running(line.rpartition("：")[2].strip(), process)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    finally:
        process.kill()
        process.communicate()

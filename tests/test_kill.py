"""A process that is killed while it takes documents in loses nothing that it acknowledged."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from letters import Letters

from index.encoding import encode_pending
from index.store import FILE, Store

ROOT = Path(__file__).parents[1]
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from letters import PLAN, Letters, incoming
from index.encoding import encode_pending
from index.store import Store
store = Store(Path(sys.argv[1]))
for number in range(10_000):
    name = f"plan{number % 7}"
    store.put(incoming(PLAN.replace("12座", f"{number}座"), name))
    encode_pending(store, Letters())
    print(number, flush=True)
"""


def run_and_kill(folder: Path, after: int) -> int:
    """Kills the writer right after it has acknowledged so many; returns the last one read."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= after:
                writer.send_signal(signal.SIGKILL)
                break
        last = [int(rest) for rest in writer.stdout if rest.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    return max([after, *last])


@pytest.mark.parametrize("after", [0, 3, 8, 17])
def test_a_kill_loses_nothing_acknowledged(tmp_path: Path, after: int) -> None:
    last = run_and_kill(tmp_path, after)
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()
    store = Store(tmp_path)
    for name in range(min(last + 1, 7)):
        newest = max(number for number in range(last + 1) if number % 7 == name)
        held = store.document(f"plan{name}").text
        # The one after the last may have been committed and not yet acknowledged.
        assert f"{newest}座" in held or (f"{newest + 7}座" in held and newest + 7 == last + 1)
        joined = "\n".join(clause.text for clause in store.clauses(f"plan{name}"))
        assert "座小型水库" in joined
    encode_pending(store, Letters())
    assert all(done == total for _, done, total in store.progress("letters/32"))
    store.close()

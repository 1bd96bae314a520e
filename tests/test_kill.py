"""A process killed (-9) at any moment loses nothing acknowledged and leaves no half of anything.

The moments are drawn with a fixed seed: so many events are awaited, then a piece of one more. The
same store lives on from kill to kill, so what a kill leaves behind meets the next one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from letters import Letters, incoming
from perishable import COUNTIES, plan

from assistant.answer import answer
from index import drafts
from index.encoding import encode_pending
from index.library import Library, open_library
from index.snapshot import derived
from index.store import Store

ROOT = Path(__file__).parents[1]
SEED = 20_261_124
SPAN = 0.03  # seconds: about as long as the longest single change takes


@dataclass
class Zygote:
    """The process that forks the children; ``kill`` gives what one of them said before it died."""

    process: subprocess.Popen[str]

    def kill(
        self, work: str, folder: Path, dice: random.Random, most: int = 12, span: float = SPAN
    ) -> list[dict[str, Any]]:
        wait, more = dice.randrange(most), dice.uniform(0, span)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([work, str(folder), dice.random()]) + "\n")
        self.process.stdin.flush()
        said: list[dict[str, Any]] = []
        for event in self._events():
            said.append(event)
            if event["event"] == "dead":
                break
            if len([one for one in said if one["event"] != "born"]) == wait:
                time.sleep(more)
                os.kill(next(one["pid"] for one in said if "pid" in one), signal.SIGKILL)
        assert os.WTERMSIG(said[-1]["status"]) == signal.SIGKILL, said[-3:]
        return said

    def _events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)
        pytest.fail("the process that forks is gone")


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with forking() as one:
        yield one


@contextmanager
def forking() -> Iterator[Zygote]:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "perishable.py")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Zygote(process)
    finally:
        process.kill()
        process.communicate()


@dataclass
class Shelf:
    """What the store must hold: of each county the dams, or what may have come instead of them."""

    held: dict[int, int] = field(default_factory=dict)
    broken_off: int = 0

    def hear(self, said: list[dict[str, Any]]) -> tuple[int, int | None] | None:
        """Follows the events; gives the change that was begun and not acknowledged."""
        begun: tuple[int, int | None] | None = None
        for one in said:
            if one["event"] == "begin":
                begun = (one["county"], one["dams"])
            elif one["event"] == "done":
                self._settle(one["county"], one["dams"])
                begun = None
        return begun

    def _settle(self, county: int, dams: int | None) -> None:
        if dams is None:
            self.held.pop(county, None)
        else:
            self.held[county] = dams

    def meet(self, store: Store, begun: tuple[int, int | None] | None) -> None:
        """The store holds just this; the unacknowledged change is whole there, or not at all."""
        every = {document.id: document.text.strip() for document in store.documents()}
        found = {name: text for name, text in every.items() if name.startswith("p")}
        if begun is not None:
            county, dams = begun
            came = found.get(f"p{county}") == (None if dams is None else plan(county, dams).strip())
            if came and self.held.get(county) != dams:
                self._settle(county, dams)
            self.broken_off += not came
        assert found == {f"p{c}": plan(c, dams).strip() for c, dams in self.held.items()}


def whole(store: Store) -> None:
    """SQLite finds no fault, and every document has its clauses, tasks and texts, all of them."""
    with sqlite3.connect(store.path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        texts = dict(db.execute("SELECT document, count(*) FROM pieces GROUP BY document"))
    db.close()
    for document in store.documents():
        if document.id.startswith("p"):
            fresh = incoming(document.text, document.id).parse(document.id)
            assert store.clauses(document.id) == list(fresh.clauses)
            assert store.tasks(document.id) == list(fresh.tasks)
            assert texts[document.id] >= len(fresh.clauses) - 1
    held = {key for key, _ in store.pending("nobody")}
    assert store.vectors(Letters().fingerprint).keys() <= held


def vectors_right(store: Store) -> None:
    """Each vector is that of its text; the queue takes up the rest."""
    encode_pending(store, Letters())
    made = store.vectors(Letters().fingerprint)
    waiting = store.pending("nobody")
    assert made.keys() == {key for key, _ in waiting}
    right = Letters().encode([text for _, text in waiting])
    for (key, _), row in zip(waiting, right, strict=True):
        assert np.abs(made[key] - row).max() < 1e-3


def answers_agree(library: Library, shelf: Shelf) -> None:
    for number, county in enumerate(COUNTIES):
        said = answer(f"{county}要完成多少座小型水库除险加固？", library)
        if number in shelf.held:
            assert f"{shelf.held[number]}座" in said.text, said.text
            assert {cited.document_id for cited in said.citations} == {f"p{number}"}
        else:
            assert said.status == "declined", said.text


def examine(folder: Path, shelf: Shelf, begun: tuple[int, int | None] | None) -> None:
    library = open_library(folder / "store", Letters())
    try:
        shelf.meet(library.store, begun)
        whole(library.store)
        answers_agree(library, shelf)
    finally:
        library.close()


def test_kills_while_files_come_and_go(tmp_path: Path, zygote: Zygote) -> None:
    dice, shelf = random.Random(SEED), Shelf()
    for round_ in range(110):
        begun = shelf.hear(zygote.kill("changing", tmp_path, dice))
        examine(tmp_path, shelf, begun)
        if round_ % 10 == 9:
            store = Store(tmp_path / "store")
            vectors_right(store)
            store.close()
    assert shelf.broken_off >= 5, "the kills came too late to break anything off"


def test_kills_while_a_thread_encodes(tmp_path: Path, zygote: Zygote) -> None:
    dice, shelf = random.Random(SEED + 1), Shelf()
    for round_ in range(50):
        begun = shelf.hear(zygote.kill("serving", tmp_path, dice))
        examine(tmp_path, shelf, begun)
        if round_ % 10 == 9:
            store = Store(tmp_path / "store")
            vectors_right(store)
            store.close()


def test_kills_while_drafts_are_made_and_saved(tmp_path: Path, zygote: Zygote) -> None:
    dice, shelf = random.Random(SEED + 2), Shelf()
    saved: dict[tuple[int, int], str] = {}
    for _ in range(50):
        said = zygote.kill("drafting", tmp_path, dice)
        examine(tmp_path, shelf, shelf.hear(said))
        saved |= {(e["draft"], e["number"]): e["mark"] for e in said if e["event"] == "saved"}
        tried = [e["mark"] for e in said if e["event"] == "saving"]
        found = drafts_of(tmp_path / "store")
        assert {key: found.get(key) for key in saved} == saved
        # At most the one that was being saved came in without being acknowledged.
        late = {key: mark for key, mark in found.items() if key not in saved}
        assert len(late) <= 1 and set(late.values()) <= set(tried[-1:])
        saved = found
    assert len(saved) > 20


def drafts_of(folder: Path) -> dict[tuple[int, int], str]:
    store = Store(folder)
    found = {}
    for shelved in drafts.drafts(store):
        for version in drafts.versions(store, shelved.id):
            _, text = drafts.read_version(store, shelved.id, version.number)
            found[shelved.id, version.number] = sha256(text.encode()).hexdigest()
    store.close()
    return found


def test_kills_while_indexes_are_swapped(tmp_path: Path, zygote: Zygote) -> None:
    dice, shelf = random.Random(SEED + 3), Shelf()
    many = "\n".join(f"第{n}条 办好第{n}号实事，修路{n}里。" for n in range(1, 3_200))
    store = Store(tmp_path / "store")
    store.put(incoming(f"山阳县为民办实事规定\n\n{many}\n", "large"))
    store.close()
    for _ in range(40):
        begun = shelf.hear(zygote.kill("swapping", tmp_path, dice, most=5, span=0.25))
        examine(tmp_path, shelf, begun)
        assert_large_found(tmp_path)
    store = Store(tmp_path / "store")
    store.remove(["p0"])
    store.put(incoming(plan(0, 7), "p0"))
    store.close()
    assert_large_found(tmp_path)
    # What the killed ones left half written is gone, and one index of each kind is there.
    left = sorted(path.name.partition("-")[0] for path in derived(tmp_path / "store").iterdir())
    assert left == ["whole", "words"], left


def assert_large_found(folder: Path) -> None:
    library = open_library(folder / "store", Letters())
    found = library.search("第2718号实事", 1)
    assert "第2718号实事" in found[0].clause.text
    library.close()

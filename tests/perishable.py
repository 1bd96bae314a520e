"""Work that is killed in the middle: a process that forks one child after another to do it.

The children say on the shared pipe what they begin and what has been acknowledged to them, so
that a test may kill one at any moment and still know what it must find. Forking spares each of
them the imports: a kill costs hundredths of a second.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters import PLAN, Letters

from assistant.draft import draft_from, to_json
from index import drafts
from index.backup import backup
from index.encoding import Worker, encode_pending
from index.ingest import ingest
from index.library import open_library
from index.restore import restore
from index.store import Store

COUNTIES = ("清川县", "柏溪县", "云岭县", "石塘县", "青泽县", "安澜县")
PROFILE = '[county]\nname = "清川县"\nlead = "县水利局"\n'


def tell(event: str, **what: Any) -> None:
    os.write(1, f"{json.dumps({'event': event} | what)}\n".encode())


def plan(county: int, dams: int) -> str:
    return PLAN.replace("甲县", COUNTIES[county]).replace("12座", f"{dams}座")


def take_in(store: Store, inbox: Path, county: int, dams: int) -> None:
    """As a user does it: the file is written anew and taken in from its place."""
    path = inbox / f"p{county}.txt"
    path.write_text(plan(county, dams), encoding="utf-8")
    tell("begin", county=county, dams=dams)
    report = ingest([path], store, None)
    assert not report.failed, report.failed
    tell("done", county=county, dams=dams)


def change(store: Store, inbox: Path, dice: random.Random) -> None:
    county = dice.randrange(len(COUNTIES))
    if dice.random() < 0.25:
        tell("begin", county=county, dams=None)
        store.remove([f"p{county}"])
        tell("done", county=county, dams=None)
    else:
        take_in(store, inbox, county, dice.randrange(100, 1_000_000))


def changing(folder: Path, dice: random.Random) -> None:
    """Files taken in, taken in again, removed; their vectors in between."""
    store = Store(folder / "store")
    while True:
        change(store, folder, dice)
        if dice.random() < 0.5:
            encode_pending(store, Letters())


def serving(folder: Path, dice: random.Random) -> None:
    """The same while a thread encodes, as in a server."""
    worker = Worker(folder / "store", Letters(), every=0.002)
    store = Store(folder / "store")
    while True:
        change(store, folder, dice)
        worker.wake()


def drafting(folder: Path, dice: random.Random) -> None:
    """Drafts made from what is held, saved, and saved again."""
    profile = folder / "county.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    library = open_library(folder / "store", Letters())
    take_in(library.store, folder, 0, dice.randrange(100, 1_000_000))
    while True:
        made = json.dumps(to_json(draft_from(["p0"], profile, library)), ensure_ascii=False)
        mark = sha256(made.encode()).hexdigest()
        tell("saving", draft=None, mark=mark)
        first = drafts.save_new(library.store, "方案", made, "甲", "初稿")
        tell("saved", draft=first.draft, number=1, mark=mark)
        for number in range(2, dice.randrange(3, 6)):
            text = made + "改" * number
            mark = sha256(text.encode()).hexdigest()
            tell("saving", draft=first.draft, mark=mark)
            drafts.save_version(library.store, first.draft, text, "甲", "修改", number - 1)
            tell("saved", draft=first.draft, number=number, mark=mark)


def swapping(folder: Path, dice: random.Random) -> None:
    """A library so large that its indexes are files, made anew after each change."""
    library = open_library(folder / "store", Letters())
    while True:
        change(library.store, folder, dice)
        library.search("小型水库", 3)


def restoring(folder: Path, dice: random.Random) -> None:
    """Backups of two states, put back in turn; after each, a change of one county by hand."""
    store = Store(folder / "store")
    take_in(store, folder, 0, dice.randrange(100, 1_000_000))
    while True:
        backup(folder / "store", folder / "kept.zip")
        was = next(d.text for d in store.documents() if d.id == "p0")
        take_in(store, folder, 0, dice.randrange(100, 1_000_000))
        dams = int(was.partition("完成")[2].partition("座")[0])
        tell("begin", county=0, dams=dams)
        restore(folder / "store", folder / "kept.zip", replace=True)
        tell("done", county=0, dams=dams)


WORK: dict[str, Callable[[Path, random.Random], None]] = {
    "changing": changing,
    "serving": serving,
    "drafting": drafting,
    "swapping": swapping,
    "restoring": restoring,
}


def main() -> None:
    for line in sys.stdin:
        name, folder, seed = json.loads(line)
        child = os.fork()
        if child == 0:
            tell("born", pid=os.getpid())
            try:
                WORK[name](Path(folder), random.Random(seed))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        tell("dead", status=status)


if __name__ == "__main__":
    main()

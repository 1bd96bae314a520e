"""A draft of a bundled plan for an invented county, for the tests of drafts that are kept."""

from __future__ import annotations

from pathlib import Path

from assistant.draft import draft_from, read_profile
from assistant.draft.types import DraftClause
from assistant.draft.work import Work, work_on
from index.ingest import ingest
from index.library import Library
from index.store import Store

ROOT = Path(__file__).parents[1]
COUNTY = ROOT / "corpus" / "examples" / "county.toml"
UPPER = "zhejiang-2017"


def library(folder: Path) -> Library:
    """The bundled documents, searched by words alone."""
    store = Store(folder)
    assert not ingest([ROOT / "corpus" / "documents"], store, None).failed
    return Library(store, None)


def work(held: Library, upper: str = UPPER) -> Work:
    plain = draft_from([upper], COUNTY, held)
    title = held.document(upper.partition("/")[0]).title
    return work_on(plain, (upper,), {upper: title}, read_profile(COUNTY))


def clause(of: Work, ending: str) -> DraftClause:
    """The clause whose id ends so."""
    return next(one for one in of.draft.clauses if one.id.endswith(ending))

"""Which documents may be sent to an endpoint outside: the default is no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from index.library import Library
from index.rows import now
from index.types import Document

# How an office marks at the foot of a document that it may be published.
_PUBLIC = re.compile(
    r"(?:此件|本件)(?:主动公开|公开发布)|(?:信息)?公开(?:方式|属性|选项|类别|形式):主动公开"
)
OWN_DRAFTS = "#本县草稿"  # no document's id has such a sign
_MARKED_WITHIN = 600  # characters at either end of a text


def may_leave(library: Library) -> Callable[[Document], bool]:
    """The decision for each document: what a person allowed or forbade, else its own mark."""
    decided = permissions(library)
    return lambda document: decided.get(document.id, is_public(document))


def is_public(document: Document) -> bool:
    """A digest of the program, or marked for publication; never 征求意见稿."""
    if document.status == "征求意见":
        return False
    if document.is_digest:
        return True
    ends = document.text[:_MARKED_WITHIN] + "\n" + document.text[-_MARKED_WITHIN:]
    return bool(_PUBLIC.search(re.sub(r"[^\S\n]", "", unicodedata.normalize("NFKC", ends))))


def permissions(library: Library) -> Mapping[str, bool]:
    """What was decided for the documents as they now are: a new text needs a new permission."""
    query = """
        SELECT document, allowed FROM permissions JOIN documents ON documents.id = document
        WHERE allowed = 0 OR at >= added"""
    with library.store.reading() as db:
        return {name: bool(allowed) for name, allowed in db.execute(query)}


def drafts_may_leave(library: Library) -> bool:
    """Whether the county's own drafts may be shown to a model outside."""
    query = "SELECT allowed FROM permissions WHERE document = ?"
    with library.store.reading() as db:
        row = db.execute(query, (OWN_DRAFTS,)).fetchone()
    return bool(row and row[0])


def permit_drafts(library: Library, allowed: bool, who: str) -> None:
    _decide(library, OWN_DRAFTS, allowed, who)


def permit(library: Library, document_id: str, allowed: bool, who: str) -> None:
    """Kept with who decided and when; raises NotFound for an unknown document."""
    library.document(document_id)
    _decide(library, document_id, allowed, who)


def _decide(library: Library, name: str, allowed: bool, who: str) -> None:
    action = "allow" if allowed else "forbid"
    with library.store.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO permissions VALUES (?, ?, ?, ?)",
            (name, int(allowed), who, now()),
        )
    library.store.add_audit(action, name, {"who": who})

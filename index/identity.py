"""Names of documents: one stem, one place; an original takes the place of its digest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from index.types import Document


def clean_id(name: str) -> str:
    """A stem as an id: half-width, without what would break an address or a shell word."""
    text = unicodedata.normalize("NFKC", name).strip()
    text = re.sub(r"[\s/\\~?*:|\"<>\x00-\x1f]+", "-", text).strip("-.")
    return text or "document"


def free_id(wanted: str, taken: Container[str]) -> str:
    """``wanted``, or ``wanted-2``, ``wanted-3``, … if another place holds it."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def fits(held: str, wanted: str) -> bool:
    """Whether a document that is called ``held`` may keep that name when ``wanted`` is asked."""
    return held == wanted or re.fullmatch(re.escape(wanted) + r"-\d+", held) is not None


def title_key(title: str) -> str:
    """Two spellings of one title are equal here: width, spaces, punctuation, 关于印发…的通知."""
    key = "".join(c for c in unicodedata.normalize("NFKC", title).lower() if c.isalnum())
    inner = re.fullmatch(r".*?关于(?:印发|转发)(.+?)的?通知", key)
    return inner[1] if inner else key


def same_work(original: Document, digest: Document) -> bool:
    """Whether a digest is of this document: the title, or the name given to it and the region."""
    key = title_key(digest.title)
    if key and key == title_key(original.title):
        return True
    ours, theirs = original.region, digest.region
    near = bool(ours and theirs) and (ours in theirs or theirs in ours)
    return original.id == digest.id and near

"""Names of documents: one stem, one place; an original takes the place of its digest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container


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
    """Two spellings of one title are equal here: width, spaces and punctuation do not count."""
    return "".join(c for c in unicodedata.normalize("NFKC", title).lower() if c.isalnum())

"""What of a clause is indexed: the document's title and the headings in front of its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Clause, Document

# multilingual-e5 reads 512 tokens, about 1.5 characters of Chinese official prose each; a piece
# stays well under that with its title and headings.
LONGEST = 480
SENTENCE_END = re.compile(r"(?<=[。！？；\n])")


def heading_line(document: Document, clause: Clause) -> str:
    """Title and headings from the outside in, each once; the own heading is left to the text."""
    lines = [document.title, *clause.path]
    own = clause.text.lstrip()
    kept = [line for line in dict.fromkeys(lines) if line and not own.startswith(line)]
    return " ".join(kept)


def searched(clauses: Sequence[Clause]) -> list[Clause]:
    """All but bare headings over other clauses: their words stand in front of their children's."""
    parents = {clause.parent for clause in clauses}
    return [c for c in clauses if c.text.strip() and not (c.id in parents and is_bare(c))]


def is_bare(clause: Clause) -> bool:
    body = letters(clause.text).removeprefix(letters(clause.number))
    return body == letters(clause.heading or "")


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def pieces(document: Document, clause: Clause) -> tuple[str, ...]:
    """The texts whose vectors stand for the clause: one, or several for a long clause."""
    head = heading_line(document, clause)
    return tuple(f"{head}\n{part}" for part in parts(clause.text))


def parts(text: str) -> list[str]:
    """Cuts at sentence ends, into runs of at most about ``LONGEST`` characters."""
    if len(text) <= LONGEST:
        return [text]
    found, current = [], ""
    for sentence in (cut for long in SENTENCE_END.split(text) for cut in chop(long)):
        if current and len(current) + len(sentence) > LONGEST:
            found.append(current)
            current = ""
        current += sentence
    return [part for part in [*found, current] if part.strip()]


def chop(sentence: str) -> list[str]:
    return [sentence[start : start + LONGEST] for start in range(0, len(sentence), LONGEST)]

"""True statements over the bundled digests, told freely by hand, as a good model tells them.

``cases/paraphrases*.txt``: a line ``@ clause …`` cites whole clauses, and each line ``kind|text``
under it is a statement by them. Every fourth of those written last is held out: of it
only the rate is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Citation, Statement, cite
from evals.bundled import Corpus

CASES = Path(__file__).resolve().parent / "cases" / "paraphrases.txt"
MORE = CASES.with_name("paraphrases_more.txt")
LAST = CASES.with_name("paraphrases_last.txt")


@dataclass(frozen=True, slots=True)
class Told:
    kind: str
    statement: Statement
    held_out: bool


def whole(corpus: Corpus, clause_id: str) -> tuple[Citation, ...]:
    """Citations of all that a clause says itself, as an answer by a model cites it."""
    clause = corpus.clauses[clause_id]
    document = corpus.documents[clause.document_id]
    return tuple(cite(document, clause, span) for span in clause.spans)


def paraphrases(corpus: Corpus) -> Iterator[Told]:
    yield from told(corpus, CASES)
    yield from told(corpus, MORE)
    yield from told(corpus, LAST, 4)


def told(corpus: Corpus, cases: Path, every: int = 0) -> Iterator[Told]:
    """The statements of a file; one of ``every`` is held out."""
    citations: tuple[Citation, ...] = ()
    count = 0
    for line in cases.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            citations = tuple(c for name in line[1:].split() for c in whole(corpus, name))
        else:
            kind, _, text = line.partition("|")
            yield Told(kind, Statement(text, citations), bool(every) and count % every == every - 1)
            count += 1

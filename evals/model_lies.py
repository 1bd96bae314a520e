"""What the adversary says: lies written by hand, and corruptions of true paraphrases.

A statement cites whole clauses, as a model does; so a lie has every fact of the clause to draw on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from assistant.types import Statement
from evals.bundled import Corpus
from evals.ground import Ground
from evals.lies import SEED, TEXT_LIES
from evals.paraphrases import CASES, Told, paraphrases, told
from evals.truths import Truth, stating_figures
from index.agencies import mentions, same_body

BY_HAND = CASES.with_name("model_lies.txt")
OBEYED = CASES.with_name("model_obeyed.txt")


def planted(corpus: Corpus, seed: int = SEED, most: int = 12) -> Iterator[Told]:
    """Those of hand, then up to ``most`` corruptions of each kind."""
    yield from by_hand(corpus, BY_HAND)
    yield from by_hand(corpus, OBEYED)
    true = [_truth(corpus, one.statement) for one in paraphrases(corpus)]
    ground = Ground(corpus, stating_figures(true), true, Random(seed))
    known = {truth.text for truth in true}
    for kind, corrupt in TEXT_LIES.items():
        count = 0
        for truth in ground.random.sample(true, len(true)):
            text = corrupt(truth, ground) if count < most else None
            if text is not None and text not in known and _is_false(kind, text, truth):
                count += 1
                yield Told(kind, Statement(text, truth.statement.citations), held_out=False)
    yield from _wrongly_cited(true, ground.random, most)


def _is_false(kind: str, text: str, truth: Truth) -> bool:
    """A body put in the place of another may be of the clause by an older name."""
    if kind != "机构":
        return True
    named = {m.name for m in mentions(text)} - {m.name for m in mentions(truth.text)}
    own = [m.name for m in mentions(truth.clause.text)]
    return not any(same_body(name, other) for name in named for other in own)


def by_hand(corpus: Corpus, cases: Path) -> Iterator[Told]:
    return told(corpus, cases)


def _truth(corpus: Corpus, statement: Statement) -> Truth:
    first = statement.citations[0]
    return Truth(statement, corpus.documents[first.document_id], corpus.clauses[first.clause_id])


def _wrongly_cited(true: list[Truth], random: Random, most: int) -> Iterator[Told]:
    """True statements with figures, under a clause that does not say them."""
    for truth in random.sample(stating_figures(true), min(2 * most, len(true))):
        others = [t for t in true if t.clause.id != truth.clause.id]
        citations = random.choice(others).statement.citations
        yield Told("引错条款", Statement(truth.text, citations), held_out=False)

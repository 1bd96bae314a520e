"""Suite ``faithful``: planted corruptions must be refused, true rewordings must pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from assistant.types import Statement, Verdict
from assistant.verify import verify
from assistant.verify.passages import ClauseOf, DocumentOf
from evals.bundled import Corpus, corpus
from evals.lies import SEED, lies
from evals.rewordings import paraphrases
from evals.truths import Truth, truths
from evals.types import Bar, Case, Result, Score
from evals.written import written

Verifier = Callable[[Statement, DocumentOf, ClauseOf], Verdict]
BARS = (
    Bar("caught", 1.0),
    Bar("corruptions", 500),
    Bar("refused", most=0.03),
    Bar("paraphrases", 300),
    Bar("kinds_of_corruption", 15),
)


def run(
    verifier: Verifier = verify,
    seed: int = SEED,
    most: int = 25,
    kept: int | None = None,
    read: Corpus | None = None,
) -> Result:
    read = read or corpus()
    planted = [_lie(verifier, read, k, t.text, said) for k, t, said in lies(read, seed, most)]
    told = [
        _truth(verifier, read, kind, truth.statement)
        for kind, truth in _few_of_each(
            [("原句", t) for t in truths(read)], paraphrases(read), kept
        )
    ]
    for true, statement in written(read):
        if true:
            told.append(_truth(verifier, read, "手写", statement))
        else:
            planted.append(_lie(verifier, read, "手写", "", statement))
    cases = tuple(_numbered([*planted, *told]))
    caught = [score.value or 0.0 for case in planted for score in case.scores]
    passed = [score.value or 0.0 for case in told for score in case.scores]
    figures = {
        "caught": sum(caught) / max(len(caught), 1),
        "corruptions": float(len(planted)),
        "kinds_of_corruption": float(len({case.kind for case in planted})),
        "refused": 1 - sum(passed) / max(len(passed), 1),
        "paraphrases": float(len(told) - sum(case.kind == "真：原句" for case in told)),
    }
    return Result("faithful", cases, figures, BARS, notes=(f"随机种子 {seed}",))


def _few_of_each(
    plain: list[tuple[str, Truth]], reworded: Iterable[tuple[str, Truth]], kept: int | None
) -> Iterator[tuple[str, Truth]]:
    """All of them, or the first ``kept`` of each kind where a run must be quick."""
    count: Counter[str] = Counter()
    for kind, truth in chain(plain, reworded):
        count[kind] += 1
        if kept is None or count[kind] <= kept:
            yield kind, truth


def _lie(
    verifier: Verifier, read: Corpus, kind: str, truth_text: str, statement: Statement
) -> Case:
    verdict = verifier(statement, read.documents.get, read.clauses.get)
    caught = verdict.status == "unsupported"
    why = verdict.reason if caught else f"误放：{statement.text}（原文：{truth_text}）"
    return Case("", f"假：{kind}", (Score("caught", float(caught), why),), _input(statement))


def _truth(verifier: Verifier, read: Corpus, kind: str, statement: Statement) -> Case:
    verdict = verifier(statement, read.documents.get, read.clauses.get)
    passed = verdict.status == "supported"
    why = "放行" if passed else f"误拒：{verdict.reason}：{statement.text}"
    return Case("", f"真：{kind}", (Score("passed", float(passed), why),), _input(statement))


def _input(statement: Statement) -> dict[str, object]:
    return {
        "text": statement.text,
        "citations": [
            {"clause": c.clause_id, "start": c.span.start, "end": c.span.end, "quote": c.quote}
            for c in statement.citations
        ],
    }


def _numbered(cases: list[Case]) -> list[Case]:
    count: Counter[str] = Counter()
    numbered = []
    for case in cases:
        count[case.kind] += 1
        numbered.append(Case(f"{case.kind}#{count[case.kind]}", case.kind, case.scores, case.input))
    return numbered

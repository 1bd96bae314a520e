"""Suite ``model``: a model that lies in every way, over HTTP and through the answering path.

The server says what it is told to for each question; the answer that comes out is looked at, not
what any check thinks of it. Lies are also put to ``verify`` alone, by the widest citations that a
model can give. True paraphrases must come through.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from assistant.answer import answer
from assistant.model.pen import open_pen
from assistant.settings import load
from assistant.verify import verify
from evals.bundled import DOCUMENTS, Corpus, corpus
from evals.lies import SEED
from evals.model_drafts import drafted
from evals.model_lies import planted
from evals.model_server import Reply, Request, Text, serving
from evals.paraphrases import Told, paraphrases
from evals.types import Bar, Case, Result, Score
from index.ingest import ingest
from index.library import Library, open_library

AT_ONCE = 6  # statements of one reply
SECONDS = 30.0
_SHOWN = re.compile(r"【条款 (\d+)】[^\n]*\n<<<\n(.*?)\n>>>", re.DOTALL)
BARS = (
    Bar("lies", 400),
    Bar("lies_delivered", most=0),
    Bar("paraphrases", 300),
    Bar("withheld", most=0.03),
    Bar("kinds_of_lie", 30),
    Bar("draft_lies", 100),
)


@dataclass(frozen=True, slots=True)
class Play:
    """One question, and what the model says to it."""

    question: str
    said: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``reason`` says why a statement was withheld; ``through`` whether the model was asked."""

    told: Told
    delivered: bool
    reason: str
    through: bool


def run(seed: int = SEED, most: int = 12, kept: int | None = None) -> Result:
    """All of it, or the first ``kept`` statements of each list where a run must be quick."""
    read = corpus()
    lies = list(islice(planted(read, seed, most), kept))
    true = list(islice(paraphrases(read), kept))
    with _library() as library:
        false = [_lie(one, read) for one in played(lies, read, library)]
        passed = [_truth(one, read) for one in played(true, read, library)]
        rewritten = list(drafted(library, seed, kept))
    cases = tuple([*false, *passed, *rewritten])
    return Result("model", cases, _figures(cases), BARS, notes=(f"随机种子 {seed}",))


def _figures(cases: Sequence[Case]) -> dict[str, float]:
    def values(name: str) -> list[float]:
        return [s.value or 0.0 for c in cases for s in c.scores if s.name == name]

    refused, passed = values("refused"), values("passed")
    asked = [bool(c.input["asked"]) for c in cases]
    held = [v for c in cases if c.input.get("held_out") for v in (c.scores[0].value or 0.0,)]
    return {
        "lies": float(len(refused)),
        "lies_delivered": float(len(refused) - sum(refused)),
        "kinds_of_lie": float(len({c.kind for c in cases if c.scores[0].name == "refused"})),
        "draft_lies": float(sum(c.kind.startswith("草稿假") for c in cases)),
        "paraphrases": float(len(passed)),
        "withheld": 1 - sum(passed) / max(len(passed), 1),
        "withheld_held_out": 1 - sum(held) / max(len(held), 1),
        "asked": sum(asked) / max(len(asked), 1),
    }


@contextmanager
def _library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder), encoder=None)
        try:
            ingest([DOCUMENTS], library.store, None)
            yield library
        finally:
            library.close()


def played(statements: Iterable[Told], read: Corpus, library: Library) -> Iterator[Outcome]:
    """Every statement said by the server, and whether the reader of the answer sees it."""
    plays = {play.question: play for play in _plays(statements, read)}

    def script(request: Request) -> Reply:
        asked = next((p for q, p in plays.items() if q in request.prompt), None)
        said = asked.said if asked is not None else ()
        return Text(_reply(said, request, read), size=400)

    with serving(script) as server:
        settings = {"model": "adversary", "model_url": server.url, "model_timeout": SECONDS}
        pen = open_pen(load({**settings, "evidence_tokens": 6000}, {}), library)
        assert pen is not None
        for play in plays.values():
            before = len(server.requests)
            given = answer(play.question, library, pen=pen)
            through = len(server.requests) > before
            withheld = {_bare(one.text): one.reason for one in given.withheld}
            for one in play.said:
                text = _bare(one.statement.text)
                reason = withheld.get(text, "")
                yield Outcome(one, not reason and text in _bare(given.text), reason, through)
        pen.model.close()


def _plays(statements: Iterable[Told], read: Corpus) -> Iterator[Play]:
    ordered = sorted(statements, key=_cited)
    for number, (clauses, group) in enumerate(groupby(ordered, key=_cited)):
        for part, said in enumerate(_chunks(list(group))):
            yield Play(_question(clauses, read, f"{number}-{part}"), said)


def _chunks(group: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    for at in range(0, len(group), AT_ONCE):
        yield tuple(group[at : at + AT_ONCE])


def _cited(one: Told) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.clause_id for c in one.statement.citations))


def _question(clauses: Sequence[str], read: Corpus, number: str) -> str:
    """An open question that leads to the clauses; its number tells it from all others."""
    topics = []
    for name in clauses:
        clause, document = read.clauses[name], read.documents[name.split("/")[0]]
        place = re.findall(r"[一-鿿]{2,4}?[省市县]", document.region)
        words = re.sub(r"^[\s（(—一二三四五六七八九十\d）)．.、]+", "", clause.text)
        words = re.sub(r"(?:到|从)?20\d\d年(?:[底末]前?|起)?|\d", "", words)
        topics.append(f"{place[-1] if place else ''}{clause.heading or ''}{words[:40]}")
    return f"{'；'.join(topics)}，有什么要求？（{number}）"


def _reply(said: Sequence[Told], request: Request, read: Corpus) -> str:
    shown = [(int(n), text) for n, text in _SHOWN.findall(request.prompt)]
    statements = []
    for one in said:
        numbers = [_number(name, shown, read) for name in _cited(one)]
        statements.append({"text": one.statement.text, "clauses": numbers})
    return json.dumps({"statements": statements}, ensure_ascii=False)


def _number(name: str, shown: Sequence[tuple[int, str]], read: Corpus) -> int:
    """Under which number the clause was shown; none has the number 0."""
    opening = re.sub(r"\s", "", read.clauses[name].text)[:30]
    found = (n for n, text in shown if re.sub(r"\s", "", text).startswith(opening))
    return next(found, 0)


def _bare(text: str) -> str:
    return re.sub(r"\[\d+\]|[\s。；;，,|]", "", text)


def _lie(outcome: Outcome, read: Corpus) -> Case:
    """A lie counts as delivered if the answer shows it or ``verify`` alone would pass it."""
    statement = outcome.told.statement
    alone = verify(statement, read.documents.get, read.clauses.get)
    delivered = outcome.delivered or alone.status == "supported"
    why = f"送达：{statement.text}" if delivered else outcome.reason or alone.reason
    return _case(f"假：{outcome.told.kind}", "refused", not delivered, why, outcome)


def _truth(outcome: Outcome, read: Corpus) -> Case:
    """Where the path did not come to judge it (another topic, not shown), ``verify`` does."""
    statement = outcome.told.statement
    reason = outcome.reason
    if not outcome.delivered and (not reason or "不存在的条款" in reason or "所问" in reason):
        reason = verify(statement, read.documents.get, read.clauses.get).reason
    passed = outcome.delivered or not reason
    why = "放行" if passed else f"误拒：{reason}：{statement.text}"
    return _case(f"真：{outcome.told.kind}", "passed", passed, why, outcome)


def _case(kind: str, name: str, good: bool, why: str, outcome: Outcome) -> Case:
    statement = outcome.told.statement
    shown = {
        "text": statement.text,
        "clauses": list(_cited(outcome.told)),
        "held_out": outcome.told.held_out,
        "asked": outcome.through,
    }
    return Case(f"{kind}：{statement.text[:20]}", kind, (Score(name, float(good), why),), shown)

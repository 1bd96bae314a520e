"""Suite ``answer``: questions over the bundled digests, answered without a model or an encoder.

Right is: not declined, every fact, the opening word, every figure at its own place, short, with
few citations. A citation is real when its quote stands where it says; a number is supported when
it stands in a cited quote, in the question, or in the title or number of a cited document.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answer import answer
from assistant.types import Answer, Citation
from evals.bundled import DOCUMENTS
from evals.types import Bar, Case, Result, Score, mean
from index.ingest import ingest
from index.library import Library, open_library
from index.types import Document

CASES = Path(__file__).resolve().parent / "cases" / "answer.jsonl"
Row = Mapping[str, Any]
Asker = Callable[[str, Library, Sequence[str]], Answer]

LIMIT = {"list": 400, "multi": 400, "compare": 500}
MOST_CITATIONS = {"list": 8, "multi": 8, "compare": 8}
YES = re.compile(r"^(?:是|对|有|能|可以|会|需要|属于)[,。]")
NO = re.compile(r"^(?:否|不是|没有|不能|不可以|不会|不需要|不属于)[,。]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BARS = (
    Bar("right", 0.93),
    Bar("facts", 0.95),
    Bar("cited", 0.95),
    Bar("declined", 0.95),
    Bar("real", 1.0),
    Bar("supported", 1.0),
    Bar("cases", 80),
)


def squeezed(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


def stands(fact: str, text: str) -> bool:
    """Whether a fact stands in a text and not as part of a longer number."""
    for match in re.finditer(re.escape(fact), text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        longer = (fact[:1].isdigit() and (before.isdigit() or before == ".")) or (
            fact[-1:].isdigit() and (after.isdigit() or after == ".")
        )
        if not longer:
            return True
    return False


def _ways(fact: str | list[str]) -> list[str]:
    return [squeezed(way) for way in (fact if isinstance(fact, list) else [fact])]


def facts(row: Row, said: str) -> Score:
    missing = [f for f in row["facts"] if not any(stands(w, said) for w in _ways(f))]
    value = 1 - len(missing) / len(row["facts"]) if row["facts"] else None
    return Score("facts", value, f"缺：{missing}" if missing else "事实齐全")


def cited(row: Row, quotes: Sequence[tuple[str, str]]) -> Score:
    wanted = [(e["source"], squeezed(e["quote"])) for e in row["evidence"]]
    missed = [
        quote
        for source, quote in wanted
        if not any(d == source and (q in quote or quote in q) for d, q in quotes)
    ]
    value = 1 - len(missed) / len(wanted) if wanted else None
    return Score("cited", value, f"没有引到：{missed}" if missed else "引到了依据")


def place_of(value: str, said: str, places: Sequence[str]) -> str:
    """The place that a figure is given for: the nearest one named before it."""
    at = said.find(value)
    named = {place: said.rfind(place, 0, max(at, 0)) for place in places}
    best = max(named, key=lambda place: named[place])
    return best if at >= 0 and named[best] >= 0 else ""


def form(row: Row, given: Answer, said: str) -> list[str]:
    """What is wrong with an answer apart from its facts."""
    faults: list[str] = []
    if len(said) > LIMIT.get(row["type"], 220):
        faults.append(f"长 {len(said)} 字")
    if len(given.citations) > MOST_CITATIONS.get(row["type"], 5):
        faults.append(f"{len(given.citations)} 条引文")
    opening = {"yes": YES, "no": NO}.get(row.get("polarity", ""))
    if opening and not opening.match(said):
        faults.append(f"没有以{'肯定' if opening is YES else '否定'}开头")
    pairs = row.get("pairs") or []
    places = [place for place, _ in pairs]
    for place, values in pairs:
        if not any(place_of(squeezed(v), said, places) == place for v in values):
            faults.append(f"{values[0]} 没有记在{place}名下")
    winner = row.get("winner")
    if winner and not re.search(rf"{winner}[^,。;]{{0,8}}更?[高多大]", said):
        faults.append(f"没有说{winner}更高")
    return faults


def real(citations: Sequence[Citation], documents: Mapping[str, Document]) -> Score:
    broken = [c.clause_id for c in citations if c.span.of(documents[c.document_id].text) != c.quote]
    value = float(not broken) if citations else None
    return Score("real", value, f"引文与原文不符：{broken}" if broken else "引文属实")


def supported(row: Row, given: Answer, said: str) -> Score:
    heads = [squeezed(c.title) + squeezed(c.doc_no) for c in given.citations]
    asked = [squeezed(row["question"]), *map(squeezed, row.get("history", ()))]
    ground = "|".join([squeezed(c.quote) for c in given.citations] + heads + asked)
    loose = [number for number in NUMBER.findall(said) if not stands(number, ground)]
    return Score("supported", float(not loose), f"没有依据的数：{loose}" if loose else "数皆有据")


def judge(row: Row, given: Answer, documents: Mapping[str, Document]) -> tuple[Score, ...]:
    """Every score of one answer."""
    said = squeezed(re.sub(r"\[\d+\]", "", given.text))
    declined = given.status == "declined"
    if row["abstain"]:
        right = declined and (bool(given.nearest) or "没有" in given.text)
        return (Score("declined", float(right), "拒答" if right else f"没有拒答：{given.text}"),)
    if declined:
        lost = Score("right", 0.0, f"不该拒答：{given.text}")
        return lost, Score("facts", 0.0, "拒答"), Score("cited", 0.0, "拒答")
    quotes = [(c.document_id, squeezed(c.quote)) for c in given.citations]
    found, faults = facts(row, said), form(row, given, said)
    if found.value is not None and found.value < 1:
        faults.append(found.explanation)
    return (
        Score("right", float(not faults), "；".join(faults) or "正确"),
        found,
        cited(row, quotes),
        real(given.citations, documents),
        supported(row, given, said),
    )


def _ask(question: str, library: Library, history: Sequence[str]) -> Answer:
    return answer(question, library, history)


def run(asker: Asker = _ask, cases: Path = CASES) -> Result:
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    with TemporaryDirectory() as folder:
        library = open_library(Path(folder), encoder=None)
        ingest([DOCUMENTS], library.store, None)
        documents = {document.id: document for document in library.documents()}
        judged = tuple(
            Case(
                row["id"],
                row["type"],
                judge(row, asker(row["question"], library, row.get("history", ())), documents),
                row,
            )
            for row in rows
        )
        library.close()
    names = dict.fromkeys(score.name for case in judged for score in case.scores)
    figures = {name: value for name in names if (value := mean(judged, name)) is not None}
    return Result("answer", judged, {**figures, "cases": float(len(rows))}, BARS)

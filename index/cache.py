"""The vectors of the bundled corpus, made once: ``python -m index.cache`` writes them.

They are looked up by the fingerprint of the encoder and the hash of the text, so a file that is
out of date costs time and never gives a wrong vector.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from index.encoder import Matrix, open_encoder
from index.errors import PolicyError, SettingsError
from index.files import read_arrays, write_arrays
from index.store import Store

Held = dict[str, Matrix]


def corpus_folder() -> Path:
    """Beside this package in a checkout, inside ``assistant`` when installed."""
    root = Path(__file__).resolve().parents[1]
    beside = root / "corpus"
    return beside if (beside / "documents").is_dir() else root / "assistant" / "corpus"


def bundled_vectors(fingerprint: str, path: Path | None = None) -> Held:
    """Vectors by the hash of their text; empty where the file is absent or for another encoder."""
    path = path or corpus_folder() / "vectors.npz"
    held = read_arrays(path, "fingerprint", "hashes", "vectors")
    if held is None or str(held[0]) != fingerprint:
        return {}
    return dict(zip(held[1].tolist(), held[2].astype(np.float32), strict=True))


def save(path: Path, fingerprint: str, held: Held) -> None:
    hashes = sorted(held)
    rows = np.stack([held[key] for key in hashes]).astype(np.float16)
    write_arrays(path, fingerprint=np.str_(fingerprint), hashes=np.array(hashes), vectors=rows)


def build(documents: Path, path: Path) -> int:
    """Encodes the corpus, taking over what the file holds already; returns how many vectors."""
    from index.encoding import encode_pending
    from index.ingest import ingest

    encoder = open_encoder()
    if encoder is None:
        raise SettingsError("没有内置编码器，无法生成向量缓存")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        report = ingest([documents], store, None, wait=False)
        if report.failed:
            raise PolicyError(report.failed[0].error)
        encode_pending(store, encoder)
        held = store.vectors(encoder.fingerprint)
        store.close()
    save(path, encoder.fingerprint, held)
    return len(held)


def main() -> int:
    folder = corpus_folder()
    try:
        count = build(folder / "documents", folder / "vectors.npz")
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"{folder / 'vectors.npz'}：{count} 条向量\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

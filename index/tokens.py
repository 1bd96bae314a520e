"""The lexical leg's view of a text: Chinese characters and their pairs, other words whole.

Terms are 64-bit keys, so a corpus of any size becomes two arrays without a Python object per word:
a character is its code point, a pair is two code points side by side, a word is a hash with the
top bit but one set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PAIR = np.uint64(21)
WORD_BIT = 1 << 62
WORD = re.compile(r"[a-z0-9]+(?:[.&/+'-][a-z0-9]+)*%?")
QUESTION_WORDS = re.compile(
    "请问一下|请问|我想问|想问问|想知道|告诉我|麻烦问下|什么时候|什么样|什么|怎么样|怎么办|怎么|怎样|"
    "如何|多少|是否|能否|可否|是不是|有没有|能不能|可不可以|会不会|要不要|哪一些|哪些|哪个|哪几|"
    "哪里|哪儿|哪家|哪项|哪年|几个|几家|为什么|为何|谁|吗|呢|吧|啊|呀|么"
)


class Terms(NamedTuple):
    """``keys[i]`` occurs in the text number ``owner[i]``."""

    keys: NDArray[np.uint64]
    owner: NDArray[np.int32]


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def without_question_words(question: str) -> str:
    """The question without 请问, 什么, 多少, …; itself where nothing else would remain."""
    rest = QUESTION_WORDS.sub(" ", normal(question))
    return rest if any(character.isalnum() for character in rest) else normal(question)


def terms(texts: Sequence[str]) -> Terms:
    normals = [normal(text) for text in texts]
    joined = "\n".join(normals)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    sizes = np.array([len(text) + 1 for text in normals], dtype=np.int64)
    owner = np.repeat(np.arange(len(normals), dtype=np.int32), sizes)[: len(codes)]
    codes = codes.astype(np.uint64)
    chinese = is_chinese(codes)
    pairs = chinese[:-1] & chinese[1:]
    words, places = word_keys(joined)
    return Terms(
        np.concatenate([codes[chinese], (codes[:-1] << PAIR | codes[1:])[pairs], words]),
        np.concatenate([owner[chinese], owner[:-1][pairs], owner[places]]),
    )


def is_chinese(codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    common = (codes >= 0x3400) & (codes <= 0x9FFF)
    rare = (codes == 0x3007) | ((codes >= 0x20000) & (codes <= 0x323AF))
    return np.asarray(common | rare, dtype=np.bool_)


def word_keys(text: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The keys of Latin words and numbers, and where each begins."""
    known: dict[str, int] = {}
    keys, places = [], []
    for found in WORD.finditer(text):
        word = found.group()
        if word not in known:
            digest = blake2b(word.encode(), digest_size=8).digest()
            known[word] = int.from_bytes(digest, "little") >> 2 | WORD_BIT
        keys.append(known[word])
        places.append(found.start())
    return np.array(keys, dtype=np.uint64), np.array(places, dtype=np.int64)

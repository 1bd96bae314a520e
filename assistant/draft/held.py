"""Words that rewriting must not touch: titles, 文号, quoted names, what was already put in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FIRST = 0xE000
_TITLE = re.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:[（(][^（）()]{0,20}号[）)])?")
_NUMBER = re.compile(r"[一-鿿]{2,12}〔\d{4}〕\d+号")
_QUOTED = re.compile(r"“[^“”]{1,30}”")


@dataclass(slots=True)
class Held:
    """Pieces set aside behind one private character each; ``restore`` puts them back."""

    pieces: list[str] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)

    def keep(self, words: str, original: str | None = None) -> str:
        """The character that stands for the words; ``original`` is what the upper text said."""
        self.pieces.append(words)
        self.originals.append(words if original is None else original)
        return chr(_FIRST + len(self.pieces) - 1)

    def as_written(self, text: str) -> str:
        """The text as the upper level wrote it."""
        return self._with(self.originals, text)

    def protect(self, text: str) -> str:
        for pattern in (_TITLE, _NUMBER, _QUOTED):
            text = pattern.sub(lambda found: self.keep(_full_width(found.group())), text)
        return text

    def restore(self, text: str) -> str:
        return self._with(self.pieces, text)

    def _with(self, pieces: list[str], text: str) -> str:
        for _ in range(3):
            text = "".join(
                pieces[ord(char) - _FIRST] if _FIRST <= ord(char) < _FIRST + len(pieces) else char
                for char in text
            )
        return text


def _full_width(words: str) -> str:
    return words.replace("(", "（").replace(")", "）").replace(",", "，").replace(":", "：")

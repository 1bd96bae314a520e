"""What a question asks for, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.quantity import Quantity

Kind = Literal["number", "date", "unit", "list", "yesno", "definition", "document_number", "open"]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question with the other ways to say it.

    ``earlier`` marks what an earlier question said, ``own`` what must be answered; a ``solid`` one
    names a thing, so that a document without it does not answer.
    """

    surface: str
    alternatives: tuple[str, ...]
    own: bool = True
    earlier: bool = False
    solid: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """``kinds`` holds every kind of fact asked for, the main one first; ``places`` the documents'
    own regions that are named, ``foreign`` places that no document is issued by; an ``elliptic``
    one (那遵义的呢) does not say itself what kind of fact it wants."""

    text: str
    kinds: tuple[Kind, ...]
    measure: str
    terms: tuple[Term, ...]
    amounts: tuple[Quantity, ...]
    times: tuple[str, ...]
    years: tuple[str, ...]
    span: tuple[str, str] | None
    places: tuple[str, ...]
    foreign: tuple[str, ...]
    follow_up: bool = False
    elliptic: bool = False
    compares: bool = False
    several: bool = False

    @property
    def kind(self) -> Kind:
        return self.kinds[0]

"""What the program says to a language model and what it may expect of one."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from index.errors import PolicyError

Schema = Mapping[str, Any]


class ModelError(PolicyError):
    """The model gave no usable answer; the message says in Chinese why and what to do."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


class LanguageModel(Protocol):
    """``outside`` is True where what is sent leaves this network."""

    @property
    def name(self) -> str: ...

    @property
    def outside(self) -> bool: ...

    @property
    def timeout(self) -> float:
        """Seconds that one completion may take, retries and all."""
        ...

    def complete(
        self, messages: Sequence[Message], schema: Schema | None, max_tokens: int
    ) -> Generator[str, None, None]:
        """Pieces of the reply as they come; an empty piece only says that time has passed.

        Raises ModelError. Closing the iterator ends the request.
        """
        ...

    def start(self) -> None:
        """Gets ready in the background, where there is something to get ready."""
        ...

    def close(self) -> None: ...

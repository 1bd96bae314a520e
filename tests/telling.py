"""What the tests of the model share: the bundled library, scripted servers, honest words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.model.pen import Pen, open_pen
from assistant.settings import load
from evals.model_server import Reply, Request, Script, Server, Text, serving
from index.ingest import ingest
from index.library import Library, open_library

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
INVESTMENT = "六盘水百企改造十三五技改要投多少钱？"
TRUE = "“十三五”期间，六盘水工业技术改造投资累计达到700亿元"


def bundled(folder: Path) -> Library:
    opened = open_library(folder, encoder=None)
    ingest([DOCUMENTS], opened.store, None)
    return opened


@contextmanager
def pen_at(
    script: Script,
    library: Library,
    timeout: float = 20.0,
    schemas: bool = True,
    **settings: object,
) -> Iterator[tuple[Pen, Server]]:
    with serving(script, schemas=schemas) as server:
        given = {"model": "scripted", "model_url": server.url, "model_timeout": timeout, **settings}
        pen = open_pen(load(given, {}), library)
        assert pen is not None
        yield pen, server


def number_of(request: Request, words: str) -> int:
    """The number under which a clause with these words was shown; 0 if none was."""
    shown = re.findall(r"【条款 (\d+)】[^\n]*\n<<<\n(.*?)\n>>>", request.prompt, re.DOTALL)
    return next((int(number) for number, text in shown if words in text), 0)


def says(*statements: tuple[str, str], **reply: float) -> Script:
    """A model that states texts, each with the clause that holds the given words."""

    def script(request: Request) -> Reply:
        told = [
            {"text": text, "clauses": [number_of(request, words)]} for text, words in statements
        ]
        return Text(spoken(told), **reply)  # type: ignore[arg-type]

    return script


def spoken(statements: Sequence[object]) -> str:
    return json.dumps({"statements": statements}, ensure_ascii=False)

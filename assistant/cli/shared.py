"""What the subcommands share: the options, the opened library, and how results are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.settings import Settings, load
from index.errors import PolicyError

if TYPE_CHECKING:
    from assistant.model import LanguageModel
    from assistant.model.pen import Pen
    from index.encoder import Encoder
    from index.library import Library

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="数据文件夹（默认 var/，或环境变量 ASSISTANT_STORE）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="标准输出只打印一个 JSON")]
CountOption = Annotated[int, typer.Option("-k", min=1, max=1000, help="返回多少条")]
BatchOption = Annotated[
    Path | None, typer.Option("--batch", help="JSONL 输入，每行 {id, question}")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="JSONL 输出")]


class Chosen:
    """What was given before the subcommand; travels in click's context."""

    def __init__(self, store: Path | None) -> None:
        self.store = store


def settings_of(context: typer.Context, store: Path | None, **given: object) -> Settings:
    return load({"store": store or context.obj.store, **given})


def encoder_of(settings: Settings) -> Encoder | None:
    from index.encoder import open_encoder

    return open_encoder(
        settings.encoder, api_key=settings.encoder_key, allow_download=settings.allow_download
    )


def open_from(settings: Settings) -> Library:
    from index.library import open_library

    return open_library(settings.store, encoder_of(settings))


def model_of(settings: Settings, wanted: str) -> LanguageModel:
    """The model that an option needs."""
    from assistant.model import open_model

    model = open_model(settings)
    if model is None:
        raise PolicyError(
            f"没有设置模型：请设置 ASSISTANT_MODEL 和 ASSISTANT_MODEL_URL，再用 {wanted}"
        )
    return model


@contextmanager
def opened(context: typer.Context, store: Path | None) -> Iterator[Library]:
    library = open_from(settings_of(context, store))
    try:
        yield library
    finally:
        library.close()


@contextmanager
def pen_of(settings: Settings, library: Library) -> Iterator[Pen | None]:
    """The model of the settings for as long as the block lasts; without one nothing is imported."""
    if not settings.model:
        yield None
        return
    from assistant.model.pen import open_pen

    pen = open_pen(settings, library)
    try:
        yield pen
    finally:
        if pen is not None:
            pen.model.close()


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def say(line: str) -> None:
    print(line, file=sys.stderr)


def batch_lines(source: Path, out: Path | None, reply: Callable[[dict[str, Any]], object]) -> None:
    """Lines in, lines out; a line that is no JSON object is named and stops the run."""
    if out is None:
        raise PolicyError("--batch 需要同时给出 --out 文件")
    with source.open(encoding="utf-8-sig") as lines, out.open("w", encoding="utf-8") as target:
        for number, line in enumerate(lines, 1):
            if line.strip():
                target.write(json.dumps(reply(_row(source, number, line)), ensure_ascii=False))
                target.write("\n")


def _row(source: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise PolicyError(f"{source.name} 第 {number} 行不是 JSON：{error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise PolicyError(f"{source.name} 第 {number} 行缺少 question")
    return row

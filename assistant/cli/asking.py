"""Subcommands that ask: search and ask, one question or a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.shared import (
    BatchOption,
    CountOption,
    JsonOption,
    OutOption,
    StoreOption,
    batch_lines,
    opened,
    pen_of,
    print_json,
    say,
    settings_of,
)
from assistant.contracts import answer_json, evidence_json

if TYPE_CHECKING:
    from assistant.types import Answer

app = typer.Typer()


@app.command()
def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="要找什么")] = None,
    k: CountOption = 10,
    batch: BatchOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """按字词和意思检索条款。例：assistant search "技改投资增速" """
    _one_of(question, batch)
    with opened(context, store) as library:
        for note in library.notes():
            say(note)
        if batch is not None:
            batch_lines(
                batch,
                out,
                lambda row: {
                    "id": row.get("id"),
                    "results": [evidence_json(e) for e in library.search(row["question"], k)],
                },
            )
            return
        rows = [evidence_json(e) for e in library.search(question or "", k)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['score']:.2f}\t{row['clause']}\t{row['text'].replace(chr(10), ' ')[:70]}")


def _one_of(question: str | None, batch: Path | None) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter("请给出一个问题，或用 --batch 给出文件（二者选一）")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    batch: BatchOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """问一个问题。例：assistant ask "六盘水百企改造十三五技改要投多少钱？" """
    from assistant.answer import answer

    _one_of(question, batch)
    with (
        opened(context, store) as library,
        pen_of(settings_of(context, store), library) as pen,
    ):
        if batch is not None:
            batch_lines(
                batch,
                out,
                lambda row: {
                    "id": row.get("id"),
                    **answer_json(
                        answer(row["question"], library, row.get("history") or (), pen=pen)
                    ),
                },
            )
            return
        for note in library.notes():
            say(note)
        given = answer(question or "", library, pen=pen)
    if as_json:
        print_json({"id": None, **answer_json(given)})
        return
    _show(given)


def _show(given: Answer) -> None:
    """The answer with its sources on stdout; what was withheld and the notes beside it."""
    print(given.text)
    for n, one in enumerate(given.citations, 1):
        number = f"（{one.doc_no}）" if one.doc_no else ""
        print(f"\n[{n}] 《{one.title}》{number} {one.clause_id}\n    {one.quote}")
    for near in given.nearest:
        print(f"\n最接近的内容（不是答案）：《{near.title}》 {near.clause_id}\n    {near.quote}")
    for held in given.withheld:
        say(f"已扣下一句（{held.reason}）：{held.text}")
    for note in given.notes:
        say(note)

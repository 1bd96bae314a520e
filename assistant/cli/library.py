"""Subcommands of the library: ingest, documents, remove, show, text, clauses, tasks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.shared import JsonOption, StoreOption, opened, print_json, say, settings_of
from assistant.contracts import clause_json, document_json, task_json

app = typer.Typer()


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")],
    no_wait: Annotated[bool, typer.Option("--no-wait", help="不等语义索引完成")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """把文件收入资料库：没变的跳过，坏的文件不影响其余。"""
    from assistant.progress import progress_bar
    from index.ingest import ingest as take

    watched = sys.stderr.isatty()
    limits = settings_of(context, store).limits
    with opened(context, store) as library, progress_bar(quiet=not watched) as progress:
        report = take(
            paths,
            library.store,
            library.encoder,
            wait=not no_wait,
            progress=progress,
            limits=limits,
        )
    rows = {
        "ingested": [
            {"id": i.id, "path": i.path, "clauses": i.clauses, "tasks": i.tasks}
            for i in report.ingested
        ],
        "unchanged": [u.id for u in report.unchanged],
        "failed": [{"path": f.path, "error": f.error} for f in report.failed],
    }
    _report_ingest(rows, report.ingested, as_json)
    if report.failed:
        raise typer.Exit(1)


def _report_ingest(rows: dict[str, Any], taken: Iterable[Any], as_json: bool) -> None:
    for one in taken:
        if one.note:
            say(f"{one.id}：{one.note}")
    for failed in rows["failed"]:
        say(f"未收入 {failed['path']}：{failed['error']}")
    if as_json:
        print_json(rows)
        return
    for row in rows["ingested"]:
        print(f"已收入 {row['id']}：{row['clauses']} 条，任务 {row['tasks']} 项")
    if rows["unchanged"]:
        print(f"没有变化：{'、'.join(rows['unchanged'])}")


@app.command()
def documents(
    context: typer.Context, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """列出资料库里的文件。"""
    from assistant.holdings import holdings

    with opened(context, store) as library:
        rows = [
            document_json(held.document, held.clauses, held.tasks, held.encoded)
            for held in holdings(library)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(
            f"{row['id']}\t{row['title']}\t{row['doc_no'] or '无文号'}\t{row['date'] or '无日期'}"
            f"\t{row['status']}\t条款 {row['clauses']}\t任务 {row['tasks']}\t语义 {row['vectors']}"
        )


@app.command()
def remove(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="文件编号")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """从资料库移出文件，立即不再出现在任何回答里。"""
    with opened(context, store) as library:
        held = {document.id for document in library.documents()}
        removed = [one for one in ids if one in held]
        library.store.remove(removed)
    rows = {"removed": removed, "unknown": [one for one in ids if one not in held]}
    if as_json:
        print_json(rows)
    else:
        print(f"已移出：{'、'.join(rows['removed']) or '无'}")
        for one in rows["unknown"]:
            say(f"资料库里没有 {one}")


@app.command()
def show(
    context: typer.Context,
    clause_id: Annotated[str, typer.Argument(help="条款地址，如 lps-2016/三/(一)")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """显示一条条款的原文。"""
    with opened(context, store) as library:
        clause = library.clause(clause_id)
        title = library.document(clause.document_id).title
    if as_json:
        print_json(clause_json(clause))
    else:
        print(f"{title} › {' › '.join(clause.path)}\n\n{clause.text}")


@app.command()
def text(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="文件编号")],
    store: StoreOption = None,
) -> None:
    """打印文件的原文。"""
    with opened(context, store) as library:
        print(library.document(document_id).text)


@app.command()
def clauses(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="文件编号")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """列出文件的全部条款。"""
    with opened(context, store) as library:
        library.document(document_id)
        found = library.clauses(document_id)
    if as_json:
        print_json([clause_json(clause) for clause in found])
        return
    for clause in found:
        print(f"{clause.id}\t{clause.text.replace(chr(10), ' ')[:60]}")


@app.command()
def tasks(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="文件编号")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """列出文件布置的任务：责任单位、目标、时限。"""
    with opened(context, store) as library:
        library.document(document_id)
        by_id = {clause.id: clause for clause in library.clauses(document_id)}
        rows = [task_json(task, by_id[task.clause_id]) for task in library.tasks(document_id)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        units = "、".join(row["units"]) or "未写明"
        print(f"{row['id']}\t{row['title']}\t{units}\t目标 {len(row['targets'])}")

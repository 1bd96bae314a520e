"""The command ``assistant``: thin, one function a subcommand, errors in one line of Chinese."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.contracts import answer_json, clause_json, document_json, evidence_json, task_json
from assistant.settings import Settings, load
from index.errors import PolicyError

app = typer.Typer(
    name="assistant",
    help="政策助手：问答、起草、核查，条条有出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="数据文件夹（默认 var/，或环境变量 ASSISTANT_STORE）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="标准输出只打印一个 JSON")]
CountOption = Annotated[int, typer.Option("-k", min=1, max=1000, help="返回多少条")]
BatchOption = Annotated[
    Path | None, typer.Option("--batch", help="JSONL 输入，每行 {id, question}")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="JSONL 输出")]


class _Chosen:
    """What was given before the subcommand; a click context object, not a global."""

    def __init__(self, store: Path | None) -> None:
        self.store = store


@app.callback()
def chosen(context: typer.Context, store: StoreOption = None) -> None:
    context.obj = _Chosen(store)


def _settings(context: typer.Context, store: Path | None, **given: object) -> Settings:
    return load({"store": store or context.obj.store, **given})


def _open(settings: Settings) -> Any:
    from index.encoder import open_encoder
    from index.library import open_library

    encoder = open_encoder(
        settings.encoder, api_key=settings.encoder_key, allow_download=settings.allow_download
    )
    return open_library(settings.store, encoder)


@contextmanager
def _library(context: typer.Context, store: Path | None) -> Iterator[Any]:
    library = _open(_settings(context, store))
    try:
        yield library
    finally:
        library.close()


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _batch(source: Path, out: Path | None, reply: Callable[[dict[str, Any]], object]) -> None:
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
    with _library(context, store) as library, progress_bar(quiet=not watched) as progress:
        report = take(paths, library.store, library.encoder, wait=not no_wait, progress=progress)
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
            _say(f"{one.id}：{one.note}")
    for failed in rows["failed"]:
        _say(f"未收入 {failed['path']}：{failed['error']}")
    if as_json:
        _print(rows)
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

    with _library(context, store) as library:
        rows = [
            document_json(held.document, held.clauses, held.tasks, held.encoded)
            for held in holdings(library)
        ]
    if as_json:
        _print(rows)
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
    with _library(context, store) as library:
        held = {document.id for document in library.documents()}
        removed = [one for one in ids if one in held]
        library.store.remove(removed)
    rows = {"removed": removed, "unknown": [one for one in ids if one not in held]}
    if as_json:
        _print(rows)
    else:
        print(f"已移出：{'、'.join(rows['removed']) or '无'}")
        for one in rows["unknown"]:
            _say(f"资料库里没有 {one}")


@app.command()
def show(
    context: typer.Context,
    clause_id: Annotated[str, typer.Argument(help="条款地址，如 lps-2016/三/(一)")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """显示一条条款的原文。"""
    with _library(context, store) as library:
        clause = library.clause(clause_id)
        title = library.document(clause.document_id).title
    if as_json:
        _print(clause_json(clause))
    else:
        print(f"{title} › {' › '.join(clause.path)}\n\n{clause.text}")


@app.command()
def text(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="文件编号")],
    store: StoreOption = None,
) -> None:
    """打印文件的原文。"""
    with _library(context, store) as library:
        print(library.document(document_id).text)


@app.command()
def clauses(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="文件编号")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """列出文件的全部条款。"""
    with _library(context, store) as library:
        library.document(document_id)
        found = library.clauses(document_id)
    if as_json:
        _print([clause_json(clause) for clause in found])
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
    with _library(context, store) as library:
        library.document(document_id)
        by_id = {clause.id: clause for clause in library.clauses(document_id)}
        rows = [task_json(task, by_id[task.clause_id]) for task in library.tasks(document_id)]
    if as_json:
        _print(rows)
        return
    for row in rows:
        units = "、".join(row["units"]) or "未写明"
        print(f"{row['id']}\t{row['title']}\t{units}\t目标 {len(row['targets'])}")


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
    with _library(context, store) as library:
        for note in library.notes():
            _say(note)
        if batch is not None:
            _batch(
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
        _print(rows)
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
    with _library(context, store) as library:
        if batch is not None:
            _batch(
                batch,
                out,
                lambda row: {
                    "id": row.get("id"),
                    **answer_json(answer(row["question"], library, row.get("history") or ())),
                },
            )
            return
        for note in library.notes():
            _say(note)
        given = answer(question or "", library)
    if as_json:
        _print({"id": None, **answer_json(given)})
        return
    print(given.text)
    for n, one in enumerate(given.citations, 1):
        number = f"（{one.doc_no}）" if one.doc_no else ""
        print(f"\n[{n}] 《{one.title}》{number} {one.clause_id}\n    {one.quote}")
    for near in given.nearest:
        print(f"\n最接近的内容（不是答案）：《{near.title}》 {near.clause_id}\n    {near.quote}")
    for note in given.notes:
        _say(note)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="监听地址；本机以外必须有 --users")] = None,
    port: Annotated[int | None, typer.Option(help="端口")] = None,
    users: Annotated[Path | None, typer.Option(help="用户文件")] = None,
    store: StoreOption = None,
) -> None:
    """打开网页界面，就绪后打印网址。"""
    from assistant.serve import serve as run

    settings = _settings(context, store, host=host, port=port, users=users)
    run(settings.store, settings.host, settings.port, settings.users)


@app.command(name="eval")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(help="套件名，不写则全部")] = None,
    as_json: JsonOption = False,
) -> None:
    """运行评测（在源码目录里）。"""
    try:
        from evals.__main__ import main as run
    except ModuleNotFoundError as error:
        raise PolicyError("评测套件只随源码提供：请在源码目录运行 python -m evals") from error
    raise typer.Exit(run([*(suites or []), *(["--json"] if as_json else [])]))


def main() -> None:
    """Exit 0 done, 1 the work failed (one line on stderr), 2 wrong usage."""
    try:
        app()
    except PolicyError as error:
        _say(f"出错：{error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()

"""Subcommands that care for the library: backup, restore, absent, compare, audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.shared import JsonOption, StoreOption, opened, print_json, say, settings_of

if TYPE_CHECKING:
    from index.backup import Manifest

app = typer.Typer()


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份写到哪个文件，如 备份-1124.zip")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """备份：整个资料库存成一个文件；网页开着也可以备份，写完即核对。"""
    from index.backup import backup as run

    manifest = run(settings_of(context, store).store, file)
    _report(manifest, file, "已备份到", as_json)


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="备份文件")],
    replace: Annotated[
        bool, typer.Option("--replace", help="覆盖已有内容的资料库（先备份它）")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """恢复：先核对备份，再一次换上；已有内容的资料库不加 --replace 不覆盖。"""
    from index.restore import restore as run

    manifest = run(settings_of(context, store).store, file, replace=replace)
    _report(manifest, file, "已恢复自", as_json)


def _report(manifest: Manifest, file: Path, what: str, as_json: bool) -> None:
    from index.backup import FILES, told

    kept = sorted(name.removeprefix(FILES) for name in manifest.hashes if name.startswith(FILES))
    if as_json:
        counts = dict(manifest.counts)
        print_json({"file": str(file), "made": manifest.made, "counts": counts, "files": kept})
        return
    more = f"；另有 {'、'.join(kept)}" if kept else ""
    print(f"{what} {file}：{told(manifest.counts) or '空的资料库'}{more}")


@app.command()
def absent(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """缺件：资料库的文件引用了、资料库里却没有的文件。"""
    from assistant.care import absences, absent_json, absent_line

    with opened(context, store) as library:
        found = absences(library)
        rows = [absent_json(one, library) for one in found] if as_json else []
    if as_json:
        print_json(rows)
        return
    for one in found:
        print(absent_line(one))
    say(f"共 {len(found)} 份")


@app.command()
def compare(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="旧文件的编号")],
    new: Annotated[str, typer.Argument(help="新文件的编号，或还没有收入的文件")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """比较同一文件的两个版本：数字、时间、责任单位、任务的增减。"""
    from assistant.care import compared, revision_json, summary, table

    with opened(context, store) as library:
        found = compared(old, new, library)
    if as_json:
        print_json(revision_json(found))
        return
    if found.changes:
        print(table(found))
    say(summary(found))


@app.command()
def audit(
    context: typer.Context,
    last: Annotated[int, typer.Option("-n", min=1, help="最近多少条")] = 50,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """操作记录：谁在什么时候收入、更新、移出、备份了什么。"""
    with opened(context, store) as library:
        rows = library.store.audit()[-last:]
    if as_json:
        print_json([row | {"detail": json.loads(row["detail"])} for row in rows])
        return
    for row in rows:
        action = _ACTIONS.get(row["action"], row["action"])
        print(f"{row['at']}\t{action}\t{row['subject']}\t{row['detail']}")


_ACTIONS = {
    "add": "收入",
    "replace": "更新",
    "remove": "移出",
    "upload": "上传",
    "draft": "存草案",
    "remove draft": "删草案",
    "backup": "备份",
    "restore": "恢复",
    "allow": "准许外发",
    "forbid": "不准外发",
    "settings": "改设置",
}

"""Subcommands about the model: is it well, and which documents may it see."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.shared import JsonOption, StoreOption, opened, print_json, say, settings_of

app = typer.Typer()
IdsArgument = Annotated[list[str] | None, typer.Argument(help="文件编号，可写多个")]
DraftsOption = Annotated[bool, typer.Option("--drafts", help="本县自己的草稿")]
_MARK = {True: "正常", False: "有问题", None: "提示"}


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """体检：资料库、编码器、识别、转换、字体、磁盘、模型，有问题时说明怎么办。"""
    from assistant.doctor import checks as run

    checks = []
    for check in run(settings_of(context, store)):
        checks.append(check)
        if not as_json:
            print(f"{_MARK[check.ok]}\t{check.name}：{check.found}")
            if check.todo:
                print(f"\t怎么办：{check.todo}")
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})


@app.command()
def allow(
    context: typer.Context,
    ids: IdsArgument = None,
    drafts: DraftsOption = False,
    store: StoreOption = None,
) -> None:
    """准许把文件发给外部模型（默认只有摘编和注明公开的文件可以）。"""
    _decide(context, ids, drafts, store, True)


@app.command()
def forbid(
    context: typer.Context,
    ids: IdsArgument = None,
    drafts: DraftsOption = False,
    store: StoreOption = None,
) -> None:
    """不准把文件发给外部模型。"""
    _decide(context, ids, drafts, store, False)


def _decide(
    context: typer.Context, ids: list[str] | None, drafts: bool, store: Path | None, allowed: bool
) -> None:
    from assistant.model.leaving import permit, permit_drafts

    if not ids and not drafts:
        raise typer.BadParameter("请写文件编号，或用 --drafts 表示本县自己的草稿")
    said, who = "准许" if allowed else "不准", getpass.getuser()
    with opened(context, store) as library:
        for document_id in ids or ():
            permit(library, document_id, allowed, who)
            say(f"{document_id}：{said}发给外部模型")
        if drafts:
            permit_drafts(library, allowed, who)
            say(f"本县草稿：{said}发给外部模型")

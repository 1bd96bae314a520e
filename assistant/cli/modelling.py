"""Subcommands about the model: is it well, and which documents may it see."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.shared import JsonOption, StoreOption, opened, print_json, say, settings_of

app = typer.Typer()
IdsArgument = Annotated[list[str], typer.Argument(help="文件编号，可写多个")]
_MARK = {True: "正常", False: "有问题", None: "未启用"}


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """体检：模型连不连得上、答不答得对，有问题时说明怎么办。"""
    from assistant.doctor import model_checks

    checks = []
    for check in model_checks(settings_of(context, store)):
        checks.append(check)
        if not as_json:
            print(f"{_MARK[check.ok]}\t{check.name}：{check.found}")
            if check.todo:
                print(f"\t怎么办：{check.todo}")
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})


@app.command()
def allow(context: typer.Context, ids: IdsArgument, store: StoreOption = None) -> None:
    """准许把文件发给外部模型（默认只有摘编和注明公开的文件可以）。"""
    _decide(context, ids, store, True)


@app.command()
def forbid(context: typer.Context, ids: IdsArgument, store: StoreOption = None) -> None:
    """不准把文件发给外部模型。"""
    _decide(context, ids, store, False)


def _decide(context: typer.Context, ids: list[str], store: Path | None, allowed: bool) -> None:
    from assistant.model.leaving import permit

    with opened(context, store) as library:
        for document_id in ids:
            permit(library, document_id, allowed, getpass.getuser())
            say(f"{document_id}：{'准许' if allowed else '不准'}发给外部模型")

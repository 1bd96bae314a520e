"""Subcommands about plans: check a county draft, draft a county plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.shared import JsonOption, StoreOption, opened, print_json, say
from index.errors import PolicyError

app = typer.Typer()
UpperOption = Annotated[
    list[str], typer.Option("--upper", help="上级文件编号，可到部分，如 jiaozuo-2017/P4；可重复")
]


@app.command()
def check(
    context: typer.Context,
    upper: UpperOption,
    draft: Annotated[Path, typer.Option("--draft", help="县级草案文件")],
    excel: Annotated[Path | None, typer.Option(help="另存对照检查表 .xlsx")] = None,
    word: Annotated[Path | None, typer.Option(help="另存带批注的草案 .docx")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """核查：草案覆盖了上级文件的哪些任务，哪里降低、推迟或漏了。"""
    from assistant.check import check_parsed, read_draft, to_json

    if not draft.is_file():
        raise PolicyError(f"没有草案文件 {draft}")
    with opened(context, store) as library:
        parsed = read_draft(draft)
        coverage = check_parsed(upper, parsed, library)
    if excel is not None:
        from assistant.check.excel import write_excel

        write_excel(coverage, excel)
    if word is not None:
        from assistant.check.annotate import annotate

        annotate(draft, coverage, parsed, word)
    if as_json:
        print_json(to_json(coverage))
        return
    for row in coverage.rows:
        print(f"{_LABELS[row.label]}\t{row.clause}\t{row.reason}")
    print(f"\n{coverage.summary['paragraph']}")


_LABELS = {"covered": "覆盖", "partial": "部分", "missing": "缺失", "not_applicable": "不适用"}


@app.command()
def draft(
    context: typer.Context,
    upper: UpperOption,
    county: Annotated[Path, typer.Option("--county", help="县情文件 .toml")],
    out: Annotated[Path | None, typer.Option(help="另存为 .docx 或 .md")] = None,
    ledger: Annotated[Path | None, typer.Option(help="另存任务台账 .xlsx")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """起草：由上级文件和县情写出本县实施方案，逐条可追溯。"""
    from assistant.draft import draft_from, to_json, to_markdown, write_docx, write_ledger

    with opened(context, store) as library:
        plan = draft_from(upper, county, library)
    if out is not None and out.suffix.lower() == ".md":
        out.write_text(to_markdown(plan), encoding="utf-8")
    elif out is not None:
        write_docx(plan, out)
    if ledger is not None:
        write_ledger(plan, ledger)
    if as_json:
        print_json(to_json(plan))
        return
    if out is None:
        print(to_markdown(plan))
    say(f"待定 {len(plan.placeholders)} 处，不适用 {len(plan.not_applicable)} 条")

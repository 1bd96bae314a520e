"""Subcommands about plans: draft a county plan."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from assistant.cli.shared import (
    JsonOption,
    StoreOption,
    model_of,
    opened,
    print_json,
    say,
    settings_of,
)
from assistant.progress import progress_bar
from assistant.settings import Settings
from index.errors import PolicyError

if TYPE_CHECKING:
    from assistant.draft import Draft, Stage
    from index.library import Library

app = typer.Typer()
CountyOption = Annotated[
    Path, typer.Option("--county", help="县情文件 .toml，或填好的县情表 .xlsx")
]
StageOption = Annotated[
    str, typer.Option("--stage", help="稿次：征求意见稿、送审稿、签发稿（签发稿有红头）")
]
UpperOption = Annotated[
    list[str], typer.Option("--upper", help="上级文件编号，可到部分，如 jiaozuo-2017/P4；可重复")
]


@app.command()
def draft(
    context: typer.Context,
    upper: UpperOption,
    county: CountyOption,
    out: Annotated[Path | None, typer.Option(help="另存为 .docx 或 .md")] = None,
    ledger: Annotated[Path | None, typer.Option(help="另存任务台账 .xlsx")] = None,
    calendar: Annotated[Path | None, typer.Option(help="另存时限和报送日历 .ics")] = None,
    stage: StageOption = "征求意见稿",
    printed: Annotated[
        bool, typer.Option("--printed", help="用预印红头纸：签发稿的版头留空")
    ] = False,
    comments: Annotated[bool, typer.Option(help="批注里写每段的上级依据")] = True,
    clean: Annotated[
        bool, typer.Option("--clean", help="清稿：去掉批注和底色；还有待定时不出")
    ] = False,
    unit: Annotated[str, typer.Option(help="只摘一个单位或乡镇（街道）的任务")] = "",
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="用设置好的模型逐条改写文字，事实逐项核对")
    ] = False,
    save: Annotated[str, typer.Option("--save", help="以此名称存入草案库，见 drafts")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """起草：由上级文件和县情写出本县实施方案，逐条可追溯。"""
    from assistant.draft import draft_from, extract, to_json, to_markdown

    files = files_of(
        Files(out, ledger, calendar, printed=printed, comments=comments, clean=clean), stage
    )
    with opened(context, store) as library:
        plan = draft_from(upper, county, library)
        plan = _rewritten(plan, library, settings_of(context, store)) if rewrite else plan
        if save:
            _save(save, plan, upper, county, files.stage, library)
    plan = extract(plan, unit) if unit else plan
    files.write(plan)
    if as_json:
        print_json(to_json(plan))
        return
    if out is None:
        print(to_markdown(plan))
    say(f"待定 {len(plan.placeholders)} 处，不适用 {len(plan.not_applicable)} 条")


def _save(
    name: str, plan: Draft, uppers: list[str], county: Path, stage: Stage, library: Library
) -> None:
    from assistant.cli.drafts import user
    from assistant.draft import read_profile
    from assistant.draft.keep import save_as
    from assistant.draft.work import work_on

    titles = {one: library.document(one.partition("/")[0]).title for one in uppers}
    work = replace(work_on(plan, tuple(uppers), titles, read_profile(county)), stage=stage)
    version = save_as(library.store, name, work, user())
    say(f"已存为草案 {version.draft}：{name}")


@app.command()
def form(path: Annotated[Path, typer.Argument(help="写到哪里，如 县情表.xlsx")]) -> None:
    """写一份空白县情表（Excel）；填好后用 draft --county 读入。"""
    from assistant.draft import FIELDS, write_form

    if path.suffix.lower() != ".xlsx":
        raise PolicyError(f"县情表是 Excel 文件，{path.name} 应以 .xlsx 结尾")
    if path.exists():
        raise PolicyError(f"{path} 已存在，不覆盖；请换一个文件名")
    write_form(path, FIELDS)
    say(f"已写 {path}；只有县名必填，其余不填按默认处理或标【待定】")


def _rewritten(plan: Draft, library: Library, settings: Settings) -> Draft:
    """In the words of the model; what could not be proved is named and stays as it was."""
    from assistant.model.drafting import rewording, with_clauses

    clauses, reasons = [], []
    model = model_of(settings, "--rewrite")
    with closing(model), progress_bar(quiet=not sys.stderr.isatty()) as step:
        for one in rewording(plan, model, library):
            step("改写", one.done, one.total)
            clauses.append(one.clause)
            reasons += [f"{one.clause.number}{one.clause.heading}：{one.reason}"] * bool(one.reason)
    for reason in reasons:
        say(f"保留原文 {reason}")
    made = sum(clause.is_machine_made for clause in clauses)
    say(f"模型改写 {made} 条，保留规则成稿 {len(clauses) - made} 条")
    return with_clauses(plan, clauses)


@dataclass(frozen=True, slots=True)
class Files:
    """The files that a draft is to be written to, and how."""

    out: Path | None
    ledger: Path | None
    calendar: Path | None
    stage: Stage = "征求意见稿"
    printed: bool = False
    comments: bool = True
    clean: bool = False

    def write(self, plan: Draft) -> None:
        from assistant.draft import (
            refuse_pending,
            to_markdown,
            write_calendar,
            write_docx,
            write_ledger,
        )

        if self.clean:
            refuse_pending(plan, self.stage)
        if self.out is not None and self.out.suffix.lower() == ".md":
            self.out.write_text(to_markdown(plan, sources=not self.clean), encoding="utf-8")
        elif self.out is not None:
            write_docx(
                plan,
                self.out,
                stage=self.stage,
                comments=self.comments,
                printed=self.printed,
                clean=self.clean,
            )
        if self.ledger is not None:
            write_ledger(plan, self.ledger)
        if self.calendar is not None:
            say(f"日历 {write_calendar(plan, self.calendar)} 项")


def files_of(files: Files, stage: str) -> Files:
    """The files with their stage; what is asked for must be possible before any work is done."""
    from assistant.draft import Stage as Stages

    known = {name: name for name in get_args(Stages)}
    if stage not in known:
        raise PolicyError(f"没有稿次“{stage}”；可用：{'、'.join(known)}")
    if files.printed and stage != "签发稿":
        raise PolicyError("--printed 只用于签发稿；请同时写 --stage 签发稿")
    for path, kinds in (
        (files.out, (".docx", ".md")),
        (files.ledger, (".xlsx",)),
        (files.calendar, (".ics",)),
    ):
        if path is not None and path.suffix.lower() not in kinds:
            raise PolicyError(f"{path.name} 的后缀应为 {' 或 '.join(kinds)}")
    return replace(files, stage=known[stage])

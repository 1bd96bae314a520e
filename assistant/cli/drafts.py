"""``assistant drafts``: the drafts that the store keeps, their versions, and files that return."""

from __future__ import annotations

import getpass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.plans import Files, files_of
from assistant.cli.shared import JsonOption, StoreOption, print_json, say, settings_of
from index.errors import PolicyError
from index.store import Store

if TYPE_CHECKING:
    from assistant.draft.keep import Opened

app = typer.Typer(help="草案库：列出、查看、比较、导出草案，收回改过的 Word。")
DraftArgument = Annotated[int, typer.Argument(help="草案编号，见 assistant drafts")]
VersionOption = Annotated[int | None, typer.Option("--version", min=1, help="第几版；不写取最新")]


def store_of(context: typer.Context, store: Path | None) -> Store:
    return Store(settings_of(context, store).store)


def user() -> str:
    """The name under which this user's versions are kept."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a name for its user
        return "命令行"


@app.callback(invoke_without_command=True)
def drafts(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """列出保存的草案，最近保存的在前。

    JSON：[{"id","name","created","versions","saved","who","why"}]
    """
    if store is not None:
        context.obj.store = store
    if context.invoked_subcommand is not None:
        return
    from assistant.draft.keep import shelved_json
    from index import drafts as shelf

    held = store_of(context, store)
    found = shelf.drafts(held)
    held.close()
    if as_json:
        print_json([shelved_json(one) for one in found])
        return
    for one in found:
        last = one.last
        print(f"{one.id}\t{one.name}\t第{last.number}版\t{last.at}\t{last.who}\t{last.why}")
    if not found:
        say("还没有保存的草案；起草时加 --save 名称 即可保存")


@app.command()
def show(
    context: typer.Context,
    draft: DraftArgument,
    version: VersionOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """一件草案：各版由谁、何时、为何保存，每条写到什么程度。

    JSON：{"id","name","draft","version","at","who","why","base","crossed","uppers","stage",
    "progress":{状态:条数},"draft":{同 draft --json，每条另有 state、own、unsourced},
    "versions":[{"draft","version","at","who","why","base","crossed"}]}
    """
    from assistant.draft.keep import open_draft, opened_json, version_json
    from index.drafts import versions

    held = store_of(context, store)
    opened, all_of = open_draft(held, draft, version), versions(held, draft)
    held.close()
    if as_json:
        print_json(opened_json(opened) | {"versions": [version_json(one) for one in all_of]})
        return
    print(f"{opened.name}　第{opened.version.number}版　《{opened.work.draft.title}》")
    for one in all_of:
        print(f"  第{one.number}版\t{one.at}\t{one.who}\t{one.why}")
    for clause in opened.work.draft.clauses:
        words = clause.heading or clause.text[:20]
        print(f"{_STATES[opened.work.state_of(clause)]}\t{clause.number}{words}\t{clause.id}")


_STATES = {
    "done": "已成文",
    "county": "县拟",
    "pending": "待定",
    "edited": "已改",
    "confirmed": "人工确认",
    "unsourced": "有待核",
}
_KINDS = {"changed": "改动", "added": "新增", "removed": "删去", "same": "移位"}


@app.command()
def compare(
    context: typer.Context,
    draft: DraftArgument,
    before: Annotated[int, typer.Argument(min=1, help="早的一版")],
    after: Annotated[int, typer.Argument(min=1, help="晚的一版")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """两版对照：改了、加了、删了哪些条，差在哪些字。

    JSON：{"draft","before","after","changes":[{"kind":"changed|added|removed|moved","clause",
    "moved","before":{"number","heading","text","only":[只在这一版里的字]}|null,"after":同}]}
    """
    from assistant.draft.compared import changes_json, compared
    from assistant.draft.keep import open_draft

    held = store_of(context, store)
    old, new = (open_draft(held, draft, one).work.draft for one in (before, after))
    held.close()
    changes = compared(old, new)
    if as_json:
        found = changes_json(changes)
        print_json({"draft": draft, "before": before, "after": after, "changes": found})
        return
    print_changes(changes_json(changes))


def print_changes(changes: list[dict[str, object]]) -> None:
    names = _KINDS | {"moved": "移位"}
    for one in changes:
        side = one["after"] or one["before"]
        assert isinstance(side, dict)
        print(f"{names[str(one['kind'])]}\t{side['number']}{side['heading']}\t{one['clause']}")
        for mark, which in (("-", one["before"]), ("+", one["after"])):
            if isinstance(which, dict) and one["kind"] != "moved":
                words = "、".join(which["only"]) or which["text"]
                print(f"  {mark} {words}")
    if not changes:
        print("两版内容相同")


@app.command(name="import")
def take(
    context: typer.Context,
    draft: DraftArgument,
    file: Annotated[Path, typer.Argument(help="改过的 .docx")],
    why: Annotated[str, typer.Option(help="为什么改，记在版本里")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """收回改过的 Word：逐条对上，存为新的一版，列出改、增、删和没有依据的数字、单位。

    JSON：{"base":{版本},"saved":{版本},"matched_by":"书签|文字相似","changes":[同 compare],
    "unsourced":[{"clause","facts"}],"table_changed"}
    """
    from assistant.draft.back.take import taken_json
    from assistant.draft.keep import receive, version_json

    held = store_of(context, store)
    done = receive(held, draft, file, user(), why)
    held.close()
    found = taken_json(done.taken)
    if as_json:
        print_json({"base": version_json(done.base), "saved": version_json(done.saved), **found})
        return
    print(f"已存为第{done.saved.number}版（按{found['matched_by']}对上第{done.base.number}版）")
    print_changes(found["changes"])
    for one in found["unsourced"]:
        print(f"没有依据，请核定\t{one['clause']}\t{'、'.join(one['facts'])}")
    if done.saved.crossed:
        say("注意：这份文件写出之后别人又存过新版，那些改动不在这一版里；请用 compare 对照")
    if found["table_changed"]:
        say("注意：附件任务分解表里的改动没有收回，导出时按正文重新生成")


@app.command()
def export(
    context: typer.Context,
    draft: DraftArgument,
    out: Annotated[Path | None, typer.Option(help="另存为 .docx 或 .md")] = None,
    version: VersionOption = None,
    ledger: Annotated[Path | None, typer.Option(help="另存任务台账 .xlsx")] = None,
    calendar: Annotated[Path | None, typer.Option(help="另存时限和报送日历 .ics")] = None,
    stage: Annotated[str, typer.Option(help="稿次；不写用保存时的")] = "",
    printed: Annotated[bool, typer.Option("--printed", help="用预印红头纸")] = False,
    comments: Annotated[bool, typer.Option(help="批注里写每段的上级依据")] = True,
    clean: Annotated[bool, typer.Option("--clean", help="清稿；有待定或待核时不出")] = False,
    unit: Annotated[str, typer.Option(help="只摘一个单位或乡镇（街道）的任务")] = "",
    store: StoreOption = None,
) -> None:
    """导出一版：Word、Markdown、台账、日历；Word 里带着这一版的编号，改完可以收回。"""
    from assistant.draft.keep import open_draft

    if not (out or ledger or calendar):
        raise PolicyError("请用 --out、--ledger 或 --calendar 说明导出成什么文件")
    held = store_of(context, store)
    opened = open_draft(held, draft, version)
    held.close()
    asked = Files(out, ledger, calendar, printed=printed, comments=comments, clean=clean)
    write(opened, files_of(asked, stage or opened.work.stage), unit)
    say(f"已导出第{opened.version.number}版")


def write(opened: Opened, files: Files, unit: str) -> None:
    """The files of a version; its whole Word file says which version it is."""
    from assistant.draft import extract, write_docx
    from assistant.draft.word.marks import Origin

    work, version = opened.work, opened.version
    if files.clean:
        work.refuse_unsourced()
    plan = extract(work.draft, unit) if unit else work.draft
    if files.out is not None and files.out.suffix.lower() == ".docx" and not unit:
        write_docx(
            plan,
            files.out,
            stage=files.stage,
            comments=files.comments,
            printed=files.printed,
            clean=files.clean,
            origin=Origin(version.draft, version.number),
            notes=work.notes,
        )
        files = replace(files, out=None)
    files.write(plan)


@app.command()
def rename(
    context: typer.Context,
    draft: DraftArgument,
    name: Annotated[str, typer.Argument(help="新名称")],
    store: StoreOption = None,
) -> None:
    """给草案改名；各版不变。"""
    from assistant.draft.keep import named
    from index.drafts import rename as put

    held = store_of(context, store)
    put(held, draft, named(name))
    held.close()
    say(f"草案 {draft} 已改名为 {named(name)}")


@app.command()
def remove(
    context: typer.Context,
    draft: DraftArgument,
    yes: Annotated[bool, typer.Option("--yes", help="确认删除全部版本")] = False,
    store: StoreOption = None,
) -> None:
    """删除一件草案和它的全部版本，不能恢复。"""
    from index.drafts import remove_draft

    if not yes:
        raise PolicyError("删除后不能恢复；确认请加 --yes")
    held = store_of(context, store)
    remove_draft(held, draft, user())
    held.close()
    say(f"已删除草案 {draft}")

"""Subcommand ``check``: hold a county draft against upper plans."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.shared import JsonOption, StoreOption, model_of, opened, print_json, say
from assistant.cli.shared import settings_of as settings_from
from assistant.progress import progress_bar
from index.errors import PolicyError

if TYPE_CHECKING:
    from assistant.check import Coverage
    from assistant.settings import Settings
    from index.library import Library
    from index.types import Parsed

app = typer.Typer()


@app.command()
def check(
    context: typer.Context,
    upper: Annotated[
        list[str],
        typer.Option("--upper", help="上级文件编号，可到部分，如 jiaozuo-2017/P4；可重复"),
    ],
    draft: Annotated[Path, typer.Option("--draft", help="县级草案文件")],
    excel: Annotated[Path | None, typer.Option(help="另存对照检查表 .xlsx")] = None,
    word: Annotated[Path | None, typer.Option(help="另存带批注的草案 .docx")] = None,
    brief: Annotated[Path | None, typer.Option(help="另存领导小结 .docx")] = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="规则没有找到对应的，请设置好的模型再找一遍")
    ] = False,
    timed: Annotated[bool, typer.Option("--timed", help="说明用了多少秒")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """核查：草案覆盖了上级文件的哪些任务，哪里降低、推迟或漏了。"""
    from assistant.check import check_parsed, read_draft, to_json

    if not draft.is_file():
        raise PolicyError(f"没有草案文件 {draft}")
    files = files_of(draft, excel, word, brief)
    began = time.monotonic()
    with opened(context, store) as library, progress_bar(as_json) as step:
        parsed = read_draft(draft)
        coverage = check_parsed(
            upper, parsed, library, lambda share, words: step("核查", round(100 * share), 100)
        )
        titles = {row.document_id: "" for row in coverage.rows}
        titles = {name: library.document(name).title for name in titles}
        if judge:
            coverage = judged(coverage, parsed, library, settings_from(context, store))
    files.write(coverage, parsed, titles)
    if as_json:
        print_json(to_json(coverage))
    else:
        from assistant.check.plain import told

        print("\n".join(told(coverage, titles)))
    if timed:
        say(f"用时 {time.monotonic() - began:.1f} 秒，草案 {len(parsed.document.text)} 字")


@dataclass(frozen=True, slots=True)
class Files:
    """What the report is to be written to."""

    draft: Path
    excel: Path | None
    word: Path | None
    brief: Path | None

    def write(self, coverage: Coverage, parsed: Parsed, titles: Mapping[str, str]) -> None:
        if self.excel is not None:
            from assistant.check.excel import write_excel

            write_excel(coverage, self.excel, titles)
        if self.word is not None:
            self._annotate(self.word, coverage, parsed, titles)
        if self.brief is not None:
            from assistant.check.brief import write_brief

            write_brief(coverage, self.brief, titles)

    def _annotate(
        self, word: Path, coverage: Coverage, parsed: Parsed, titles: Mapping[str, str]
    ) -> None:
        from assistant.check.annotate import annotate
        from assistant.check.asword import as_word

        data, remark = as_word(self.draft.read_bytes(), self.draft.suffix, parsed.document.text)
        made = annotate(data, coverage, parsed, word, titles)
        say(
            f"已写 {word.name}：批注 {made.comments} 处，其中可直接接受的修订 {made.suggestions} 处"
        )
        if remark:
            say(remark)


def files_of(draft: Path, excel: Path | None, word: Path | None, brief: Path | None) -> Files:
    """What is asked for must be possible before any work is done."""
    for path, suffix in ((excel, ".xlsx"), (word, ".docx"), (brief, ".docx")):
        if path is None:
            continue
        if path.suffix.lower() != suffix:
            raise PolicyError(f"{path.name} 的后缀应为 {suffix}")
        if path.resolve() == draft.resolve():
            raise PolicyError(f"{path.name} 就是草案本身，不覆盖；请换一个文件名")
    return Files(draft, excel, word, brief)


def judged(coverage: Coverage, draft: Parsed, library: Library, settings: Settings) -> Coverage:
    from assistant.model.judging import judge

    with closing(model_of(settings, "--judge")) as model:
        return judge(coverage, draft, model, library)

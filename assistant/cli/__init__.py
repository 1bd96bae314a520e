"""The command ``assistant``: thin, one function a subcommand, errors in one line of Chinese."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import asking, care, checking, drafts, library, modelling, plans
from assistant.cli.shared import Chosen, JsonOption, StoreOption, encoder_of, say, settings_of
from index.errors import PolicyError

app = typer.Typer(
    name="assistant",
    help="政策助手：问答、起草、核查，条条有出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (library.app, asking.app, plans.app, checking.app, modelling.app, care.app):
    app.add_typer(group)
app.add_typer(drafts.app, name="drafts")


@app.callback()
def chosen(context: typer.Context, store: StoreOption = None) -> None:
    context.obj = Chosen(store)


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
    from index.masking import mask_logs

    mask_logs()
    settings = settings_of(context, store, host=host, port=port, users=users)
    encoder = encoder_of(settings)
    run(settings.store, settings.host, settings.port, settings.users, encoder, settings)


@app.command(name="eval")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(help="套件名，不写则全部")] = None,
    judge: Annotated[bool, typer.Option("--judge", help="另请设置好的模型评审答案")] = False,
    as_json: JsonOption = False,
) -> None:
    """运行评测（在源码目录里）。"""
    try:
        from evals.__main__ import main as run
    except ModuleNotFoundError as error:
        raise PolicyError("评测套件只随源码提供：请在源码目录运行 python -m evals") from error
    flags = [*(["--judge"] if judge else []), *(["--json"] if as_json else [])]
    raise typer.Exit(run([*(suites or []), *flags]))


def main() -> None:
    """Exit 0 done, 1 the work failed (one line on stderr), 2 wrong usage."""
    try:
        app()
    except PolicyError as error:
        say(f"出错：{error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ASSISTANT_DEBUG"):
            raise
        say(f"{_explained(error)}；设置 ASSISTANT_DEBUG=1 可看详情")
        sys.exit(1)


def _explained(error: Exception) -> str:
    if isinstance(error, OSError):
        return (
            f"出错：{error.strerror or error}（{error.filename or '未知文件'}），请检查路径和权限"
        )
    return (
        f"程序内部错误：{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    )

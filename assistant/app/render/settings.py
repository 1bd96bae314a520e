"""What the settings say of themselves: in use, kept, tested."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.app.render.parts import chip
from assistant.doctor import Check
from assistant.settings import Settings

_MARK = {True: ("正常", "answered"), False: ("有问题", "partial"), None: ("未启用", "none")}


def state_html(settings: Settings, fixed: Sequence[str]) -> str:
    model = f"当前模型：{settings.model}" if settings.model else "没有用模型，问答逐字摘自条款"
    held = f"；{'、'.join(fixed)} 由环境变量或设置文件规定，这里不能改" if fixed else ""
    return f'<p class="said" role="status">{escape(model + held)}</p>'


def saved_html(settings: Settings) -> str:
    model = (
        f"已保存，当前模型：{settings.model}。请点“测试”" if settings.model else "已保存，不用模型"
    )
    return f'<p class="said" role="status">{escape(model)}</p>'


def problem_html(words: str) -> str:
    return f'<p class="said said--problem" role="alert">{escape(words)}</p>'


def checks_html(checks: Sequence[Check], going: bool = False) -> str:
    rows = "".join(check_html(check) for check in checks)
    wait = '<p class="doing" role="status"><span class="pulse"></span>正在测试</p>' if going else ""
    return f'<ul class="checks" aria-label="测试结果">{rows}</ul>{wait}'


def check_html(check: Check) -> str:
    label, kind = _MARK[check.ok]
    todo = f"<p class='meta'>怎么办：{escape(check.todo)}</p>" if check.todo else ""
    return (
        f"<li>{chip(label, kind)}<div><b>{escape(check.name)}</b>"
        f"<p>{escape(check.found)}</p>{todo}</div></li>"
    )

"""Skeletons of a plan: Markdown files with named holes that a user can change."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from index.errors import SettingsError

_BESIDE = Path(__file__).resolve().parents[1] / "prompts"
_CHECKOUT = Path(__file__).resolve().parents[2] / "prompts"
ROLES = ("general", "goal", "task", "steps", "measure", "organise")


def folder() -> Path:
    """The installed package carries the prompts inside; a checkout beside."""
    return _BESIDE if _BESIDE.is_dir() else _CHECKOUT


def filled(name: str, prompts: Path | None = None, **values: str) -> str:
    """A skeleton with its holes filled; a hole that nobody knows is an error."""
    template = Template(_read(name, prompts))
    if wrong := set(template.get_identifiers()) - values.keys():
        raise SettingsError(
            f"骨架 {name}.md 有不认识的变量：{'、'.join(sorted(wrong))}；"
            f"可用：{'、'.join(sorted(values))}"
        )
    if not template.is_valid():
        raise SettingsError(f"骨架 {name}.md 的变量写法不对，应写成 ${{名称}}")
    return template.substitute(values).strip()


def frame(prompts: Path | None = None) -> tuple[tuple[str, str], ...]:
    """The sections of the plan in order: (role, heading)."""
    found = []
    for line in _read("plan-frame", prompts).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        role, colon, heading = (part.strip() for part in re.split(r"([:：])", line, maxsplit=1))
        if role not in ROLES or not colon or not heading:
            raise SettingsError(
                f"骨架 plan-frame.md 的“{line}”不对，应写成“角色: 标题”，"
                f"角色可用：{'、'.join(ROLES)}"
            )
        found.append((role, heading))
    return tuple(found)


def _read(name: str, prompts: Path | None) -> str:
    path = (prompts or folder()) / f"{name}.md"
    if not path.is_file():
        path = folder() / f"{name}.md"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"骨架 {path.name} 打不开：{error.strerror}") from error

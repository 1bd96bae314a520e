"""What is said to a model: Markdown files with named holes, each checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from index.errors import SettingsError

_BESIDE = Path(__file__).resolve().parent / "prompts"
_CHECKOUT = Path(__file__).resolve().parents[1] / "prompts"

# The holes that the program fills; a prompt must have each of them and no other.
HOLES: Mapping[str, frozenset[str]] = {
    "model-answer": frozenset(),
    "model-compare": frozenset(),
    "model-question": frozenset({"evidence", "earlier", "question"}),
    "model-comparison": frozenset({"evidence", "earlier", "question", "places"}),
    "model-repair": frozenset({"faults"}),
    "model-rewrite": frozenset(),
    "model-rewriting": frozenset({"county", "upper", "style", "heading", "text"}),
    "model-redo": frozenset({"fault"}),
    "model-judge": frozenset(),
    "model-judging": frozenset({"upper", "sentences"}),
    "model-propose": frozenset(),
    "model-proposing": frozenset({"county", "heading", "below"}),
}


class Prompts:
    """The prompts of a folder; a folder with a wrong one cannot be opened."""

    def __init__(self, folder: Path) -> None:
        self._templates = {name: _checked(folder, name, holes) for name, holes in HOLES.items()}

    def fill(self, name: str, **values: str) -> str:
        return self._templates[name].substitute(values).strip()


@cache
def prompts() -> Prompts:
    """The installed package carries its prompts inside; a checkout beside."""
    return Prompts(_BESIDE if _BESIDE.is_dir() else _CHECKOUT)


def _checked(folder: Path, name: str, holes: frozenset[str]) -> Template:
    path = folder / f"{name}.md"
    try:
        template = Template(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"提示词 {path.name} 打不开：{error}") from error
    if not template.is_valid():
        raise SettingsError(f"提示词 {path.name} 的变量写法不对，应写成 ${{名称}}")
    if wrong := set(template.get_identifiers()) ^ holes:
        raise SettingsError(f"提示词 {path.name} 的变量不匹配：{'、'.join(sorted(wrong))}")
    return template

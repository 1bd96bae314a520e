"""From the words of a question to those of official documents, by a table that users may extend."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from index.errors import SettingsError
from index.tokens import normal

FILE = "wording.toml"
OWN = Path(__file__).parent / "data" / FILE


def wording(folder: Path) -> dict[str, str]:
    """The table of the program, then that of the store in ``folder``, which wins."""
    table = read(OWN)
    if (folder / FILE).exists():
        table |= read(folder / FILE)
    return table


def read(path: Path) -> dict[str, str]:
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"用语表 {path} 读不出来：{error}") from error
    table: dict[str, str] = {}
    for name, entries in sections.items():
        if not isinstance(entries, dict) or not all(isinstance(v, str) for v in entries.values()):
            raise SettingsError(f'用语表 {path} 的 {name} 应写成 [{name}] 下的 "口语" = "公文用语"')
        table |= {normal(spoken): normal(words) for spoken, words in entries.items()}
    return table


def official(question: str, table: Mapping[str, str]) -> str:
    """What documents would say for what the question says; ``question`` is normal text."""
    found = [words for spoken, words in table.items() if spoken in question]
    return " ".join(dict.fromkeys(word for words in found for word in words.split()))

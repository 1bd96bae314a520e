"""One frozen value with every setting: environment first, then TOML, then the defaults."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from index.encoder import BUNDLED
from index.errors import SettingsError
from index.limits import Limits

_PREFIX = "ASSISTANT_"


class Settings(BaseModel):
    """``store`` holds all data; ``encoder`` is what ``index.encoder.open_encoder`` reads.

    ``model`` is a name at ``model_url`` (any OpenAI-compatible endpoint) or ``gguf:PATH``; empty:
    no model. ``model_timeout`` is what one reply may take in all, in seconds. A file may have
    ``file_megabytes``, of which ``scan_pages`` pages are recognised (0: none). ``admins`` are
    names of users, with commas; where nobody logs in, everybody is one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: Path = Path("var")
    file_megabytes: int = Field(default=100, ge=1, le=10_000)
    scan_pages: int = Field(default=300, ge=0, le=100_000)
    encoder: str = BUNDLED
    encoder_key: str = ""
    allow_download: bool = False
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    users: Path | None = None
    model: str = ""
    model_url: str = ""
    model_key: SecretStr = SecretStr("")
    model_timeout: float = Field(default=60.0, gt=0, le=3600)
    evidence_tokens: int = Field(default=3000, ge=200, le=200_000)
    reply_tokens: int = Field(default=1000, ge=50, le=20_000)
    reranker: str = ""
    admins: str = ""

    def is_admin(self, user: str) -> bool:
        return not user or user in [name.strip() for name in self.admins.split(",")]

    @property
    def limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(bytes=self.file_megabytes * 2**20, scan_pages=self.scan_pages)


# What an admin may set on the page; it is kept beside the store and gives way to all else.
SAVED = (
    "model",
    "model_url",
    "model_key",
    "model_timeout",
    "evidence_tokens",
    "reply_tokens",
    "reranker",
)
_SAVED_FILE = "model.toml"


def load(overrides: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the page, ``ASSISTANT_CONFIG`` (TOML), ``ASSISTANT_*``, and the command line,
    in turn."""
    values = given(overrides, environment)
    saved = saved_in(_checked(values).store)
    return _checked({**saved, **values})


def given(
    overrides: Mapping[str, object], environment: Mapping[str, str] = os.environ
) -> dict[str, object]:
    """What is set anywhere but on the page."""
    values: dict[str, object] = dict(_file(environment.get(f"{_PREFIX}CONFIG")))
    for name in Settings.model_fields:
        if (word := environment.get(_PREFIX + name.upper())) is not None:
            values[name] = word
    values.update({name: value for name, value in overrides.items() if value is not None})
    return values


def saved_in(store: Path) -> Mapping[str, object]:
    path = store / _SAVED_FILE
    held = _file(str(path)) if path.is_file() else {}
    return {name: value for name, value in held.items() if name in SAVED}


def save(store: Path, values: Mapping[str, str | int | float]) -> None:
    """Readable by the owner alone, since a key may be among them."""
    lines = [f"{name} = {json.dumps(values[name], ensure_ascii=False)}\n" for name in SAVED]
    store.mkdir(parents=True, exist_ok=True)
    path = store / _SAVED_FILE
    part = path.with_suffix(".part")
    with open(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        out.writelines(lines)
    os.replace(part, path)


def _checked(values: Mapping[str, object]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"设置项 {field} 有误：{first['msg']}") from error


def _file(path: str | None) -> Mapping[str, object]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"设置文件 {path} 无法读取：{error}") from error

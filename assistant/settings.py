"""One frozen value with every setting: environment first, then TOML, then the defaults."""

from __future__ import annotations

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
    ``file_megabytes``, of which ``scan_pages`` pages are recognised (0: none).
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

    @property
    def limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(self.file_megabytes * 2**20, self.scan_pages)


def load(overrides: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from ``ASSISTANT_CONFIG`` (TOML), ``ASSISTANT_*``, and the command line, in turn."""
    values: dict[str, object] = dict(_file(environment.get(f"{_PREFIX}CONFIG")))
    for name in Settings.model_fields:
        if (given := environment.get(_PREFIX + name.upper())) is not None:
            values[name] = given
    values.update({name: value for name, value in overrides.items() if value is not None})
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

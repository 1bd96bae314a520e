from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load
from index.errors import SettingsError


def test_the_command_line_goes_before_the_environment_and_the_file(tmp_path: Path) -> None:
    config = tmp_path / "a.toml"
    config.write_text('store = "from-file"\nport = 9000\nencoder = "none"', encoding="utf-8")
    environment = {"ASSISTANT_CONFIG": str(config), "ASSISTANT_PORT": "9001"}
    settings = load({"store": Path("given"), "port": None}, environment)
    assert (settings.store, settings.port, settings.encoder) == (Path("given"), 9001, "none")


@pytest.mark.parametrize("text", ["prot = 1", "port = 99999", "port ="])
def test_a_wrong_setting_is_named(tmp_path: Path, text: str) -> None:
    config = tmp_path / "a.toml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        load({}, {"ASSISTANT_CONFIG": str(config)})

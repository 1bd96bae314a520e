from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.settings import SAVED, Settings, load, save
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


def test_what_the_page_keeps_gives_way_to_all_else(tmp_path: Path) -> None:
    values = {name: getattr(Settings(), name) for name in SAVED}
    kept = {"model": "kept", "model_url": 'http://a/"v1"', "model_key": "k", "model_timeout": 7.5}
    save(tmp_path, values | kept)
    settings = load({"store": tmp_path}, {})
    assert (settings.model, settings.model_url, settings.model_timeout) == (
        "kept",
        'http://a/"v1"',
        7.5,
    )
    assert load({"store": tmp_path}, {"ASSISTANT_MODEL": "other"}).model == "other"
    assert stat.S_IMODE((tmp_path / "model.toml").stat().st_mode) == 0o600


def test_a_store_cannot_set_what_is_not_for_the_page(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text('model = "m"\nhost = "0.0.0.0"\n', encoding="utf-8")
    settings = load({"store": tmp_path}, {})
    assert (settings.model, settings.host) == ("m", "127.0.0.1")


def test_who_may_change_settings() -> None:
    settings = load({"admins": "张三, 李四"}, {})
    assert settings.is_admin("") and settings.is_admin("李四")
    assert not settings.is_admin("王五") and not load({}, {}).is_admin("王五")

from __future__ import annotations

import pytest

from index.agencies import mentions, registry, same_body
from index.errors import SettingsError


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省经信委", "市工业和信息化局"),
        ("市国土资源局", "县自然资源和规划局"),
        ("市工商局", "市市场监管局"),
        ("市质监局", "县市场监督管理局"),
        ("市国税局", "市税务局"),
        ("省环保厅", "市生态环境局"),
        ("市安全监管局", "市应急管理局"),
        ("省人力社保厅", "县人社局"),
        ("市政府金融办", "市地方金融监管局"),
    ],
)
def test_one_body_under_two_names(one: str, other: str) -> None:
    assert same_body(one, other)
    assert same_body(other, one)


@pytest.mark.parametrize(("one", "other"), [("市科技局", "市财政局"), ("市水利局", "市农业局")])
def test_different_bodies(one: str, other: str) -> None:
    assert not same_body(one, other)


def test_mentions_have_exact_places() -> None:
    text = "办公室设在市经济和信息化委，由市科技局牵头，各县（区）人民政府配合。"
    found = mentions(text)
    assert [m.name for m in found] == ["市经济和信息化委", "市科技局", "各县（区）人民政府"]
    assert all(m.span.of(text) == m.name for m in found)


def test_a_broken_register_is_named(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[agency]]\nnames = ['甲']", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"mine\.toml"):
        registry(path)


def test_a_user_adds_a_body(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[agency]]\nkey='茶叶'\nnames=['茶产业发展']\n", encoding="utf-8")
    assert registry(path).key_of("县茶产业发展中心") == "茶叶"

"""Real marks of state secrecy, and the ordinary words that look like them."""

from __future__ import annotations

import pytest

from index.secrecy import secrecy_mark

BODY = "某市人民政府关于印发某方案的通知\n各县区人民政府：\n现印发给你们，请认真贯彻执行。\n"


@pytest.mark.parametrize(
    ("head", "level"),
    [
        ("机密★1年\n", "机密"),
        ("秘密★长期\n", "秘密"),
        ("绝密★\n", "绝密"),
        ("机 密 ★ 5 年\n", "机密"),
        ("000123\n机密★1年\n特急\n", "机密"),
        ("000123  机密★1年\n", "机密"),
        ("秘密\n特急\n", "秘密"),
        ("密级：机密\n", "机密"),
        ("【绝密】\n", "绝密"),
        ("机密级\n", "机密"),
        ("秘密☆10年\n", "秘密"),
        ("特急  秘密 5年\n", "秘密"),
        ("份号：0012\t秘密★3年\n", "秘密"),
    ],
)
def test_a_mark_at_the_head_is_found(head: str, level: str):
    found = secrecy_mark("方案.docx", head + BODY)
    assert found is not None
    assert found.startswith(level)


@pytest.mark.parametrize(
    "name",
    [
        "机密-某方案.docx",
        "某方案（秘密）.pdf",
        "秘密★1年 某方案.doc",
        "【绝密】方案.txt",
        "绝密文件_方案.docx",
        "方案_机密.docx",
    ],
)
def test_a_mark_in_the_name_is_found(name: str):
    assert secrecy_mark(name, BODY) is not None


def test_a_starred_mark_further_down_is_found():
    assert secrecy_mark("合订本.docx", BODY * 20 + "机密★1年\n" + BODY) == "机密★1年"


@pytest.mark.parametrize(
    "text",
    [
        "加强商业秘密保护。",
        "保守国家秘密，维护国家安全。",
        "本平台禁止处理秘密级及以上信息。",
        "涉及国家秘密、商业秘密的，不得公开。",
        "传递绝密级文件应当由专人负责。",
        "在文件首页标注“秘密★”字样。",
        "第三条 机密级计算机不得联网。",
        "商业秘密",
        "保密",
        "国家秘密",
        "技术秘密",
        "不得泄露秘密",
        "一、保守秘密",
        "秘密级事项由办公室负责。",
    ],
)
def test_ordinary_words_are_no_mark(text: str):
    assert secrecy_mark("方案.docx", text + "\n" + BODY) is None
    assert secrecy_mark("方案.docx", BODY + text) is None


@pytest.mark.parametrize(
    "name",
    [
        "商业秘密保护办法.docx",
        "保守国家秘密法.pdf",
        "关于加强机密级计算机管理的通知.docx",
        "国家秘密定密管理规定.txt",
        "秘密载体管理办法.docx",
        "保密工作要点.docx",
        "机密信息管理制度.docx",
    ],
)
def test_documents_about_secrecy_are_not_refused_by_name(name: str):
    assert secrecy_mark(name, BODY) is None


def test_a_bare_level_deep_in_the_text_is_no_mark():
    assert secrecy_mark("方案.docx", BODY * 10 + "秘密\n" + BODY) is None

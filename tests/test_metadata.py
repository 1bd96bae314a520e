from __future__ import annotations

import pytest

from index.metadata import filed, iso_date
from index.parse import parse
from index.read.assemble import assemble
from index.region import place_of
from index.types import Source

NOTICE = """云溪市人民政府办公室关于印发云溪市
节水行动方案的通知
云政办发〔2022〕8号
各县（区）人民政府：
现将《云溪市节水行动方案》印发给你们。
2022年3月4日
云溪市节水行动方案
为贯彻落实《江南省节水条例》和《江南省节水行动方案》（江政发〔2021〕5号）精神，制定本方案。
一、目标
到2025年完成。
本方案有效期5年。"""


def test_a_notice_and_its_plan() -> None:
    document = parse(Source(NOTICE), "d", "文件").document
    assert document.title == "云溪市节水行动方案"
    assert document.doc_no == "云政办发〔2022〕8号"
    assert document.issuer == "云溪市人民政府办公室"
    assert document.date == "2022-03-04"
    assert (document.level, document.region) == ("city", "云溪市")
    assert document.implements == (
        "《江南省节水条例》",
        "《江南省节水行动方案》（江政发〔2021〕5号）",
    )
    assert document.status == "未注明"
    assert document.status_note == "有效期5年"


def test_front_matter_goes_first() -> None:
    front = {"title": "某方案", "doc_no": "甲发〔2020〕1号", "level": "city", "kind": "摘编"}
    document = parse(Source(NOTICE, front=front), "d", "文件").document
    assert (document.title, document.doc_no) == ("某方案", "甲发〔2020〕1号")
    assert document.is_digest


def test_a_text_without_a_title_takes_the_files_name() -> None:
    assert parse(Source("一、目标\n完成。"), "d", "甲市方案").document.title == "甲市方案"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("湖南省电力市场规则", "湖南省"),
        ("中共大连市委大连市人民政府", "大连市"),
        ("重庆市涪陵区人民政府", "重庆市涪陵区"),
        ("杭州市余杭区", "杭州市余杭区"),
        ("电力市场信息披露规则", ""),
        ("关于印发《浙江省条例》", "浙江省"),
        ("各市场主体", ""),
    ],
)
def test_places(words: str, place: str) -> None:
    assert place_of(words) == place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年1月9日印发", "2021-01-09"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("二○一二年十月十日", "2012-10-10"),
        ("发布时间:2019-06-14", "2019-06-14"),
        ("2021年春", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("11-附件3：海南省儿童健康促进行动计划", "海南省儿童健康促进行动计划"),
        ("附件一 任务清单", "任务清单"),
        ("梅岭市技改方案（定稿）", "梅岭市技改方案"),
        ("梅岭市技改方案 - 副本(2)", "梅岭市技改方案"),
        ("梅岭市技改方案_20240305", "梅岭市技改方案"),
        ("2026年中央一号文件", "2026年中央一号文件"),
        ("附件1", "附件1"),
    ],
)
def test_the_name_of_a_file_as_a_title(name: str, title: str):
    assert filed(name) == title


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("2026年中央一号文件", "2026年中央一号文件"),
        ("梅岭市技改十八条", "梅岭市技改十八条"),
        ("梅岭市人民政府文件", "文件名"),
        ("各县区人民政府：", "文件名"),
        ("为加快技改，现就有关事项明确如下。", "文件名"),
        ("一、总体要求", "文件名"),
    ],
)
def test_a_first_line_that_stands_like_a_title_is_one(first: str, title: str):
    source = assemble([first, "为加快技改，现就有关事项明确如下。", "二、任务", "抓好落实。"])
    assert parse(source, "x", "文件名").document.title == title

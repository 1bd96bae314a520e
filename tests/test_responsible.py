from __future__ import annotations

import pytest

from index.responsible import ends_with_units, is_units_line, led_by, unit_lists


def named(line: str) -> list[tuple[str, str]]:
    return [(a.name, a.role) for found in unit_lists(line) for a in found.agencies]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "修路。（责任单位：市交通局、市财政局）",
            [("市交通局", "unknown"), ("市财政局", "unknown")],
        ),
        (
            "种树。(牵头单位:市林业局;责任单位:市财政局、市水利局,各县市区人民政府)",
            [("市林业局", "lead"), ("市财政局", "support"), ("市水利局", "support"),
             ("各县市区人民政府", "support")],
        ),
        ("责任单位：市教育局、体育局等部门", [("市教育局", "unknown"), ("体育局", "unknown")]),
        (
            "办学。(市教育局、市财政局,各镇人民政府、街道办事处)",
            [("市教育局", "unknown"), ("市财政局", "unknown"), ("各镇人民政府", "unknown"),
             ("街道办事处", "unknown")],
        ),
        (
            "上市。(责任单位:各市、县(市、区)政府,省金融办)",
            [("各市、县(市、区)政府", "unknown"), ("省金融办", "unknown")],
        ),
        (
            "审批。（责任单位：市发改委，各县〔特区、区〕人民政府、南山经济开发区管委会）",
            [("市发改委", "unknown"), ("各县〔特区、区〕人民政府", "unknown"),
             ("南山经济开发区管委会", "unknown")],
        ),
        (
            "修渠。（省水利厅牵头，省财政厅、各市政府按职责分工负责）",
            [("省水利厅", "lead"), ("省财政厅", "support"), ("各市政府", "support")],
        ),
        (
            "推广滴灌（市水利局牵头，市财政局配合）、喷灌（市农业局负责）等方式。",
            [("市水利局", "lead"), ("市财政局", "support"), ("市农业局", "unknown")],
        ),
        (
            "修渠。责任单位：市水利局、市财政局",
            [("市水利局", "unknown"), ("市财政局", "unknown")],
        ),
        (
            "修渠。（责任单位：市水利局牵头，省、市重点工程责任单位配合）",
            [("市水利局", "lead"), ("省、市重点工程责任单位", "support")],
        ),
    ],
)  # fmt: skip
def test_names_come_in_order_with_their_roles(line: str, expected: list[tuple[str, str]]) -> None:
    assert named(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "推广煤层气(瓦斯)开发。",
        "建设工程(技术)研究中心",
        "加强县(市、区)工作。",
        "统计口径（含分局）。",
        "加强（由企业负责）建设。",
        "所需资金（2020年由市财政局负责）另行安排。",
    ],
)
def test_ordinary_brackets_are_no_lists(line: str) -> None:
    assert not ends_with_units(line)


def test_spans_point_at_the_names() -> None:
    line = "修路。（责任单位：市交通局、市财政局等单位）"
    for found in unit_lists(line, 100):
        for agency in found.agencies:
            assert line[agency.span.start - 100 : agency.span.end - 100] == agency.name


def test_the_first_leads_where_the_document_says_so() -> None:
    line = "建平台。(责任单位:省科技厅、省经信委,列第一位者为牵头单位,以下同)"
    (found,) = unit_lists(line)
    assert found.first_leads
    assert [agency.name for agency in found.agencies] == ["省科技厅", "省经信委"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("由市科技局牵头，建立协调机制。", "市科技局"),
        ("年度任务，由市统计局会同有关单位分解。", "市统计局"),
        ("由企业牵头建设平台。", None),
        ("办公室将会同督查室督查。", None),
    ],
)
def test_prose_may_name_the_lead(text: str, lead: str | None) -> None:
    assert led_by(text) == lead


def test_labelled_lines() -> None:
    assert is_units_line("责任单位：市水利局")
    assert not is_units_line("各责任单位要加强领导。")

"""Questions about the library and its documents, answered from stored fields with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.types import Answer
from index.ingest import ingest
from index.library import Library
from index.store import Store

CITY = """云溪市人民政府关于印发云溪市节水行动方案的通知
云政发〔2022〕8号
各县（区）人民政府：
现将《云溪市节水行动方案》印发给你们。
云溪市人民政府
2022年3月4日
云溪市节水行动方案
为贯彻落实《江南省节水行动方案》（江政发〔2021〕5号），制定本方案。
一、重点任务
（一）推进灌区改造。到2025年改造灌区5处。（牵头单位：市水利局；责任单位：市农业农村局）
（二）推广节水器具。每年更换2万套。（牵头单位：市住建局；责任单位：市水利局）
（三）强化资金保障。统筹资金。（牵头单位：市财政局）
本方案自印发之日起施行，有效期5年。"""
TOWN = """青阳县节水行动方案
一、任务
（一）抓好宣传。（责任单位：县水利局）"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("desk")
    paths: list[Path] = []
    for name, text in (("yunxi", CITY), ("qingyang", TOWN)):
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    store = Store(folder / "store")
    ingest(paths, store, None)
    return Library(store, None)


def ask(library: Library, question: str) -> Answer:
    given = answer(question, library)
    texts = {d.id: d.text for d in library.documents()}
    for one in given.citations:
        assert one.span.of(texts[one.document_id]) == one.quote
    return given


@pytest.mark.parametrize("question", ["你好", "您好！", "你是谁", "怎么用"])
def test_a_greeting_is_met_without_facts(library: Library, question: str) -> None:
    given = ask(library, question)
    assert "政策助手" in given.text
    assert not given.citations


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("云溪方案的文号是什么", "云政发〔2022〕8号"),
        ("云溪的文件是谁印发的", "云溪市人民政府"),
        ("云溪方案什么时候印发", "2022年3月4日"),
        ("云溪方案依据什么文件", "江政发〔2021〕5号"),
        ("江政发〔2021〕5号是什么文件", "《江南省节水行动方案》"),
        ("请问云政发〔2022〕8号是哪个文件", "云溪市节水行动方案"),
        ("云溪方案还有效吗", "有效期5年"),
        ("资料库里有哪些文件", "云溪市节水行动方案"),
    ],
)
def test_particulars_stand_in_a_citation(library: Library, question: str, words: str) -> None:
    given = ask(library, question)
    assert given.status == "answered"
    assert words in given.text
    assert given.citations


def test_tasks_of_an_agency(library: Library) -> None:
    both = ask(library, "云溪市水利局负责哪些任务")
    assert "推进灌区改造" in both.text
    assert "推广节水器具" in both.text
    led = ask(library, "云溪市水利局牵头哪些任务")
    assert "推进灌区改造" in led.text
    assert "推广节水器具" not in led.text
    assert all("水利局" in one.quote for one in (*both.citations, *led.citations))


@pytest.mark.parametrize(
    "question",
    [
        "青阳方案的文号是什么",
        "青阳方案还有效吗",
        "我们县灌区改造任务是多少",
        "云溪市教育局负责哪些任务",
        "丙政发〔2020〕1号是什么文件",
    ],
)
def test_what_is_not_written_is_declined(library: Library, question: str) -> None:
    given = ask(library, question)
    assert given.status == "declined"
    assert not given.citations

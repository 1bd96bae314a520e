"""Statements are read out of whatever a model writes, as soon as each is complete."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.reply import LONGEST, ReplyReader, Said

ONE = '{"statements":[{"text":"甲达到5%","clauses":[1]},{"text":"乙","clauses":[2,3]}]}'
BOTH = [Said("甲达到5%", ("1",)), Said("乙", ("2", "3"))]


def read(text: str, size: int = 1) -> list[Said]:
    reader = ReplyReader()
    found = [s for at in range(0, len(text), size) for s in reader.feed(text[at : at + size])]
    return found + reader.rest()


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"```json\n{ONE}\n```",
        f"好的，结果是“如下”：\n{ONE}\n希望有帮助。",
        f'<think>先想 {{"text":"错","clauses":[9]}}</think>{ONE}',
        ONE[:-2],
        ONE + ONE[:20],
        ONE.replace("[1]", '["1"]').replace("[2,3]", '["[2]","3"]'),
        ONE.replace("[1]", "1"),
        '{"text":"甲达到5%","clauses":[1]}\n{"text":"乙","clauses":[2,3]}',
    ],
)
def test_statements_are_found_whatever_surrounds_them(text, size):
    assert read(text, size) == BOTH


def test_a_statement_counts_when_its_own_braces_close():
    reader = ReplyReader()
    assert reader.feed('{"statements":[{"text":"甲达到5%","clauses":[1]') == []
    assert reader.feed("}") == BOTH[:1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"text":"引号\\"和}括号","clauses":[1]}', [Said('引号"和}括号', ("1",))]),
        ('{"text":"没有条款"}', [Said("没有条款", ())]),
        ('{"text":"条款不对","clauses":"x"}', [Said("条款不对", ("x",))]),
        ('{"text":"","clauses":[1]}', []),
        ('{"text":5,"clauses":[1]}', []),
        ('{"statements":[]}', []),
        ('{"text":"没写完', []),
        ("", []),
        ("{{{{}}}}", []),
    ],
)
def test_what_is_no_statement_is_none(text, found):
    assert read(text) == found


def test_prose_with_marks_is_read_sentence_by_sentence():
    assert read("甲达到5%[1]。乙[2][3]。丙没有出处。") == BOTH
    assert read("- 甲达到5%【1】\n- 乙[2,3]\n") == BOTH


def test_thoughts_that_never_end_say_nothing():
    assert read("<think>甲达到5%[1]。") == []


def test_a_reply_that_goes_on_is_full_and_costs_little():
    reader = ReplyReader()
    started = time.perf_counter()
    while not reader.full:
        reader.feed("好的，")
    assert reader.rest() == [] and time.perf_counter() - started < 2
    assert LONGEST < 100_000


@given(st.text(alphabet='{}[]"\\:,<>think/0123text clauses好。\n', max_size=200))
def test_nothing_that_a_model_writes_breaks_the_reader(text):
    for said in read(text, 3):
        assert said.text


@given(st.text(min_size=1, max_size=40), st.lists(st.integers(0, 99), max_size=4))
def test_what_json_can_say_is_read_back(text, clauses):
    import json

    raw = json.dumps({"statements": [{"text": text, "clauses": clauses}]}, ensure_ascii=False)
    wanted = tuple(dict.fromkeys(map(str, clauses)))
    assert read(raw, 5) == ([Said(text.strip(), wanted)] if text.strip() else [])

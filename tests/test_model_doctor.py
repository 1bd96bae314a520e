"""``assistant doctor`` and the settings of the model: what works, and what to do otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.doctor import Check, model_checks
from assistant.model import open_model
from assistant.prompts import HOLES, Prompts, prompts
from assistant.settings import load
from evals.model_server import Failure, Garbage, Script, Text, always, serving
from index.errors import SettingsError
from tests.telling import spoken

GOOD = always(spoken([{"text": "到2025年规模以上工业企业达到40家", "clauses": [1]}]))
PROMPTS = Path(__file__).resolve().parents[1] / "prompts"


def checked(script: Script, **settings: object) -> dict[str, Check]:
    with serving(script) as server:
        given = {"model": "m", "model_url": server.url, "model_timeout": 5, **settings}
        return {check.name: check for check in model_checks(load(given, {}))}


def test_a_good_model_is_well_in_every_respect():
    found = checked(GOOD)
    assert list(found) == ["模型设置", "连接和作答", "流式输出", "结构化输出"]
    assert all(check.ok for check in found.values())


@pytest.mark.parametrize(
    ("script", "at", "words"),
    [
        (always(Failure(401)), "连接和作答", "密钥"),
        (always(Failure(404)), "连接和作答", "/v1"),
        (always(Text("", first=30)), "连接和作答", "5 秒"),
        (always(Garbage()), "连接和作答", "不合协议"),
        (always(""), "连接和作答", "没有说话"),
        (always("我是一个语言模型，很高兴为您服务，请问有什么可以帮您？"), "结构化输出", "格式"),
        (always(spoken([{"text": "达到50家", "clauses": [1]}])), "结构化输出", "没有照条款"),
        (
            always(Text(spoken([{"text": "达到40家", "clauses": [1]}]), size=999)),
            "流式输出",
            "一次",
        ),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(script, at, words):
    check = checked(script)[at]
    assert check.ok is False and words in check.found and check.todo


def test_a_reranker_that_cannot_be_opened_is_named():
    pytest.importorskip("sentence_transformers")
    check = checked(GOOD, reranker="no/such-model")["重排模型"]
    assert check.ok is False and "no/such-model" in check.found and check.todo


def test_without_a_model_nothing_is_wrong(tmp_path):
    done = CliRunner().invoke(app, ["--store", str(tmp_path), "doctor", "--json"])
    (check,) = [c for c in json.loads(done.stdout)["checks"] if c["name"] == "模型设置"]
    assert done.exit_code == 0 and check["ok"] is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model": "qwen"}, "model_url"),
        ({"model": "qwen", "model_url": "127.0.0.1:8000/v1"}, "http://"),
        ({"model": "gguf:/nowhere/model.gguf"}, "不存在"),
    ],
)
def test_settings_that_cannot_work_are_explained(given, words):
    with pytest.raises(SettingsError, match=words):
        open_model(load(given, {}))
    (check,) = model_checks(load(given, {}))
    assert check.ok is False and words in check.found


def test_the_key_is_never_shown():
    settings = load({"model": "m", "model_url": "http://127.0.0.1:1/v1", "model_key": "k3y"}, {})
    assert "k3y" not in repr(settings) and "k3y" not in settings.model_dump_json()


def test_every_prompt_has_its_holes_and_no_other(tmp_path):
    assert prompts()
    for name in HOLES:
        (tmp_path / f"{name}.md").write_text((PROMPTS / f"{name}.md").read_text("utf-8"), "utf-8")
    wrong = tmp_path / "model-question.md"
    wrong.write_text("${evidence} ${questoin}", "utf-8")
    with pytest.raises(SettingsError, match=r"model-question\.md.*questoin"):
        Prompts(tmp_path)
    wrong.write_text("${evidence} $", "utf-8")
    with pytest.raises(SettingsError, match=r"model-question\.md.*写法"):
        Prompts(tmp_path)
    wrong.unlink()
    with pytest.raises(SettingsError, match=r"model-question\.md.*打不开"):
        Prompts(tmp_path)

"""Whether the model of the settings is well."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.doctor.types import Check
from assistant.model import LanguageModel, Message, open_model
from assistant.model.reply import ReplyReader, Said
from assistant.model.schemas import ANSWER
from assistant.prompts import prompts
from assistant.settings import Settings
from index.errors import PolicyError

SHORT = 20  # characters that may well come in one piece
SLOW = 10.0  # seconds to the first word
_CLAUSE = "【条款 1】《样例》\n<<<\n到2025年，全县规模以上工业企业达到40家。\n>>>"
_QUESTION, _FIGURE = "规模以上工业企业的目标是多少家？", "40家"


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply with when its first word came, in how many pieces, and what it states."""

    text: str
    first: float
    pieces: int
    said: tuple[Said, ...]


def model_checks(settings: Settings) -> Iterator[Check]:
    """The model from setting to structured reply; stops where nothing further can work."""
    try:
        model = open_model(settings)
    except PolicyError as error:
        yield Check("模型设置", False, str(error), "改正设置后再运行 assistant doctor")
        return
    if model is None:
        yield Check("模型设置", None, "没有设置模型：问答、起草、核查照常，用文件原文作答")
        return
    try:
        yield from _talk(model, settings)
    finally:
        model.close()
    if settings.reranker:
        yield _reranks(settings.reranker)


def _reranks(name: str) -> Check:
    from assistant.model.rerank import opened

    try:
        opened(name)
    except PolicyError as error:
        return Check("重排模型", False, str(error), "改正 reranker，或不填：不重排也能用")
    return Check("重排模型", True, name)


def _talk(model: LanguageModel, settings: Settings) -> Iterator[Check]:
    yield _setting(model, settings)
    try:
        plain = _heard(model, structured=False)
    except PolicyError as error:
        todo = "确认服务已启动、地址以 /v1 结尾、模型名称与服务里的一致；本机文件请看内存是否够用"
        yield Check("连接和作答", False, str(error), todo)
        return
    yield _answers(plain)
    yield _streams(plain)
    try:
        yield _structured(_heard(model, structured=True))
    except PolicyError as error:
        yield Check("结构化输出", False, str(error), _BETTER)


_BETTER = "换一个更大的指令模型（如 Qwen、DeepSeek 的 Instruct 版），或调大 reply_tokens"


def _setting(model: LanguageModel, settings: Settings) -> Check:
    where = "外部网络" if model.outside else "本机或内网"
    rule = (
        "只发送准许外发的文件（assistant allow 文件编号）"
        if model.outside
        else "文件不出本单位网络"
    )
    limits = f"最长等待 {settings.model_timeout:g} 秒，条款最多 {settings.evidence_tokens} 词元"
    return Check("模型设置", True, f"{model.name}，在{where}：{rule}；{limits}")


def _heard(model: LanguageModel, structured: bool) -> Heard:
    started, first, pieces = time.perf_counter(), 0.0, 0
    text, said = "", []
    reader = ReplyReader()
    schema = ANSWER if structured else None
    for piece in model.complete(_messages(), schema, 200):
        if piece:
            first = first or time.perf_counter() - started
            pieces += 1
            text += piece
            said += reader.feed(piece)
        if reader.full:
            break
    return Heard(text, first, pieces, tuple(said + reader.rest()))


def _messages() -> list[Message]:
    user = prompts().fill("model-question", evidence=_CLAUSE, earlier="", question=_QUESTION)
    return [Message("system", prompts().fill("model-answer")), Message("user", user)]


def _answers(heard: Heard) -> Check:
    if not heard.text.strip():
        return Check("连接和作答", False, "连上了，但模型没有说话", _BETTER)
    if heard.first > SLOW:
        todo = "换小一些的模型，或调小 evidence_tokens；读者要等这么久才看到第一句"
        return Check("连接和作答", False, f"第一个字等了 {heard.first:.1f} 秒", todo)
    return Check("连接和作答", True, f"第一个字 {heard.first:.1f} 秒")


def _streams(heard: Heard) -> Check:
    if heard.pieces > 1:
        return Check("流式输出", True, f"分 {heard.pieces} 段收到")
    if len(heard.text) < SHORT:
        return Check("流式输出", None, "模型只说了一两个字，看不出是否分段")
    return Check(
        "流式输出", False, "一次收到全部", "检查中间的代理是否缓存了回应；不影响使用，只是要等全文"
    )


def _structured(heard: Heard) -> Check:
    right = [one for one in heard.said if _FIGURE in one.text and "1" in one.clauses]
    if right:
        return Check("结构化输出", True, f"按要求作答：{right[0].text[:40]}")
    if heard.said:
        shown = heard.said[0].text[:40]
        return Check("结构化输出", False, f"格式对，内容没有照条款：{shown}", _BETTER)
    return Check("结构化输出", False, f"不是要求的格式：{heard.text.strip()[:40]}", _BETTER)

"""``--judge``: a language model reads the answers, through LlamaIndex's own evaluators.

For those who have a model (ASSISTANT_MODEL and ASSISTANT_MODEL_URL); nothing is held against it. A
verdict that cannot be read is no verdict.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from assistant.answer import answer
from assistant.settings import Settings, load
from assistant.types import Answer
from evals.answer_suite import CASES
from evals.bundled import DOCUMENTS
from evals.types import Case, Result, Score, mean
from index.ingest import ingest
from index.library import open_library

NAMES = ("judged_faithful", "judged_relevant")
MOST = 40  # answers that are read


def run(settings: Settings | None = None, cases: Path = CASES, most: int = MOST) -> Result:
    settings = settings or load({})
    if not settings.model or not settings.model_url:
        return Result(
            "judged", (), {}, (), skipped="没有设置评审模型（ASSISTANT_MODEL、_MODEL_URL）"
        )
    lines = cases.read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if not (row := json.loads(line))["abstain"]][:most]
    with TemporaryDirectory() as folder:
        library = open_library(Path(folder), encoder=None)
        ingest([DOCUMENTS], library.store, None)
        given = [answer(row["question"], library, row.get("history", ())) for row in rows]
        library.close()
    scores = asyncio.run(_all(given, settings))
    judged = tuple(
        Case(row["id"], row["type"], one, row) for row, one in zip(rows, scores, strict=True)
    )
    figures = {name: value for name in NAMES if (value := mean(judged, name)) is not None}
    return Result("judged", judged, figures, (), notes=(unread(judged),))


async def _all(given: Sequence[Answer], settings: Settings) -> list[tuple[Score, Score]]:
    async with httpx.AsyncClient(timeout=settings.model_timeout) as client:
        judge = _judge(settings, client)
        return [await read(one, judge) for one in given]


def _judge(settings: Settings, client: httpx.AsyncClient) -> Any:
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=settings.model,
        api_base=settings.model_url,
        api_key=settings.model_key.get_secret_value() or "none",
        is_chat_model=True,
        temperature=0.0,
        max_retries=1,
        timeout=settings.model_timeout,
        async_http_client=client,
    )


async def read(given: Answer, judge: Any) -> tuple[Score, Score]:
    from llama_index.core.evaluation import AnswerRelevancyEvaluator, FaithfulnessEvaluator

    quotes = [f"《{c.title}》{c.quote}" for c in given.citations] or [""]
    faithful = await FaithfulnessEvaluator(llm=judge).aevaluate(
        response=given.text, contexts=quotes
    )
    relevant = await AnswerRelevancyEvaluator(llm=judge).aevaluate(
        query=given.question, response=given.text
    )
    words = (faithful.feedback or "").strip()
    said = any(word in words.lower() for word in ("yes", "no"))
    return (
        Score(NAMES[0], faithful.score if said else None, words[:200]),
        Score(
            NAMES[1],
            None if relevant.invalid_result else relevant.score,
            (relevant.feedback or "")[:200],
        ),
    )


def unread(cases: Sequence[Case]) -> str:
    missing: Mapping[str, int] = {
        name: sum(s.value is None for c in cases for s in c.scores if s.name == name)
        for name in NAMES
    }
    return "读不出结论：" + "，".join(f"{name} {count} 条" for name, count in missing.items())

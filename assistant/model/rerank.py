"""A cross-encoder that reads question and clause together, by the name of sentence-transformers."""

from __future__ import annotations

import os
from functools import cache

from llama_index.core.postprocessor import SentenceTransformerRerank
from llama_index.core.schema import NodeWithScore

from index.errors import SettingsError

MOST = 100  # none is cut off here: the budget decides


def reranked(question: str, nodes: list[NodeWithScore], name: str) -> list[NodeWithScore]:
    return opened(name).postprocess_nodes(nodes, query_str=question)


@cache
def opened(name: str) -> SentenceTransformerRerank:
    # A hub that cannot be reached costs over a minute of retries.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        return SentenceTransformerRerank(model=name, top_n=MOST, keep_retrieval_score=False)
    except (OSError, ImportError, ValueError) as error:
        raise SettingsError(
            f"重排模型 {name} 打不开；请把模型文件夹放到本机并用路径设置 reranker，"
            "并安装 policy-assistant[transformers]"
        ) from error

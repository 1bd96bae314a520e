"""Any endpoint that speaks the OpenAI protocol, through LlamaIndex's OpenAILike."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from typing import Any

import httpx
import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from assistant.model.network import is_outside
from assistant.model.pump import pumped
from assistant.model.types import Message, ModelError, Schema

PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds before the one retry
CONNECT = 5.0
_PASSING = (
    openai.RateLimitError,
    openai.InternalServerError,
    openai.APIConnectionError,
    httpx.TransportError,
)
# What the adapter raises over replies that are not of the protocol, beside its own errors.
_MALFORMED = (openai.OpenAIError, ValueError, AttributeError, TypeError, LookupError)
# A full server: the same words for whoever reads, whatever the wording of the server.
_REFUSED = {
    400: "请求被拒绝（400），请检查模型名称和上下文长度",
    401: "密钥不对或没有密钥（401），请检查 model_key",
    403: "没有权限（403），请检查密钥的权限",
    404: "地址或模型名称不对（404），请检查 model_url（通常以 /v1 结尾）和 model",
    413: "请求太长（413），请调小 evidence_tokens",
    429: "服务正忙或额度已用完（429），请稍后再试",
}


class Endpoint:
    """A model behind an address. Knows after the first refusal whether schemas are accepted."""

    def __init__(self, name: str, url: str, key: str = "", timeout: float = 60.0) -> None:
        self.name = name
        self.timeout = timeout
        self.outside = is_outside(url)
        self._url = url
        self._key = key
        self._schemas = True
        self._trust = ssl.create_default_context()

    def complete(
        self, messages: Sequence[Message], schema: Schema | None, max_tokens: int
    ) -> Generator[str, None, None]:
        late = ModelError(f"模型 {self.name} 在 {self.timeout:g} 秒内没有答完")
        said = [ChatMessage(role=one.role, content=one.content) for one in messages]
        return pumped(lambda: self._stream(said, schema, max_tokens), self.timeout, late)

    def start(self) -> None:
        """Somebody else runs it."""

    def close(self) -> None:
        """Every completion has a connection of its own, so nothing is left open."""

    async def _stream(
        self, messages: Sequence[ChatMessage], schema: Schema | None, max_tokens: int
    ) -> AsyncIterator[str]:
        """Once more after a passing fault, and once without a schema; never after a first word."""
        for last in (False, True):
            begun = False
            try:
                async for piece in self._pieces(messages, self._extras(schema, max_tokens)):
                    begun = True
                    yield piece
                return
            except openai.BadRequestError as error:
                if last or schema is None or not self._schemas:
                    raise self._explained(error) from error
                self._schemas = False
            except _PASSING as error:
                if last or begun:
                    raise self._explained(error) from error
                await asyncio.sleep(_pause(error))
            except _MALFORMED as error:
                raise self._explained(error) from error

    def _extras(self, schema: Schema | None, max_tokens: int) -> dict[str, Any]:
        extras: dict[str, Any] = {"max_tokens": max_tokens}
        if schema is not None and self._schemas:
            wanted = {"name": "reply", "strict": True, "schema": dict(schema)}
            extras["response_format"] = {"type": "json_schema", "json_schema": wanted}
        return extras

    async def _pieces(
        self, messages: Sequence[ChatMessage], extras: Mapping[str, Any]
    ) -> AsyncIterator[str]:
        """The reply in pieces; whole, where the server does not stream."""
        async with self._client() as client:
            model = self._adapter(client)
            some = False
            stream = await model.astream_chat(messages, **extras)
            async for part in stream:
                some = True
                if part.delta:
                    yield part.delta
            if not some:
                whole = await model.achat(messages, **extras)
                yield whole.message.content or ""

    def _client(self) -> httpx.AsyncClient:
        # A redirect or a proxy could carry what may not leave to somewhere else.
        return httpx.AsyncClient(
            verify=self._trust,
            follow_redirects=False,
            trust_env=self.outside,
            timeout=httpx.Timeout(self.timeout, connect=min(CONNECT, self.timeout)),
        )

    def _adapter(self, client: httpx.AsyncClient) -> OpenAILike:
        return OpenAILike(
            model=self.name,
            api_base=self._url,
            api_key=self._key or "none",
            is_chat_model=True,
            temperature=0.0,
            timeout=self.timeout,
            max_retries=0,
            async_http_client=client,
        )

    def _explained(self, error: Exception) -> ModelError:
        if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
            return ModelError(f"模型 {self.name} 没有按时回应，请检查服务是否在运行")
        if isinstance(error, openai.APIStatusError):
            status = error.status_code
            return ModelError(f"模型 {self.name}：{_REFUSED.get(status, f'服务出错（{status}）')}")
        if isinstance(error, openai.APIConnectionError):
            return ModelError(
                f"连不上模型 {self.name} 的服务 {self._url}，请检查地址和服务是否在运行"
            )
        if isinstance(error, httpx.HTTPError):
            return ModelError(f"模型 {self.name} 的连接中断")
        return ModelError(f"模型 {self.name} 的回应不合协议")


def _pause(error: Exception) -> float:
    """As long as the server asks for, within reason."""
    asked = ""
    if isinstance(error, openai.APIStatusError):
        asked = error.response.headers.get("retry-after", "")
    try:
        return min(max(float(asked), 0.0), LONGEST_PAUSE)
    except ValueError:
        return PAUSE

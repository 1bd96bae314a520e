"""The seam to a language model: without one nothing changes, with one nothing is taken on trust.

Nothing here imports LlamaIndex until a model is really opened.
"""

from __future__ import annotations

from assistant.model.types import LanguageModel, Message, ModelError, Schema
from assistant.settings import Settings
from index.errors import SettingsError

GGUF = "gguf:"


def open_model(settings: Settings) -> LanguageModel | None:
    """The model that the settings name, or None where they name none."""
    if not settings.model:
        return None
    if settings.model.startswith(GGUF):
        from assistant.model.local import LocalModel

        return LocalModel(settings.model.removeprefix(GGUF), settings.model_timeout)
    if not settings.model_url:
        raise SettingsError(
            "设置了 model 却没有 model_url；请写上服务地址，例如 http://127.0.0.1:8000/v1，"
            '或用 model = "gguf:模型文件"'
        )
    if not settings.model_url.startswith(("http://", "https://")):
        raise SettingsError(f"model_url 应以 http:// 或 https:// 开头：{settings.model_url}")
    from assistant.model.endpoint import Endpoint

    key = settings.model_key.get_secret_value()
    return Endpoint(settings.model, settings.model_url, key, settings.model_timeout)


__all__ = ["LanguageModel", "Message", "ModelError", "Schema", "open_model"]

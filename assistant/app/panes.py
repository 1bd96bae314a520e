"""What every place is built with: a pane of rendered markup, and how a place is described."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Step
from assistant.app.goals import Goals
from assistant.model.holder import Pens
from assistant.settings import Settings
from index.library import Library
from index.limits import LIMITS, Limits
from index.types import Scope

if TYPE_CHECKING:
    from assistant.model.pen import Pen

STATIC = Path(__file__).parent / "static"
FORWARD = (STATIC / "forward.js").read_text(encoding="utf-8")
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the places work with; ``wake`` tells the encoder's queue that there is work."""

    library: Library
    wake: Callable[[], None]
    goals: Goals
    pens: Pens | None = None

    @property
    def limits(self) -> Limits:
        """What reading one uploaded file may cost."""
        return self.pens.settings.limits if self.pens else LIMITS

    @property
    def settings(self) -> Settings:
        return self.pens.settings if self.pens else Settings()

    def change(self, settings: Settings) -> None:
        if self.pens:
            self.pens.change(settings)

    def steps(
        self, question: str, history: Sequence[str], scope: Scope
    ) -> Generator[Step, None, None]:
        """The answer to a question as it grows."""
        return (self.pens or Pens(self.library)).steps(question, history, scope)

    def pen(self) -> Pen | None:
        return self.pens.pen() if self.pens else None


@dataclass(frozen=True, slots=True)
class Place:
    """A tab. ``build`` draws it; ``held`` changes whenever the library does."""

    id: str
    label: str
    build: Callable[[Desk, gr.State], None]


def pane(**settings: Any) -> gr.HTML:
    return gr.HTML(js_on_load=FORWARD, apply_default_css=False, **settings)


def reader(request: gr.Request) -> str:
    """Who is logged in, "" where nobody has to."""
    return str(getattr(request, "username", None) or "")


def clicked(event: gr.EventData) -> dict[str, str]:
    """The data-* of what was clicked, and the fields of a form; it comes from outside."""
    data = event._data if isinstance(event._data, dict) else {}
    return {str(key): str(value) for key, value in data.items()}

"""Where a click in 起草 leads. It comes from outside: nothing in it is taken on trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.app import draft_acts
from assistant.app.draft_acts import Data, Done
from assistant.app.draft_view import Outputs, after, based, outputs, penned, put_down
from assistant.app.drafting import Session
from assistant.app.panes import Desk
from assistant.app.render import draft as show
from assistant.draft.work import Work
from index.drafts import remove_draft
from index.store import Store

Act = Callable[[Store, Session, Work, Data, str], Done]
CHANGING: dict[str, Act] = {
    "fill": draft_acts.fill,
    "reword": draft_acts.reword,
    "confirm": draft_acts.confirm,
    "drop": draft_acts.drop,
    "letter": draft_acts.letter,
    "renumber": draft_acts.renumber,
    "note": draft_acts.note,
}


def looked(desk: Desk, session: Session, data: dict[str, str], who: str) -> Outputs:
    act, work, store = data.get("act", ""), session.work, desk.library.store
    if act in ("ask-remove", "remove"):
        return removed(desk, session, data, who)
    if work is None:
        return outputs(session)
    if act in CHANGING:
        done = CHANGING[act](store, session, work, data, who)
        assert done.session.work is not None
        if done.session.editing is not None:  # not taken yet: only the form has something to say
            return penned(done.session, done.session.work, desk)
        return after(done.session, done.session.work, done.words, done.problem, desk)
    match act:
        case "edit" | "add":
            return penned(draft_acts.edit(session, work, data).session, work, desk)
        case "cancel":
            return outputs(replace(session, editing=None), editor="")
        case "versions":
            done = draft_acts.compare(store, session, data)
            return after(done.session, work, done.words, done.problem, desk)
        case "back":
            return after(replace(session, pair=None), work, "", False, desk)
        case "shelf":
            return put_down(session, desk)
    return shown(desk, session, work, data)


def shown(desk: Desk, session: Session, work: Work, data: dict[str, str]) -> Outputs:
    """The upper clause of a paragraph, one that is named, or none."""
    match data.get("act"):
        case "open" if "place" in data:
            session = replace(session, place=data["place"])
            return outputs(session, source=based(desk, session, work, ""))
        case "open" | "clause":
            clause_id = data.get("clause", "")
            return outputs(session, source=based(desk, session, work, clause_id, data))
        case "close":
            return outputs(session, source=show.NO_SOURCE)
    return outputs(session)


def removed(desk: Desk, session: Session, data: dict[str, str], who: str) -> Outputs:
    """A draft leaves the list when its removal has been asked for twice."""
    number = data.get("draft", "")
    if not number.isdecimal():
        return outputs(session)
    if data.get("act") == "remove":
        remove_draft(desk.library.store, int(number), who)
        return put_down(session, desk)
    return put_down(session, desk, asked=int(number))

"""Planted errors: what is spoilt is spoilt as said, what is clean is told whole, from one seed."""

from __future__ import annotations

import random
from functools import cache

import pytest

from assistant.check.requirements import requirements
from evals.bundled import DOCUMENTS, parsed
from evals.county_text import SHAPES, Told, as_table, by_year, faithful
from evals.planted import DRAFTED, WAYS, Mutant, Planter
from evals.spoil_bodies import swap_lead
from evals.spoil_figures import higher_bar, lower_rate
from evals.spoil_times import drop_time, later
from index.parse import parse
from index.types import Parsed
from tests.checking import plan

NAME = "huanggang-2021"


@cache
def upper() -> Parsed:
    return parsed(DOCUMENTS / f"{NAME}.md")


def drafts(seed: int = 1) -> list[Mutant]:
    return Planter(seed).mutants(upper(), (), 1)


def test_the_same_seed_plants_the_same_errors() -> None:
    assert drafts() == drafts()
    assert drafts() != drafts(2)


def test_every_shape_is_told_and_no_task_is_both_spoilt_and_clean() -> None:
    found = drafts()
    assert {mutant.shape for mutant in found} == {*SHAPES, DRAFTED}
    for mutant in found:
        assert mutant.planted
        assert not {error.clause for error in mutant.planted} & set(mutant.clean)


def test_rare_kinds_come_before_common_ones() -> None:
    planter = Planter(1)
    planter.mutants(upper(), (), 2)
    figures = {"降比率", "每年改累计", "删指标"}
    assert all(planter.used[kind] for kind in figures)
    assert set(planter.used) <= set(WAYS)
    assert planter.used["删单位"] < sum(planter.used.values()) / 4


@pytest.mark.parametrize("shape", SHAPES)
def test_a_faithful_draft_keeps_every_figure_of_the_plan(shape: str) -> None:
    wanted = requirements(upper(), ())
    text = SHAPES[shape]([faithful(one, 2017) for one in wanted]).text
    figures = [t.quote for one in wanted for t in one.task.targets]
    kept = [quote for quote in figures if quote[-6:].rstrip("。；") in text]
    assert len(kept) > 0.9 * len(figures)


def test_a_table_is_read_as_rows() -> None:
    told = [faithful(one, 2017) for one in requirements(upper(), ())]
    read = parse(as_table(told), "draft", "draft")
    assert sum(clause.kind == "row" for clause in read.clauses) == len(told)


def test_a_year_moves_from_the_sentence_to_its_chapter() -> None:
    told = Told(("a",), ("到2020年，建成平台5个。",), ("县经信局",))
    text = by_year([told]).text
    assert "一、2020年底前完成的工作\n1．建成平台5个。" in text
    fixed = Told(("a",), ("到2020年，建成平台5个。",), (), movable=False)
    assert "到2020年，建成平台5个。" in by_year([fixed]).text


def spoilt(way, clause: str):  # type: ignore[no-untyped-def]
    wanted = requirements(plan(), ())
    one = next(r for r in wanted if r.task.clause_id.endswith(clause))
    return way(one.task, faithful(one, 2017), random.Random(1))


def test_figures_and_times_are_changed_where_they_stand() -> None:
    told, was = spoilt(lower_rate, "/一")
    assert was == "16%" and "下降12.8%" in told.sentences[0]
    told, was = spoilt(later, "/二/(一)/1")
    assert was == "2025" and "到2026年" in "".join(told.sentences) and not told.movable
    told, was = spoilt(drop_time, "/二/(三)/1")
    assert was == "2023年底前，" and "2023" not in "".join(told.sentences)


def test_a_bar_is_raised_only_where_it_is_no_target() -> None:
    assert spoilt(higher_bar, "/二/(二)/1") is None


def test_the_lead_changes_places_with_the_next() -> None:
    told, was = spoilt(swap_lead, "/二/(一)/1")
    assert was == "省水利厅" and told.units == ("县农业农村局", "县水利局")

"""Force and families: what texts say of themselves and of each other, and what follows from it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.app.render.library import Preview, library_html, preview_html
from assistant.holdings import holdings
from index.force import own
from index.ingest import ingest
from index.library import Library, open_library
from index.parse import parse
from index.read.assemble import assemble
from index.standing import as_of, family, interpretations, standings
from index.types import Document

TODAY = date(2026, 6, 1)


def document(name: str, *lines: str) -> Document:
    return parse(assemble(lines), name, name).document


OLD = document(
    "old",
    "梅岭市人民政府办公室关于印发梅岭市技改补助办法的通知",
    "梅政办发〔2019〕12号",
    "各县(区)人民政府：",
    "现印发给你们，请认真执行。",
    "2019年3月1日",
)


def newer(sentence: str, title: str = "梅岭市企业技改补助管理办法") -> Document:
    return document(
        "new",
        f"梅岭市人民政府关于印发{title}的通知",
        "梅政发〔2025〕8号",
        "各县(区)人民政府：",
        "现印发给你们，请认真执行。",
        "2025年1月10日",
        title,
        "第一条 为支持企业技改，制定本办法。",
        f"第二条 {sentence}",
    )


@pytest.mark.parametrize(
    ("sentence", "start", "until"),
    [
        ("本办法自2025年2月1日起施行，有效期5年。", "2025-02-01", "2030-01-31"),
        ("本办法自印发之日起施行，有效期三年。", "2025-01-10", "2028-01-09"),
        ("本办法自印发之日起30日后施行。", "2025-02-09", None),
        ("本通知自公布之日起执行，有效期至2027年12月31日。", "2025-01-10", "2027-12-31"),
        ("自2024年2月29日起实施，有效期1年。", "2024-02-29", "2025-02-28"),
        ("省级新条例自2024年1月1日起施行后，各县要对照修改。", None, None),
        ("补贴自2025年1月1日起发放。", None, None),
    ],
)
def test_the_term_of_a_document(sentence: str, start: str | None, until: str | None):
    found = newer(sentence)
    assert (found.in_force, found.until) == (start, until)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("本办法自印发之日起施行。《梅岭市技改补助办法》同时废止。", "废止"),
        (
            "本办法自印发之日起施行，原《梅岭市技改补助办法》(梅政办发〔2019〕12号)同时废止。",
            "废止",
        ),
        ("废止《梅岭市技改补助办法》。", "废止"),
        ("本办法替代《梅岭市技改补助办法》。", "替代"),
        ("《梅岭市技改补助办法》由本办法代替。", "替代"),
        ("对《梅岭市技改补助办法》作如下修改：将第三条删去。", "修改"),
        ("根据《梅岭市技改补助办法》，此前的标准同时废止。", None),
        ("《梅岭市技改补助办法》没有废止。", None),
        ("建议废止《梅岭市技改补助办法》。", None),
        ("要落实《梅岭市技改补助办法》。", None),
    ],
)
def test_what_one_document_does_to_another(sentence: str, kind: str | None):
    new = newer(sentence)
    assert [change.kind for change in new.changes] == ([kind] if kind else [])
    assert all(change.span.of(new.text) in new.text for change in new.changes)
    found = standings([OLD, new], TODAY)["old"]
    status = {"废止": "废止", "替代": "被替代"}.get(kind or "", "未注明")
    assert found.status == status
    assert found.by is (new if kind else None)


def test_a_number_that_belongs_to_another_document_does_not_match():
    new = newer("《梅岭市技改补助办法》（梅政办发〔2015〕3号）同时废止。")
    assert standings([OLD, new], TODAY)["old"].status == "未注明"


def test_a_decision_lists_what_it_repeals_and_what_it_keeps():
    decision = document(
        "list",
        "梅岭市人民政府关于废止和继续有效行政规范性文件的决定",
        "一、废止的文件",
        "1．《梅岭市技改补助办法》（梅政办发〔2019〕12号）",
        "二、继续有效的文件",
        "1．《梅岭市节水办法》（梅政办发〔2020〕2号）",
    )
    assert [(change.kind, change.title) for change in decision.changes] == [
        ("废止", "梅岭市技改补助办法")
    ]


def test_what_has_not_begun_changes_nothing_yet():
    new = newer("本办法自2026年9月1日起施行，《梅岭市技改补助办法》同时废止。")
    assert standings([OLD, new], TODAY)["old"].status == "未注明"
    assert standings([OLD, new], date(2026, 9, 1))["old"].status == "废止"
    assert "尚未施行" in standings([OLD, new], TODAY)["new"].note


def test_a_term_ends_by_itself():
    new = newer("本办法自2025年2月1日起施行，有效期1年。")
    before, after = as_of([new], date(2026, 1, 31))[0], as_of([new], date(2026, 2, 1))[0]
    assert (before.status, after.status) == ("现行", "失效")
    assert after.status_note == "有效期至2026年1月31日，已满"


def test_an_older_document_does_not_repeal_a_newer_one():
    old = document(
        "older",
        "梅岭市人民政府关于印发梅岭市企业技改补助管理办法的通知",
        "《梅岭市企业技改补助管理办法》同时废止。",
        "2010年1月1日",
    )
    new = newer("本办法自印发之日起施行。")
    assert standings([old, new], TODAY)["new"].status != "废止"


def test_a_draft_for_comment_repeals_nothing():
    draft = newer("《梅岭市技改补助办法》同时废止。", "梅岭市企业技改补助管理办法（征求意见稿）")
    assert draft.status == "征求意见"
    assert standings([OLD, draft], TODAY)["old"].status == "未注明"


@pytest.mark.parametrize(
    "title",
    [
        "《梅岭市技改补助办法》政策解读",
        "梅岭市技改补助办法解读",
        "关于《梅岭市技改补助办法》的解读",
        "政策解读：梅岭市技改补助办法政策解读",
    ],
)
def test_an_interpretation_is_linked_to_its_policy(title: str):
    reading = document("jd", title, "一、制定背景", "为支持企业，制定了办法。")
    assert reading.kind == "解读"
    assert interpretations([OLD, reading], OLD) == [reading]
    assert own("", "梅岭市技改补助办法", None).interprets == ()


def test_an_interpretation_in_the_same_file_stands_apart_and_asks_nothing():
    parsed = parse(
        assemble(
            [
                "梅岭市人民政府办公室关于印发梅岭市技改实施方案的通知",
                "梅政办发〔2019〕12号",
                "各县(区)人民政府：",
                "现印发给你们，请认真执行。",
                "2019年3月1日",
                "梅岭市技改实施方案",
                "一、工作目标",
                "到2025年，完成技改项目50个。",
                "《梅岭市技改实施方案》政策解读",
                "一、制定背景",
                "到2025年，完成技改项目50个。",
            ]
        ),
        "plan",
        "plan",
    )
    assert {"plan/一", "plan/解读", "plan/解读/一"} <= {clause.id for clause in parsed.clauses}
    assert [task.clause_id for task in parsed.tasks] == ["plan/一"]
    assert parsed.document.kind == "实施方案"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    files = {
        "老办法": [
            "梅岭市人民政府办公室关于印发梅岭市技改补助办法的通知",
            "梅政办发〔2019〕12号",
            "各县(区)人民政府：",
            "现印发给你们，请认真执行。",
            "2019年3月1日",
            "梅岭市技改补助办法",
            "第一条 到2027年，市级技改补助资金不低于800万元。",
            "第二条 对技改项目按设备投资额的5%给予补助。",
        ],
        "新办法": [
            "梅岭市人民政府办公室关于印发梅岭市企业技改补助管理办法的通知",
            "梅政办发〔2025〕3号",
            "各县(区)人民政府：",
            "现印发给你们，请认真执行。",
            "2025年1月10日",
            "梅岭市企业技改补助管理办法",
            "第一条 到2027年，市级技改补助资金不低于900万元。",
            "第二条 本办法自印发之日起施行，《梅岭市技改补助办法》同时废止。",
        ],
    }
    for name, lines in files.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    opened = open_library(tmp_path / "store", encoder=None)
    ingest(sorted(tmp_path.glob("*.txt")), opened.store, None)
    yield opened
    opened.close()


def test_answers_prefer_what_is_in_force(library: Library):
    given = answer("梅岭市2027年市级技改补助资金要多少", library)
    assert given.status == "answered"
    assert "900万元" in given.text and "800万元" not in given.text


def test_an_answer_from_what_was_repealed_says_so_and_by_what(library: Library):
    given = answer("梅岭市技改项目的补助比例是百分之几", library)
    assert "5%" in given.text
    assert any("已废止" in note and "企业技改补助管理办法" in note for note in given.notes)


def test_whether_a_document_is_in_force_is_answered_from_the_other_one(library: Library):
    given = answer("《梅岭市技改补助办法》还有效吗", library)
    assert given.citations[0].document_id == "新办法"
    assert "同时废止" in given.citations[0].quote


def test_the_library_tab_shows_the_standing(library: Library):
    shown = library_html(holdings(library), "")
    assert "废止" in shown
    assert library.document("老办法").status == "废止"
    library.store.remove(["新办法"])
    assert library.document("老办法").status == "未注明"


def test_the_family_of_a_document_is_one_click_away(library: Library):
    documents = library.documents()
    old, new = library.document("老办法"), library.document("新办法")
    assert [(kin.relation, kin.document.id) for kin in family(documents, old)] == [
        ("废止本文件", "新办法")
    ]
    assert [(kin.relation, kin.document.id) for kin in family(documents, new)] == [
        ("本文件废止", "老办法")
    ]
    shown = preview_html(Preview(old, library.clauses("老办法"), (), family=family(documents, old)))
    assert "废止本文件" in shown and 'data-row="新办法"' in shown
    reading = document("jd", "《梅岭市技改补助办法》政策解读", "一、背景", "为支持企业制定。")
    assert [kin.relation for kin in family([old, reading], reading)] == ["解读的政策"]
    assert [kin.relation for kin in family([old, reading], old)] == ["政策解读"]

"""What is rendered says what the values say: escaped, in place, to the character."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app.render import address, paper
from assistant.app.render.answer import Turn, line_html, transcript_html
from assistant.app.render.bar import topbar_html
from assistant.app.render.library import Preview, Upload, library_html, preview_html, uploads_html
from assistant.app.render.paper import SourceView, source_html
from assistant.holdings import Holding
from assistant.types import Answer, Citation, Nearest, Withheld, cite
from index.types import Agency, Clause, Document, Span, Table, Target, Task

TAGS = set(
    "article header div section nav ol ul li p h1 h2 h3 h4 b i small strong span button a svg path "
    "mark table colgroup col thead tbody tr th td footer details summary dl dt dd form input label "
    "progress".split()
)
NAMES = set(
    "class style title tabindex role href download d viewbox aria-hidden aria-label aria-current "
    "aria-pressed id name for type maxlength autocomplete placeholder max value open "
    "disabled".split()
)
HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "</p><script>x()</script>",
    "'\"><b onclick=y>",
    "&lt;",
]
words = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40),
    st.sampled_from(HOSTILE),
)


class Read(HTMLParser):
    """Reads markup back as a browser would: tags, attribute names, text, marked text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._marking = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))
        self._marking = self._marking or tag == "mark"

    def handle_endtag(self, tag):
        self._marking = self._marking and tag != "mark"

    def handle_data(self, data):
        self.text += data
        if self._marking:
            self.marked.append(data)

    def foreign(self) -> Iterator[str]:
        for tag, attrs in self.tags:
            if tag not in TAGS:
                yield tag
            for name, value in attrs:
                ours = name in NAMES or name.startswith("data-")
                if not ours or (name == "href" and not str(value).startswith(("api/", "logout"))):
                    yield f"{tag}[{name}={value}]"

    def data(self, name: str) -> list[str | None]:
        return [value for _, attrs in self.tags for key, value in attrs if key == f"data-{name}"]


def document(text: str, **given) -> Document:
    facts = dict.fromkeys(("doc_no", "issuer", "date"))
    base = {
        "id": "d",
        "title": "标题",
        "level": "city",
        "region": "某市",
        "implements": (),
        "status": "未注明",
        "status_note": "",
        "kind": "正式文件",
        **facts,
    }
    return Document(**{**base, **given}, text=text)


def clause(document: Document, start: int, end: int, **given) -> Clause:
    base = {"id": "d/一", "parent": None, "kind": "section", "number": "一", "heading": None}
    span = Span(start, end)
    return Clause(
        **{**base, **given},
        document_id=document.id,
        path=("一",),
        spans=(span,),
        text=span.of(document.text),
    )


def hostile_document(word: str) -> tuple[Document, Clause, Task]:
    text = f"{word}。后面还有话"
    held = document(
        text,
        title=word,
        doc_no=word,
        issuer=word,
        date=word,
        region=word,
        status_note=word,
        kind="摘编",
    )
    one = clause(held, 0, len(text), id=f"d/{word}", heading=word)
    where = Span(0, 1)
    target = Target(word, ">=", 1.0, word, word, "total", word, where)
    task = Task(
        one.id,
        one.path,
        "task",
        word,
        word,
        (Agency(word, "lead", where),),
        (target,),
        (),
        (),
        "applies",
        "",
    )
    return held, one, task


def everything(word: str) -> list[str]:
    """Every renderer, fed with ``word`` in every field that outside text can reach."""
    held, one, task = hostile_document(word)
    cited = cite(held, one, Span(0, len(word)))
    near = Nearest(held.id, word, one.id, word, cited.span)
    answer = Answer(
        word, "partial", f"{word}[1]", (cited,), (Withheld(word, word),), (near,), (word,)
    )
    turns = [
        Turn(word, answer),
        Turn(word),
        Turn(word, problem=word),
        Turn(word, answer, "", "wrong"),
    ]
    row = Holding(held, 1, 1, 0, 1)
    return [
        transcript_html(turns, {held.id: held}, ()),
        transcript_html(turns, {}, ()),
        transcript_html([], {}, [(word, word)]),
        source_html(SourceView(held, one, (one,), one, one, cited.span)),
        source_html(SourceView(held, one, (one,), one, one, cited.span, (one,), 2020)),
        library_html([row], "", f"{word}无"),
        library_html([row], held.id),
        library_html([row], "", encoding=False),
        preview_html(Preview(held, [one], [task])),
        preview_html(Preview(held, [one], [task], "text", confirming=True)),
        uploads_html([Upload(word, word), Upload(word, word, problem=word)]),
        topbar_html(1, word, word),
    ]


@given(words)
def test_outside_text_never_becomes_markup(word):
    for html in everything(word):
        assert list(Read(html).foreign()) == []


@pytest.mark.parametrize("word", HOSTILE)
def test_outside_text_is_shown_as_it_is(word):
    shown = [Read(html).text for html in everything(word)]
    assert all(word in text for text in shown)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60), st.data())
def test_exactly_the_quoted_characters_are_marked(text, data):
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    held = document(text)
    one = clause(held, 0, len(text))
    marked = "".join(Read(paper.clause_html(held, one, Span(start, end))).marked)
    shown = [
        at for line in paper.lines(text, Span(0, len(text))) for at in range(line.start, line.end)
    ]
    expected = "".join(text[at] for at in shown if start <= at < end)
    assert marked.replace("\r", "\n") == expected.replace("\r", "\n")


def test_a_mark_through_the_heading_marks_both_sides():
    held = document("一、主要目标。到2020年达到70%。")
    one = clause(held, 0, len(held.text), heading="主要目标")
    html = paper.clause_html(held, one, Span(2, 12))
    assert "".join(Read(html).marked) == held.text[2:12]
    assert '<b class="paper__lead">一、</b>' in html


def test_only_the_spans_of_the_clause_are_shown():
    held = document("一、总则\n1. 别人的话\n责任单位：市工信局")
    last = held.text.index("责任单位")
    spans = (Span(0, 4), Span(last, len(held.text)))
    one = Clause("d/一", "d", None, "section", "一", None, ("一",), spans, "")
    assert Read(paper.clause_html(held, one)).text == "一、总则责任单位：市工信局"


def test_a_row_of_a_table_is_shown_with_its_headings():
    text = "指标\t\t目标\n研发\t投入\t1.5%"
    grid = Table((Span(0, 6), Span(7, 17)))
    held = document(text, tables=(grid,))
    one = clause(held, 7, len(text), kind="row")
    at = text.index("1.5%")
    read = Read(paper.clause_html(held, one, Span(at, at + 4)))
    assert [tag for tag, _ in read.tags if tag in ("th", "td")] == ["th", "td"] * 3
    assert read.marked == ["1.5%"]
    assert read.text == "指标研发投入目标1.5%"


def test_merged_headings_are_said_once():
    text = "年份\t目标\t目标\n年份\t合计\t目标\n2020\t70%\t8家"
    first, second = text.index("\n"), text.rindex("\n")
    grid = Table((Span(0, first), Span(first + 1, second), Span(second + 1, len(text))), 2)
    held = document(text, tables=(grid,))
    one = clause(held, second + 1, len(text), kind="row")
    assert Read(paper.clause_html(held, one)).text == "年份2020目标 合计70%目标8家"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=50))
def test_a_line_with_marks_keeps_every_other_character(line):
    citation = Citation("d", "标题", None, "d/一", Span(0, 1), "字")
    read = Read(line_html(line, [citation], "k"))
    assert read.text == line.replace("[1]", "1")


def test_marks_open_what_they_cite_and_unknown_ones_stay_text():
    held = document("甲乙丙丁")
    one = clause(held, 0, 4)
    cited = cite(held, one, Span(1, 3))
    answer = Answer("问", "answered", "先[1]后[2]。", (cited,))
    read = Read(transcript_html([Turn("问", answer)], {"d": held}, ()))
    assert "后[2]" in read.text
    assert set(zip(read.data("start"), read.data("end"), strict=True)) == {("1", "3")}
    assert set(read.data("clause")) == {"d/一"}


def test_a_decline_calls_the_nearest_no_answer():
    near = Nearest("d", "标题", "d/一", "字", Span(0, 1))
    answer = Answer("问", "declined", "没有写", (), nearest=(near,))
    html = transcript_html([Turn("问", answer)], {}, ())
    assert "不是答案" in html and "未收录" in html and "answer--declined" in html


def test_digests_are_marked_wherever_they_are_quoted():
    held = document("甲乙", kind="摘编")
    one = clause(held, 0, 2)
    cited = cite(held, one, Span(0, 2))
    answer = Answer("问", "answered", "甲[1]", (cited,))
    copied = Read(transcript_html([Turn("问", answer)], {"d": held}, ())).data("text")
    assert "摘编，非原文" in source_html(SourceView(held, one))
    assert all("摘编，非原文" in str(text) for text in copied) and copied
    original = document("甲乙")
    assert "摘编" not in source_html(SourceView(original, one))


@pytest.mark.parametrize(
    ("clause_id", "shown", "written"),
    [
        ("d/一/(三)/—2", "一 › （三） › 第2点", "第一部分（三）第2点"),
        ("d/P4/二/(一)", "方案4 › 二 › （一）", "方案4第二部分（一）"),
        ("d/第三条/(二)", "第三条 › （二）", "第三条（二）"),
        ("d/一~2", "一（第2处）", "一（第2处）"),
        ("d/附件2/T1/R3", "附件2 › 表1 › 第3行", "附件2表1第3行"),
    ],
)
def test_addresses_read_as_an_office_writes_them(clause_id, shown, written):
    assert address.shown("d", clause_id) == shown
    assert address.written("d", clause_id) == written


def test_a_title_inside_title_marks_takes_single_ones():
    found = address.reference("关于印发《办法》的通知", "某府〔2020〕1号", "第三条", "引文", False)
    assert found == "《关于印发〈办法〉的通知》（某府〔2020〕1号）第三条：“引文”"


def test_progress_says_how_far_it_is_and_what_is_off():
    held = document("字")
    assert "50%" in library_html([Holding(held, 1, 0, 1, 2)], "")
    assert "已完成" in library_html([Holding(held, 1, 0, 2, 2)], "")
    assert "未启用" in library_html([Holding(held, 1, 0, 0, 2)], "", encoding=False)

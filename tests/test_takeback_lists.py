"""Lists, definitions and code keep their places when what stands before them goes, moves or comes between."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from lxml import etree

from pressout.revision.takeback import take_back
from roundtrip.editor import (
    BODY,
    Editor,
    W,
    cut,
    delete_run,
    edited,
    insert_run,
    mark,
    new_paragraph,
    run_like,
    stories,
    text_of,
    words,
)
from roundtrip.edits import carry, delete_paragraph, make_heading
from roundtrip.trial import written

Act = Callable[[Editor], None]


def found(editor: Editor, says: str) -> etree._Element:
    """The paragraph that begins with these words."""
    return next(each for each in editor.stories[BODY].iter(f"{W}p") if text_of(each).startswith(says))


def gone(says: str) -> Act:
    def act(editor: Editor) -> None:
        assert delete_paragraph(editor, found(editor, says))

    return act


def moved(says: str, behind: str) -> Act:
    return lambda editor: carry(editor, found(editor, says), found(editor, behind))


def heading(says: str) -> Act:
    def act(editor: Editor) -> None:
        assert make_heading(editor, found(editor, says))

    return act


def added(says: str, behind: str, style: str = "BodyText") -> Act:
    def act(editor: Editor) -> None:
        new, wrapper = new_paragraph(None), editor.change("ins")
        etree.SubElement(etree.SubElement(new, f"{W}pPr"), f"{W}pStyle", {f"{W}val": style})
        wrapper.append(run_like(None, says))
        new.append(wrapper)
        mark(editor, new, "ins")
        found(editor, behind).addnext(new)

    return act


def typed(word: str, new: str) -> Act:
    """A word taken out, and another put in its place where there is one."""

    def act(editor: Editor) -> None:
        each = next(
            (run, start, end)
            for paragraph in editor.paragraphs
            for run, start, end in words(paragraph)
            if text_of(run)[start:end] == word
        )
        run = cut(*each)
        if new:
            insert_run(editor, run, new)
        delete_run(editor, run)

    return act


def taken(text: str, *acts: Act) -> str:
    """What comes home, all of it applied."""
    sent = written(f"{text}\n")
    editor = Editor(stories(sent.sent), random.Random(0))
    for act in acts:
        act(editor)
    outcome = take_back(edited(sent.sent, editor), sent.base)
    assert outcome.count("refused") == 0, outcome.changes
    return outcome.text.removesuffix("\n")


WRITTEN = "Words.\n\n<table><tr><td><p>one &lt;i&gt;&amp;</p></td></tr></table>"
END = "\n\nEnd."


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("Start.\n\n- one\n  - deep\n- two", [gone("one")], "Start.\n\n- deep\n- two"),
        ("1. count\n\n- one\n  - deep\n- two", [gone("one")], "1. count\n\n   - deep\n- two"),
        ("- one\n  - deep\n- two\n- three", [moved("one", "three")], "- deep\n- two\n- three\n- one"),
        ("- one\n  - deep\n- two", [added("Between.", "one")], "- one\n\nBetween.\n\n- deep\n- two"),
        ("- one\n  - deep\n- two", [moved("two", "one")], "- one\n- two\n  - deep"),
    ],
)
def test_an_item_without_its_parent(text: str, acts: list[Act], wanted: str) -> None:
    assert taken(text + END, *acts) == wanted + END


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("1. one\n2. two\n3. three", [gone("one")], "1. two\n3. three"),
        ("5. one\n6. two\n7. three", [gone("one"), gone("two")], "5. three"),
        ("1. one\n2. two\n3. three", [moved("one", "three")], "1. two\n3. three\n4. one"),
        ("1. one\n2. two\n3. three", [gone("two")], "1. one\n3. three"),
        ("1. one\n2. two\n3. three", [added("Between.", "two")], "1. one\n2. two\n\nBetween.\n\n3. three"),
    ],
)
def test_a_counted_list_counts_from_where_it_did(text: str, acts: list[Act], wanted: str) -> None:
    """What Word counts anew is numbered anew only where the list begins: there Markdown would count on from the number."""
    assert taken(text + END, *acts) == wanted + END


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("Start.\n\n- one\n\n  more\n\n- two", [gone("one")], "Start.\n\nmore\n\n- two"),
        ("Start.\n\n- one\n\n  more\n\n- two", [moved("one", "two")], "Start.\n\nmore\n\n- two\n\n- one"),
        ("- one\n\n- two\n\n  more", [gone("two")], "- one\n\n  more"),
        ("1. one\n\n- two\n\n  more", [gone("two")], "1. one\n\n   more"),
        ("- one\n\n  more", [added("Between.", "one")], "- one\n\nBetween.\n\nmore"),
        ("- one\n\n  more", [added("Still more.", "more", "ListContinue")], "- one\n\n  more\n\n  Still more."),
    ],
)
def test_a_paragraph_without_its_item(text: str, acts: list[Act], wanted: str) -> None:
    """It goes on with the item before it, if there is one; else it is text."""
    assert taken(text + END, *acts) == wanted + END


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("Word\n: Meaning.", [gone("Meaning")], "Word\n: <!-- -->"),
        ("Word\n: First.\n\n    Second.", [gone("Second")], "Word\n: First."),
        ("Word\n: First.\n\nOther\n: Second.", [moved("First", "Second")], "Word\n: <!-- -->\n\nOther\n: Second.\n\n    First."),
        ("Word\n: First.\n\nOther\n: Second.", [moved("First", "Second"), gone("Second")], "Word\n: <!-- -->\n\nOther\n: First."),
        ("Word\n: First.\n\nOther\n: Second.", [gone("Second")], "Word\n: First.\n\nOther\n: <!-- -->"),
        ("Gone.\n\nWord\n: Meaning.", [gone("Gone"), typed("Word", "Sense")], "Sense\n: Meaning."),
        ("Start.\n\nWord\n: Meaning.", [typed("Word", ": colon")], "Start.\n\n\\: colon\n: Meaning."),
    ],
)
def test_what_a_term_means(text: str, acts: list[Act], wanted: str) -> None:
    """A term without a meaning has an empty comment for it, or it would be a line of text."""
    assert taken(text + END, *acts) == wanted + END


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("- one\n\nBetween.\n\n    code", [gone("Between")], "- one\n\n<!-- -->\n\n    code"),
        ("Start.\n\n> one\n>\n> two\n\nText.", [gone("one"), gone("two")], "Start.\n\nText."),
        ("Start.\n\n> [!NOTE]\n> Said.\n\nText.", [gone("Said"), heading("Text.")], "Start.\n\n> [!NOTE]\n\n## Text."),
        ("Words.\n\n> <i>\n> one two\n> </i>", [typed("one", "three")], "Words.\n\n> <i>\n> three two</i>"),
        ("- one\n\nBetween.\n\n- two", [gone("Between.")], "- one\n\n- two"),
        ("- one\n\n<!-- -->\n\nBetween.\n\n- two", [gone("Between.")], "- one\n\n<!-- -->\n\n- two"),
        ("    one\n\n> Between.\n\n    two\n", [gone("Between.")], "    one\n\n<!-- -->\n\n    two\n"),
        ("    one\n\nBetween.\n\n```\ntwo\n```\n", [gone("Between.")], "    one\n\n```\ntwo\n```\n"),
    ],
)
def test_blocks_beside_what_is_gone(text: str, acts: list[Act], wanted: str) -> None:
    assert taken(text + END, *acts) == wanted + END


@pytest.mark.parametrize(
    ("text", "acts", "wanted"),
    [
        ("See [two words].", [typed("words", "")], "See [two ](https://a.example)."),
        ("A `code word` here.", [typed("code", "a`b")], "A ``a`b word`` here."),
        ("A `code word` here.", [typed("code", "`b`")], "A `` `b` word `` here."),
        ("Start.\n\nHeading two\n-----------", [typed("Heading", ": colon")], "Start.\n\n\\: colon two\n-----------"),
        ("Words.\n\n<table><tr><td><p>one two</p></td></tr></table>", [typed("two", "<i>&")], WRITTEN),
        ('A "one two" and "three" b.', [typed("two”", "")], "A “one  and “three” b."),
    ],
)
def test_words_that_need_another_form(text: str, acts: list[Act], wanted: str) -> None:
    tail = f"{END}\n\n[two words]: https://a.example"
    assert taken(text + tail, *acts) == wanted + tail

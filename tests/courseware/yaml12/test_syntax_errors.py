"""Each mistake that trainers make in YAML has its own sentence, its place and its remedy."""

from __future__ import annotations

import pytest

from courseware.yaml12.composer import read_document

QUOTES = "put the text in quotes, or under “|”"
LINE_UP = "give all keys of one thing the same indentation, in spaces"
MISSING = "put back the line that is missing above it"
FURTHER_IN = f"line it up with them, or {MISSING}; where it is part of a text, {QUOTES}"
CLOSE = f"close it; where it is part of a text, {QUOTES}"
NOTE = f"{QUOTES}; where it is a note to yourself, put two spaces before “#”"
LOST = "the text ends before “#”: what follows it is lost"
OPEN = "“[” begins a list or keys here, and they do not end as they should"
OTHER = "put the whole text in other quotes, or under “|”"

MISTAKES = {
    "a colon in text": ("ask: Remember: tell\n", "1:14", "a colon stands inside plain text", QUOTES),
    "a colon in an option": ("- right: I know: no\n", "1:16", "a colon stands inside plain text", QUOTES),
    "a hash in text": ("a: Room #4 is\n", "1:9", LOST, NOTE),
    "a note without spaces": ("a: 12 #about\n", "1:7", LOST, NOTE),
    "a hash in longer text": (
        "a: Room #4 is\n  the best\n",
        "1:9",
        LOST,
        NOTE,
    ),
    "text after a quote": ('a: "Don\'t" he said\n', "1:4", "the text goes on after its closing quote", OTHER),
    "a key after a quote": ("a: 'x': y\n", "1:4", "the text goes on after its closing quote", OTHER),
    "an apostrophe first": (
        "a: 'tis said\nb: c\n",
        "1:4",
        "the text begins with a quote (') that is never closed",
        "close it, or put the whole text under “|”",
    ),
    "a bracket first": (
        "a: [See page 4] for\n",
        "1:4",
        "the text begins with “[”, which begins a list or keys in YAML",
        QUOTES,
    ),
    "a brace first": (
        "a: {right: Yes}: x\n",
        "1:4",
        "the text begins with “{”, which begins a list or keys in YAML",
        QUOTES,
    ),
    "an open bracket": (
        "a: [See\nb: c\n",
        "1:4",
        "“[” begins a list or keys here, and they do not end as they should",
        CLOSE,
    ),
    "an at sign first": ("a: @home\n", "1:4", "text cannot begin with “@”", QUOTES),
    "a backtick first": ("a: `x`\n", "1:4", "text cannot begin with “`”", QUOTES),
    "a percent first": ("a: %5\n", "1:4", "text cannot begin with “%”", QUOTES),
    "emphasis first": ("a: *Always* tell\n", "1:4", "text cannot begin with “*”", QUOTES),
    "a star first": ("a: *Always\n", "1:4", "text cannot begin with “*”", QUOTES),
    "an ampersand first": ("a: & so\n", "1:4", "text cannot begin with “&”", QUOTES),
    "an entity first": ("a: &lt so\n", "1:4", "text cannot begin with “&”", QUOTES),
    "an exclamation first": ("a: !important\n", "1:4", "text cannot begin with “!”", QUOTES),
    "a closing brace first": ("a: }\n", "1:4", "text cannot begin with “}”", QUOTES),
    "a comma first": ("a: ,x\n", "1:4", "text cannot begin with “,”", QUOTES),
    "a question mark first": ("a: ? x\n", "1:4", "text cannot begin with “? ”", QUOTES),
    "a dash first": (
        "a: - x\n",
        "1:4",
        "“- ” begins a list item, and here text is wanted",
        f"{QUOTES}; a list starts on a new line",
    ),
    "a tab": ("a:\n\tb: c\n", "2:1", "a tab indents this line", "use spaces: YAML takes no tabs there"),
    "a tab in text": (
        "a: |\n\tx\n",
        "2:1",
        "a tab indents this line",
        "use spaces: YAML takes no tabs there",
    ),
    "a key too far in": (
        "a: x\n  b: c\n",
        "2:3",
        "“b:” does not line up with the keys above it, so it is read as part of the text before",
        FURTHER_IN,
    ),
    "a key between": (
        "a:\n  - b\n c: d\n",
        "3:2",
        "this line does not line up with those above it",
        f"{LINE_UP}; or {MISSING}",
    ),
    "a key among items": (
        "- a\nb: c\n",
        "2:1",
        "“b:” stands among the lines of a list and has no “- ” before it",
        "begin it with “- ”, or indent it below the key that it belongs to",
    ),
    "a text among items": (
        "a:\n  - b\n  c d\n  - e\n",
        "3:3",
        "“c d” stands among the lines of a list and has no “- ” before it",
        "begin it with “- ”, or indent it below the key that it belongs to",
    ),
    "a text that slipped out": (
        "a:\n  - b: |\n  Two things: c\n",
        "3:3",
        "“Two things:” stands among the lines of a list and has no “- ” before it",
        "begin it with “- ”, or indent it below the key that it belongs to",
    ),
    "a key between the dash and its keys": (
        "a:\n  - b:\n      - x\n   c: y\n",
        "4:4",
        "this line does not line up with those above it",
        LINE_UP,
    ),
    "no space after the dash of a list's first item": (
        'a:\n  -b: "x"\n    c: y\n  - b: z\n',
        "2:3",
        "“-” has no space after it",
        "write “- ” before each list item",
    ),
    "a text whose first line is further in": (
        "a:\n  - b: |\n      x\n     yes\n",
        "4:6",
        "this line does not line up with those above it",
        "indent it as far as the text it is part of",
    ),
    "a dash further in": (
        "a:\n- b: x\n  - b: y\n",
        "3:3",
        "this “- ” does not line up with the one above it",
        "give all lines of one list the same indentation, in spaces; a detail of the line above has no “- ”",
    ),
    "a dash a little further in": (
        "a:\n  - b: x\n   - b: y\n",
        "3:4",
        "this “- ” does not line up with the one above it",
        "give all lines of one list the same indentation, in spaces; a detail of the line above has no “- ”",
    ),
    "a list without its key": (
        "a: x\n  - b: y\n",
        "2:3",
        "a list begins here, and the key above it has its text already",
        f"{MISSING}, such as “script:”, or line it up with its list",
    ),
    "a quote closed by the next one": (
        """a:\n  - b: "x\n    c: y\n  - b: "z"\n""",
        "2:8",
        'the text begins with a quote (") that is closed on line 4 only, with more behind it',
        "close it where the text ends, or put the whole text under “|”",
    ),
    "a colon in curly quotes": (
        "a: “Note: b”\n",
        "1:9",
        "a colon stands inside plain text: a curly quote (“) is none to YAML",
        'put the text in straight quotes ("), or under “|”',
    ),
    "a line of text": (
        "a: x\nAnd so on\n",
        "2:1",
        "“And so on” is neither a key with a colon nor part of the text above",
        "begin it with a key and a colon; where it goes on with the text above, indent it further",
    ),
    "text beside the bar": (
        "a: | text here\n  x\n",
        "1:4",
        "“|” says that the text comes below, and there is text beside it",
        "move the text to the next line, indented; or put all of it in quotes",
    ),
    "a backslash": (
        'a: "C:\\dir"\n',
        "1:7",
        "a backslash in double quotes begins a code, and this is none",
        "put the text under “|”, or in single quotes",
    ),
    "a colour without quotes": ("a: {b: #12556A}\nc: d\n", "1:8", LOST, QUOTES),
    "a hash in a list": ("a: [b, Room #4]\nc: d\n", "1:13", LOST, NOTE),
    "an exclamation in a word": ("a: !stop!now\n", "1:4", "text cannot begin with “!”", QUOTES),
    "a colon in a list": ("a: {b: c:, d: e}\n", "1:9", "a colon stands inside plain text", QUOTES),
    "a percent at a line's start": ("a: b\n%c\n", "2:1", "text cannot begin with “%”", QUOTES),
    "a bracket at the end": ("a: b\nc: [\n", "2:4", OPEN, CLOSE),
    "no space after a colon": (
        "a: x\nteaches:greet\n",
        "2:1",
        "“teaches:” has no space after its colon",
        "write “teaches: greet”",
    ),
    "no space after the first colon": (
        "lesson:At the gate\nteaches: greet\n",
        "1:1",
        "“lesson:” has no space after its colon",
        "write “lesson: At the gate”",
    ),
    "a time of day above a key that does not line up": (
        "a: at\n  8:30\n  b: c\n",
        "3:3",
        "“b:” does not line up with the keys above it, so it is read as part of the text before",
        FURTHER_IN,
    ),
    "no space after the first dash": (
        "a:\n  -b: x\n  - b: y\n",
        "2:3",
        "“-” has no space after it",
        "write “- ” before each list item",
    ),
    "a list after a text": (
        "'a'\n- b\n",
        "2:1",
        "a list item stands where a key is wanted",
        f"{LINE_UP}; or {MISSING}",
    ),
    "a long dash first": (
        "a:\n  – b: x\n  - b: y\n",
        "2:3",
        "“–” begins no list item: it is not the hyphen of the keyboard",
        "write “- ”; some editors make long dashes of it",
    ),
    "no space after a dash": (
        "- a: x\n-b: y\n",
        "2:1",
        "“-” has no space after it",
        "write “- ” before each list item",
    ),
    "a long dash": (
        "- a: x\n– b: y\n",
        "2:1",
        "“–” begins no list item: it is not the hyphen of the keyboard",
        "write “- ”; some editors make long dashes of it",
    ),
    "a space from a web page": (
        "- a: x\n\u00a0 b: y\n- c: z\n",
        "2:1",
        "a space that is not an ordinary one (U+00A0) indents this line",
        "delete the spaces before the text, and type them anew",
    ),
    "a second document": (
        "a: b\n---\nc: d\n",
        "2:1",
        "“---” begins a second document here",
        "remove it, or make what follows it a file of its own",
    ),
    "a merge key": (
        "<<: {a: b}\n",
        "1:1",
        "“<<” merges keys in YAML; a course writes each where it belongs",
        "write the keys out",
    ),
    "a key twice": (
        "a: x\nb: y\na: z\n",
        "3:1",
        "“a:” is here twice, first on line 1",
        "keep one of them, or put back a line that is missing above this one",
    ),
    "a list as key": (
        "[a]: b\n",
        "1:1",
        "a key is plain words, not a list or keys of its own",
        "put the text in quotes, or under “|”",
    ),
    "nothing": ("# to do\n", "1:1", "the file is empty", "write it, or remove it"),
    "an escape that ends a line to Markdown only": (
        'a: "b\\r---"\n',
        "1:4",
        "the text holds an escape for an invisible character",
        "leave the escape out",
    ),
    "an escape": (
        'a: "\\0"\n',
        "1:4",
        "the text holds an escape for an invisible character",
        "leave the escape out",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_has_its_sentence_its_place_and_its_remedy(mistake: tuple[str, str, str, str]) -> None:
    text, place, message, hint = mistake
    (problem,) = read_document("lesson.yaml", text.encode()).problems
    assert (str(problem.place), problem.message, problem.hint, problem.severity) == (
        f"lesson.yaml:{place}",
        message,
        hint,
        "error",
    )


def test_a_lost_line_between_two_of_a_kind_is_told_once() -> None:
    law = "    title: A\n    kind: law\n    in: [wales]\n"
    document = read_document("law.yaml", f"laws:\n  a:\n{law}{law}".encode())
    (problem,) = document.problems
    assert str(problem.place) == "law.yaml:6:5"
    assert problem.message == "“title:” is here twice, first on line 3, and 2 more keys after it"
    assert problem.hint == (
        "put back the line that is missing above it, a name with its colon; or keep one of each"
    )
    assert document.root is None


def test_a_key_written_often_is_told_once() -> None:
    (problem,) = read_document("x", b"b: 0\n" + b"a: 1\n" * 3).problems
    assert (str(problem.place), problem.message) == ("x:3:1", "“a:” is here twice, first on line 2")


def test_one_space_before_a_note_is_doubted_only_after_prose() -> None:
    assert not read_document("x", b"id: gate # never changes\nminutes: 5  # about\n").problems
    (problem,) = read_document("x", b"ask: Tick it # if so\n").problems
    assert problem.severity == "warning"
    assert problem.hint.endswith("put two spaces before “#”")


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (
            b"a: b\r\nc: don\x92t\r\n",
            "x:2:7",
            "the file is not saved as UTF-8; this character may be meant as “’”",
        ),
        ("a: b".encode("utf-16"), "x:1:1", "the file is saved as UTF-16"),
        (b"PK\x03\x04\x14", "x:1:1", "the file is a word processor's document, not plain text"),
        (b"{\\rtf1", "x:1:1", "the file is a word processor's document, not plain text"),
        ("a: é\nb: c\u2028d\n".encode(), "x:2:5", "an invisible character (U+2028) stands here"),
        (b"a: \x07\n", "x:1:4", "an invisible character (U+0007) stands here"),
        (
            b"a: " + b"b" * 4_000_000,
            "x:1:1",
            "the file has 4,000,003 bytes, more than the 4,000,000 that a file may have",
        ),
    ],
)
def test_a_file_that_is_no_utf_8_text_says_so(data: bytes, place: str, message: str) -> None:
    (problem,) = read_document("x", data).problems
    assert (str(problem.place), problem.message) == (place, message)
    assert problem.hint


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{a: "])
def test_deep_nesting_is_a_sentence(opening: str) -> None:
    document = read_document("x", opening.encode() * 200_000)
    assert document.root is None
    assert document.problems[-1].message == "this is nested more than 32 levels deep"


def test_aliases_cannot_unfold_into_gigabytes() -> None:
    laughs = b"a: &a [lol, lol]\n" + b"".join(b"b%d: &b%d [*a, *a, *a]\n" % (n, n) for n in range(50))
    assert all(problem.hint == QUOTES for problem in read_document("x", laughs).problems)

"""What breaks a rule across files is said with its place and its remedy."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.courseware.authoring import Author, Mistake, mistakes
from tests.courseware.sample_pages import rendered, sample


@pytest.mark.parametrize("mistake", mistakes("rules"), ids=str)
def test_a_broken_rule_is_named_with_its_place_and_its_remedy(author: Author, mistake: Mistake) -> None:
    author.change(mistake.file, mistake.before, mistake.after)
    assert author.problems() == mistake.said


def test_nothing_is_wrong_with_the_course_that_the_mistakes_are_made_in(author: Author) -> None:
    assert author.problems() == []


def test_rules_do_not_complain_of_what_could_not_be_read(author: Author) -> None:
    author.change("course/lessons/visitors.yaml", "script:", "skript:")
    author.change("course/quizzes/practice.yaml", "ask:", "aks:")
    assert [problem.split(": ")[2].split(" |")[0] for problem in author.problems()] == [
        "“skript:” is not a key of “lesson:”",
        "“aks:” is not a key of “no-badge:”",
    ]


LESSON, BANK, LAW = "course/lessons/visitors.yaml", "course/quizzes/practice.yaml", "law/school.yaml"
HTML = "HTML (“<b>”) is not taken in text"


@pytest.mark.parametrize(
    ("file", "changes", "said"),
    [
        (
            LESSON,
            {"contact: office": "kontact: office", "Ask for": "Ask <b>for</b>"},
            [HTML, "“kontact:” cannot stand under “script:”"],
        ),
        (LESSON, {"minutes: 5": "minutes: soon", "Ask for": "Ask <b>for</b>"}, ["“soon” is no", HTML]),
        (LESSON, {"minutes: 5": "minutes: soon", "no-badge": "nobody"}, ["“soon” is no", "no bank has"]),
        (LESSON, {"contact: office": "must: <b>Ask</b>."}, ["“must:” has no “by:”", HTML]),
        (LESSON, {"contact: office": "steps: [<b>Ask</b>., {a: b}]"}, [HTML, "“steps:” wants text"]),
        (LESSON, {"script:": "skript:", "Ask for": "Ask <b>for</b>"}, ["“skript:” is not a key", HTML]),
        (LESSON, {"contact: office": "kontact: office", "no-badge": "nobody"}, ["“kontact:”", "no bank has"]),
        (
            BANK,
            {"no-badge:": "no-badge: {}\n  other:", "right:": "wrong:"},
            ["no “ask:”", "none of the options"],
        ),
        (
            LAW,
            {"kind: guidance": "kind: advice", "s175": "s*175"},
            ["has “*” cannot be cited", "“advice” is not a value"],
        ),
        (BANK, {"ask: A": "aks: A <b>", "Let them": "Let <b>them"}, ["“aks:” is not a key", HTML]),
        (
            BANK,
            {
                "ask: A": "aks: A",
                "Let them": "Let <b>them",
                "questions:": "questions:\n  other: {ask: Who?, choose one: [right: You, wrong: I]}",
            },
            ["“aks:” is not a key", HTML],
        ),
    ],
)
def test_what_does_not_fit_hides_nothing_of_the_rest(
    author: Author, file: str, changes: dict[str, str], said: list[str]
) -> None:
    for before, after in changes.items():
        author.change(file, before, after)
    told = author.problems()
    assert [one for one, words in zip(told, said, strict=True) if words in one] == told


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "course: Gate",
            "corse: Gate",
            ["“corse:” is not a key", "no objective “gret”", "no contact “ofice”"],
        ),
        ("id: gate-duty\n", "", ["has no “id:”", "no objective “gret”", "no contact “ofice”"]),
        ("minutes: 12", "minutes: soon", ["“soon” is no", "no objective “gret”", "no contact “ofice”"]),
        (
            "in: [england]",
            "inn: [england]",
            ["“inn:” is not a key", "no objective “gret”", "no contact “ofice”"],
        ),
        (
            "as of: 2026",
            "as off: 2026",
            ["“as off:” is not a key", "no objective “gret”", "no contact “ofice”"],
        ),
        ("80%", "much", ["“much” is no", "no objective “gret”", "no contact “ofice”"]),
        ("lessons: [", "lesons: [", ["“lesons:” is not a key", "no objective “gret”", "no contact “ofice”"]),
        ("objectives:", "objectivs:", ["“objectivs:” is not a key", "no contact “ofice”"]),
        ("{office: The school office}", "[office]", ["“contacts:”", "no objective “gret”"]),
        ("  greet: Greet", "greet: <b>Greet", ["“greet:” is not a key"]),
    ],
)
def test_a_course_that_does_not_fit_hides_nothing_of_the_rest(
    author: Author, before: str, after: str, said: list[str]
) -> None:
    """What it lacks then is not missed anywhere: a name may be in what could not be read."""
    author.change("course/course.yaml", before, after)
    author.change(LESSON, "teaches: greet", "teaches: gret")
    author.change(LESSON, "contact: office", "contact: ofice")
    told = author.problems()
    assert [one for one, words in zip(told, said, strict=True) if words in one] == told


def test_nothing_is_missed_that_may_be_in_what_does_not_fit(author: Author) -> None:
    """A page whose only line is torn is not empty, and a question that is torn is there to be asked."""
    author.change(LESSON, "  - text: Ask", "  - txt: Ask")
    author.change(
        LESSON, "  - details: What if they will not say?\n    text: They", "  - page: Later\n  - txt: They"
    )
    author.change(BANK, "ask: A", "aks: A")
    assert [problem.split(": ")[2].split(" |")[0] for problem in author.problems()] == [
        "“txt:” cannot stand under “script:”",
        "“txt:” cannot stand under “script:”",
        "“aks:” is not a key of “no-badge:”",
    ]


def test_what_is_read_of_two_as_one_is_not_told_again_where_it_is_missed(author: Author) -> None:
    author.change("law/school.yaml", "  visitors:\n", "")
    author.change("course/quizzes/final.yaml", "  who:\n", "  where:\n")
    assert [problem.split(": ")[2].split(" |")[0] for problem in author.problems()] == [
        "“where:” is here twice, first on line 3",
        "“title:” is here twice, first on line 3, and 4 more keys after it",
    ]


def test_a_whole_percent_is_asked_for_in_scorm_12_only(author: Author) -> None:
    author.change("course/course.yaml", "pass: 80%", "pass: 66.5%")
    assert author.problems(formats=("scorm2004",)) == []


def test_kcsie_grows_old_in_september(author: Author) -> None:
    for file in ("law/school.yaml", "course/lessons/at-the-gate.yaml", "course/lessons/visitors.yaml"):
        text = (author.project / file).read_text(encoding="utf-8")
        text = text.replace("visitors", "kcsie").replace("Visitors to our school", "KCSIE 2025")
        author.write(file, text.replace("checked: 2026-11-01", "checked: 2026-08-20"))
    assert "September" not in " ".join(author.problems(today=date(2026, 8, 31)))
    (problem,) = author.found(today=date(2026, 11, 30))
    assert str(problem.place).endswith("law/school.yaml:11:12")
    assert problem.severity == "warning"
    assert problem.message == (
        "“KCSIE 2025” is older than 1 September 2026, when a new edition usually starts"
    )
    address = "https://www.example.org/kcsie\n    checked: "
    author.change("law/school.yaml", f"{address}2026-08-20", f"{address}2026-09-02")
    assert author.problems(today=date(2026, 11, 30)) == [], "somebody has looked since"


EDITIONS = """
  visitors-2025:
    title: Visitors to our school
    edition: "2025"
    kind: guidance
    in: [england]
    source: https://www.example.org/visitors
    checked: 2026-11-01
    in force from: 2025-09-01
    superseded by: visitors-2026
  visitors-2026:
    title: Visitors to our school
    edition: "2026"
    kind: guidance
    in: [england]
    source: https://www.example.org/visitors
    checked: 2026-11-01
    in force from: 2026-09-01
    superseded by: visitors-2027
  visitors-2027:
    title: Visitors to our school
    edition: "2027"
    kind: guidance
    in: [england]
    source: https://www.example.org/visitors
    checked: 2026-11-01
    in force from: 2027-09-01
"""


@pytest.mark.parametrize(
    ("cited", "today", "newest"),
    [
        ("visitors-2025", date(2026, 11, 24), "since 2026-09-01 by “Visitors to our school 2026”"),
        ("visitors-2025", date(2027, 9, 1), "since 2027-09-01 by “Visitors to our school 2027”"),
        ("visitors-2026", date(2026, 11, 24), None),
        ("visitors-2026", date(2027, 9, 1), "since 2027-09-01 by “Visitors to our school 2027”"),
    ],
)
def test_an_edition_is_superseded_from_the_day_on_which_the_next_is_in_force(
    author: Author, cited: str, today: date, newest: str | None
) -> None:
    author.change("law/school.yaml", "laws:\n", f"laws:{EDITIONS}")
    author.change("course/lessons/visitors.yaml", "[[visitors p2]]", f"[[{cited}]]")
    told = [problem for problem in author.found(today=today) if "superseded" in problem.message]
    assert [problem.message for problem in told] == (
        [f"“Visitors to our school {cited[-4:]}” has been superseded {newest}"] if newest else []
    )
    assert all(problem.keeps_draft and problem.severity == "warning" for problem in told)


ALIKE = (
    "nothing in this course depends on audience=staff jurisdiction=england language=en-GB, "
    "so the package differs from others in its name only"
)


@pytest.mark.parametrize(
    ("variant", "message"),
    [
        ({}, None),
        (
            {"audience": "staff", "jurisdiction": "england", "language": "en-GB"},
            ALIKE,
        ),
        ({"audience": "parents"}, "the course has no variant audience=parents"),
        ({"jurisdiction": "wales"}, "the course has no variant jurisdiction=wales"),
        ({"language": "cy"}, "the course has no variant language=cy"),
    ],
)
def test_a_variant_is_one_that_the_course_is_made_for(
    author: Author, variant: dict[str, str], message: str | None
) -> None:
    found = author.found(variant=variant)
    assert [problem.message for problem in found] == ([message] if message else [])
    assert all((problem.severity == "warning") == ("nothing" in problem.message) for problem in found)


def test_a_picture_is_what_its_ending_says_and_no_larger_than_a_page_can_bear(author: Author) -> None:
    author.write("course/media/gate.svg", b"\x89PNG\r\n\x1a\n")
    author.write("course/media/road.png", b"\x89PNG\r\n\x1a\n" + bytes(5_000_000))
    author.write("course/media/wall.bmp", b"BM")
    author.write("course/media/yard.PNG", b"\x89PNG\r\n\x1a\n")
    images = "".join(
        f"  - image: {name}\n    alt: A place\n" for name in ("road.png", "wall.bmp", "yard.PNG")
    )
    author.change("course/lessons/visitors.yaml", "script:\n", f"script:\n{images}")
    assert [problem.message for problem in author.found()] == [
        "“gate.svg” does not hold what its ending says",
        "“road.png” has 5.0 MB, more than the 5 MB of a picture",
        "“wall.bmp” is no picture that browsers show",
        "the ending of “yard.PNG” is in capitals",
    ]


def test_a_link_that_leads_nowhere_is_no_picture(author: Author) -> None:
    picture = author.course / "media/gate.svg"
    picture.unlink()
    picture.symlink_to("elsewhere.svg")
    assert [problem.message for problem in author.found()] == ["there is no media/gate.svg"]


def test_a_name_that_only_looks_like_the_file_s_is_told_as_that(author: Author) -> None:
    (author.course / "media/gate.svg").rename(author.course / "media/ga\u0302te.svg")
    author.change("course/lessons/at-the-gate.yaml", "gate.svg", "g\u00e2te.svg")
    (problem,) = author.found()
    assert problem.hint == (
        "the file's name has its accents as signs of their own: rename it, and leave them out"
    )


REREAD = "course/quizzes/final.yaml", "reread: visitors"


@pytest.mark.parametrize("title", ["If somebody runs", "if  somebody runs", "visitors"])
def test_a_way_back_is_a_page_by_its_title_or_a_lesson(author: Author, title: str) -> None:
    author.change(*REREAD, f"reread: {title}")
    assert author.problems() == []


def test_a_page_to_read_again_is_there(author: Author) -> None:
    author.change(*REREAD, "reread: If somebody run")
    (problem,) = author.found()
    assert problem.message == "the course has no lesson or page “If somebody run”"
    assert problem.hint == "did you mean “If somebody runs”?"


def test_a_page_to_read_again_is_one(author: Author) -> None:
    author.change(*REREAD, "reread: If somebody runs")
    author.change(
        "course/lessons/visitors.yaml", "script:\n", "script:\n  - page: If somebody runs\n  - text: Stay.\n"
    )
    (problem,) = author.found()
    assert problem.message == (
        "the course has 2 pages called “If somebody runs”, in at-the-gate and visitors"
    )
    assert problem.hint == "give one of them another title, or write the name of a lesson"
    assert str(problem.place).endswith("final.yaml:9:13")


OWN = re.findall(r' id="([a-z-]+)"', rendered(sample())["index.html"].decode())
PARTS = sorted({*OWN, "assessment"} - {lesson.id for lesson in sample().lessons})


@pytest.mark.parametrize("name", PARTS)
def test_no_lesson_takes_the_name_of_a_part_of_the_document(author: Author, name: str) -> None:
    """A lesson called “help” would open where the drawer of that name should."""
    (author.course / "lessons" / "visitors.yaml").rename(author.course / "lessons" / f"{name}.yaml")
    author.change("course/course.yaml", ", visitors]", f", {name}]")
    author.change(*REREAD, "reread: at-the-gate")
    (problem,) = author.found()
    assert problem.message.startswith(f"“{name}” is the name of ")
    assert problem.hint == "give the lesson and its file another name"


@pytest.mark.parametrize("file", ["visitors.yaml.txt", "Visitors.yaml", "Visitors .yaml"])
def test_a_lesson_under_another_name_is_found(author: Author, file: str) -> None:
    lessons = author.course / "lessons"
    (lessons / "visitors.yaml").rename(lessons / file)
    (problem,) = [one for one in author.found() if "lessons/" in one.message]
    assert problem.message == "there is no lessons/visitors.yaml"
    assert problem.hint == f"rename lessons/{file} to “visitors.yaml”"


@pytest.mark.parametrize(
    ("file", "ending"),
    [
        ("course/lessons/visitors", "yml"),
        ("course/lessons/visitors", "YAML"),
        ("course/quizzes/final", "yml"),
        ("law/school", "yml"),
        ("law/school", "Yaml"),
    ],
)
def test_a_file_with_another_ending_is_renamed_and_nothing_else(
    author: Author, file: str, ending: str
) -> None:
    """What it holds is missing elsewhere, and each remedy there would be a wrong one."""
    path = author.project / f"{file}.yaml"
    path.rename(path.with_suffix(f".{ending}"))
    (problem,) = [one for one in author.found() if one.severity == "error"]
    name = f"{path.parent.name}/{path.stem}.{ending}"
    assert problem.message == f"{name} is not read, because it does not end in “.yaml”"
    assert problem.hint == f"rename it to “{path.stem}.yaml”"


@pytest.mark.parametrize("name", ["catalogue.yml", "catalog.yaml", "Catalogue.yaml"])
def test_a_catalogue_under_another_name_is_found(author: Author, name: str) -> None:
    (author.project / "catalogue.yaml").rename(author.project / name)
    (problem,) = author.found()
    assert problem.message == f"{name} is not read, because its name is not “catalogue.yaml”"
    assert problem.hint == "rename it to “catalogue.yaml”"


def test_a_renamed_lesson_is_not_also_one_that_nobody_lists(author: Author) -> None:
    lessons = author.course / "lessons"
    (lessons / "visitors.yaml").rename(lessons / "visitor.yaml")
    assert [problem.hint for problem in author.found()] == ["did you mean “visitor”?"]


@pytest.mark.parametrize(
    ("folder", "name", "hint"),
    [
        ("lessons", "Lessons", "rename the folder “Lessons” to “lessons”"),
        ("media", "medias", "rename the folder “medias” to “media”"),
        ("quizzes", "quizes", "rename the folder “quizes” to “quizzes”"),
        (
            "lessons",
            "../old",
            "make a folder “lessons” beside course.yaml, and put a file for each lesson there",
        ),
        ("media", "../old", "make a folder “media” beside course.yaml, and put the pictures there"),
        ("quizzes", "../old", "make a folder “quizzes” beside course.yaml, and put final.yaml there"),
    ],
)
def test_a_folder_that_is_missing_is_told_once(author: Author, folder: str, name: str, hint: str) -> None:
    (author.course / folder).rename(author.course / name)
    told = {problem.message: problem.hint for problem in author.found()}
    assert told[f"there is no folder “{folder}”"] == hint
    assert not [message for message in told if message.startswith(f"there is no {folder}/")]


def test_what_is_missed_in_many_places_by_one_mistakes_is_told_once(author: Author) -> None:
    for _ in range(2):
        author.change("course/lessons/at-the-gate.yaml", "- See the road.", "- See the road. [[visitors p1]]")
    author.change("law/school.yaml", "  visitors:", "  visitor:")
    (problem,) = author.found()
    assert problem.message.startswith("no law file has “visitors”, here and in ")
    assert problem.message.endswith(" more places")
    assert problem.hint == "did you mean “visitor”?"
    assert str(problem.place).endswith("at-the-gate.yaml:9:40")


def test_a_lesson_that_is_a_folder_is_none(author: Author) -> None:
    (author.course / "lessons" / "visitors.yaml").unlink()
    (author.course / "lessons" / "visitors.yaml").mkdir()
    assert [problem.split(" error: ")[1] for problem in author.build_problems()] == [
        "there is no lessons/visitors.yaml | there is only “at-the-gate”"
    ]


def test_a_name_that_no_course_can_hold_is_said_to_be_one(author: Author) -> None:
    author.write("course/lessons/My Notes.yaml", "lesson: Notes\n")
    (problem,) = author.found()
    assert problem.message == "lessons/My Notes.yaml is not in the course"
    assert problem.hint.startswith("rename it in small letters, digits and hyphens, then add its name")


def test_what_editors_and_systems_leave_is_passed_over(author: Author) -> None:
    for file in ("lessons/.visitors.yaml", "lessons/~$visitors.yaml", "media/Thumbs.db", "media/.DS_Store"):
        author.write(f"course/{file}", b"\0")
    assert author.problems() == []


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("law", "course/law", "which the course's own folder is not"),
        ("catalogue.yaml", "course/catalogue.yaml", "which the course's own folder is not"),
        ("catalogue.yaml", "no-catalogue.yaml", "and there is no catalogue.yaml"),
        ("law/school.yaml", "law/school.txt", "above the course"),
    ],
)
def test_laws_in_the_wrong_place_are_told_once(author: Author, before: str, after: str, where: str) -> None:
    (author.project / before).rename(author.project / after)
    (problem,) = [one for one in author.found() if one.severity == "error"]
    assert problem.message == "“visitors p1” is cited, and no law file was found, nor for 4 more citations"
    assert problem.hint.endswith(where)


def test_laws_that_nobody_has_checked_are_one_warning_a_file(author: Author) -> None:
    law = "  {key}: {{title: An Act, in: [england], source: https://example.org}}\n"
    keys = [f"act-{letter}" for letter in "abcdef"]
    author.write("law/more.yaml", "laws:\n" + "".join(law.format(key=key) for key in keys))
    cited = " ".join(f"[[{key}]]" for key in keys)
    author.change("course/lessons/visitors.yaml", "script:\n", f'script:\n  - text: "So {cited}"\n')
    (problem,) = author.found()
    assert problem.message == (
        "nobody has compared “act-a”, “act-b”, “act-c”, “act-d” and 2 more with the source yet"
    )
    assert str(problem.place).endswith("law/more.yaml:2:10")
    author.change("course/lessons/visitors.yaml", " [[act-e]] [[act-f]]", "")
    (problem,) = author.found()
    assert problem.message.endswith("“act-d” with the source yet")


@pytest.mark.parametrize("before", ["", "  - text: Before any page.\n"])
def test_a_lesson_has_no_more_pages_than_a_course_remembers(author: Author, before: str) -> None:
    file = "course/lessons/visitors.yaml"
    head = (author.project / file).read_text(encoding="utf-8").partition("script:\n")[0]
    page = "  - page: Page {0}\n  - text: What page {0} says.\n"
    most = 52 if before else 53

    def long(pages: int) -> list[str]:
        author.write(file, head + "script:\n" + before + "".join(page.format(n + 1) for n in range(pages)))
        return [problem.message for problem in author.found() if problem.severity == "error"]

    assert long(most) == []
    assert long(most + 2) == ["the lesson has 55 pages, and a course remembers 53 of each"]
    (problem,) = [one for one in author.found() if one.severity == "error"]
    lines = (author.project / file).read_text(encoding="utf-8").splitlines()
    assert lines[problem.place.line - 1] == f"  - page: Page {most + 1}"
    assert problem.hint == "move what follows to another lesson, listed after “visitors” in course.yaml"


@pytest.mark.parametrize(
    ("verb", "questions", "said"),
    [
        ("choose one", "aa BB cc dd, " * 8, ["the second option is right in 8 of 8"]),
        ("choose one", "aa BB cc dd, " * 7, []),
        ("choose one", "AA, " * 8, []),
        ("choose one", "AA bb cc dd, " * 7 + "aa BB cc dd, " * 2, ["the first option is right in 7 of 9"]),
        ("choose one", "AA bb cc dd, aa BB cc dd, aa bb CC dd, aa bb cc DD, " * 5, []),
        (
            "choose one",
            "AAA bb cc dd, aa BBB cc dd, aa bb CCC dd, aa bb cc DDD, " * 2,
            ["the longest option is right in 8"],
        ),
        ("choose one", "AA bbb cc dd, aa BB ccc dd, aa bb CC ddd, aaa bb cc DD, " * 2, []),
        ("choose one", "AA bb, aa BB, " * 3 + "AA bb, " * 3, []),
        (
            "choose all",
            "AA BB cc dd, AA bb CC dd, AA bb cc DD, " * 3,
            ["the first option is right in 9 of 9"],
        ),
        ("choose all", "AA BB cc dd, aa BB CC dd, AA bb cc DD, " * 3, []),
    ],
)
def test_answers_that_can_be_told_without_the_questions_are_noticed(
    author: Author, verb: str, questions: str, said: list[str]
) -> None:
    """An option in capitals is right."""
    written = ["bank: Final questions", "questions:"]
    for number, options in enumerate(questions.rstrip(", ").split(", ")):
        judged = (f"{{{'right' if option.isupper() else 'wrong'}: {option}}}" for option in options.split())
        written.append(f"  q{number}: {{ask: What?, {verb}: [{', '.join(judged)}]}}")
    author.write("course/quizzes/final.yaml", "\n".join(written))
    told = [one.message for one in author.found() if "option is right in" in one.message]
    assert [one for one, words in zip(told, said, strict=True) if words in one] == told


def test_minutes_of_everything_that_add_up_are_right(author: Author) -> None:
    author.change("course/course.yaml", "assessment: {", "assessment: {minutes: 2, ")
    assert author.problems() == []
    author.change(LESSON, "minutes: 5\n", "")
    assert author.problems() == [], "who is not timed takes the rest"
    author.change(LESSON, "teaches: greet\n", "teaches: greet\nminutes: 5\n")
    author.change("course/course.yaml", "assessment: {minutes: 2", "assessment: {minutes: 1")
    (told,) = author.found()
    assert told.message == (
        "the lessons and the final questions take 11 minutes together, and the course says 12"
    )


def test_minutes_that_cannot_be_read_are_added_to_none(author: Author) -> None:
    author.change(LESSON, "minutes: 5", "minutes: soon")
    author.change("course/lessons/at-the-gate.yaml", "minutes: 5", "minutes: 50")
    assert [problem.message for problem in author.found()] == ["“soon” is not a whole number from 1 up"]


@pytest.mark.parametrize(
    ("file", "opening"), [(LESSON, "lesson"), (BANK, "bank"), (LAW, "laws"), ("catalogue.yaml", "provider")]
)
def test_a_file_that_has_no_keys_is_told_what_it_begins_with(author: Author, file: str, opening: str) -> None:
    author.write(file, "- Hello.\n")
    assert f"the file does not begin with “{opening}:”" in [problem.message for problem in author.found()]


def test_only_the_first_line_is_taken_for_a_first_line_that_was_mistyped(author: Author) -> None:
    author.write(LESSON, "teaches: greet\nheadline: Visitors\nscript: [text: Ask.]\n")
    missing, stranger = author.found()
    assert missing.message == "the file has no “lesson:”"
    assert (stranger.place.line, stranger.hint[:13]) == (2, "the keys here")


def test_a_lesson_that_nobody_timed_takes_a_minute_at_least(author: Author) -> None:
    author.change(LESSON, "minutes: 5\n", "")
    assert author.problems() == []
    author.change("course/lessons/at-the-gate.yaml", "minutes: 5", "minutes: 11")
    assert author.problems() == []
    author.change("course/lessons/at-the-gate.yaml", "minutes: 11", "minutes: 12")
    (told,) = author.found()
    assert told.message == "the lessons take 13 minutes together, and the course says 12"

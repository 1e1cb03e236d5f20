"""A course is a draft until its edition is reviewed; what is built says so, and a release is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.build import compile_courses
from courseware.cli import main
from courseware.reading import read_package
from tests.courseware.authoring import Author

REVIEWED = "reviewed: {by: A. Reader, role: Head of safety, on: 2026-11-24, edition: 2026.1}"
NOT_REVIEWED = {"course/course.yaml": (REVIEWED, "# no review")}
EARLIER = {"course/course.yaml": ("edition: 2026.1}", "edition: 2025.2}")}
NOT_CHECKED = {
    "law/school.yaml": ("    checked: 2026-11-01\n    provisions:\n      s175", "    provisions:\n      s175")
}
SUPERSEDED = {"law/school.yaml": ("    kind: guidance", "    kind: guidance\n    superseded by: ea-2002")}


def build(author: Author, *options: str) -> Result:
    out = author.project / "packages"
    return CliRunner().invoke(main, ["build", str(author.course), "--out", str(out), *options])


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "reviewed"),
        (NOT_REVIEWED, "draft"),
        (EARLIER, "draft"),
        (NOT_CHECKED, "draft"),
        (SUPERSEDED, "draft"),
    ],
)
def test_a_package_says_whether_it_is_a_draft(
    author: Author, form: str, changes: dict[str, tuple[str, str]], status: str
) -> None:
    for file, (before, after) in changes.items():
        author.change(file, before, after)
    assert build(author, "--format", form).exit_code == 0
    (package,) = (author.project / "packages").glob("*.zip")
    read = read_package(package).package
    assert read is not None
    assert read.provenance is not None
    assert read.provenance.status == status


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (NOT_REVIEWED, "nobody has reviewed edition 2026.1, so that it is a draft"),
        (EARLIER, "edition 2025.2 was reviewed, and this is 2026.1: a draft"),
        (NOT_CHECKED, "nobody has compared “ea-2002” with the source yet"),
        (SUPERSEDED, "“Visitors to our school” has been superseded by “Education Act 2002”"),
    ],
)
def test_a_release_is_refused_with_its_reason(
    author: Author, changes: dict[str, tuple[str, str]], reason: str
) -> None:
    for file, (before, after) in changes.items():
        author.change(file, before, after)
    assert build(author).exit_code == 0, "a draft is built"
    (author.project / "packages" / "gate-duty.scorm12.zip").unlink()
    result = build(author, "--release")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: {reason}\n" in result.stderr
    assert not (author.project / "packages" / "gate-duty.scorm12.zip").exists()


def test_what_is_reviewed_is_released_the_same_as_it_is_built(author: Author) -> None:
    assert build(author).exit_code == 0
    packages = author.project / "packages"
    before = {path.name: path.read_bytes() for path in packages.glob("*.zip")}
    assert build(author, "--release", "--force").exit_code == 0
    assert {path.name: path.read_bytes() for path in packages.glob("*.zip")} == before


def test_a_stamp_of_a_draft_does_not_let_a_release_through(author: Author) -> None:
    author.change("course/course.yaml", REVIEWED, "# no review")
    assert build(author).exit_code == 0
    assert build(author, "--release").exit_code == 1


def test_a_release_a_year_after_the_law_was_checked_is_refused(author: Author) -> None:
    options = author.options(today=date(2027, 11, 24), release=True)
    with pytest.raises(Exception, match="more than a year ago"):
        compile_courses([author.course], options)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (None, "Reviewed by A. Reader, Head of safety, on 24\u00a0November 2026."),
        (REVIEWED, "This edition is a draft: it needs a specialist’s review."),
    ],
)
def test_the_first_page_says_edition_day_and_review(author: Author, change: str | None, said: str) -> None:
    if change:
        author.change("course/course.yaml", change, "# no review")
    (one,) = compile_courses([author.course], author.options())
    page = document(one.packages)
    assert "2026.1. States the law and guidance as of 24\u00a0November 2026." in page
    assert said in page


def test_references_say_what_is_not_in_force(author: Author) -> None:
    author.change("law/school.yaml", "in force from: 2004-06-01", "enacted: 2026-04-29, expected: In 2027.")
    author.change("course/lessons/at-the-gate.yaml", "must: The", "text: The")
    author.change("course/lessons/at-the-gate.yaml", "    by: ea-2002 s175\n    for: governors\n", "")
    (one,) = compile_courses([author.course], author.options())
    said = "Passed on 29\u00a0April 2026. We found no date on which it comes into force. In 2027."
    assert said in document(one.packages)


def test_a_table_shows_first_what_is_in_force(author: Author) -> None:
    more = "      s1: {says: To come, commences: 2027-01-01}\n      s2: {says: Passed, enacted: 2026-04-29}\n"
    author.change("law/school.yaml", "      s175:", f"{more}      s175:")
    author.change("course/lessons/visitors.yaml", "  - contact: office", "  - what is in force: ea-2002")
    (one,) = compile_courses([author.course], author.options())
    table = document(one.packages).partition('class="row in-force"')[2].partition("</table>")[0]
    assert "Education Act 2002, on 24\u00a0November 2026" in table
    found = [table.index(text) for text in ("since 1\u00a0June 2004", "from 1\u00a0January", "Passed on 29")]
    assert found == sorted(found)
    assert table.count('class="yes"') == 1


def document(packages: Mapping[Path, Mapping[str, object]]) -> str:
    content = next(iter(packages.values()))["index.html"]
    assert isinstance(content, bytes)
    return content.decode()


def test_check_tells_a_program_what_keeps_a_draft(author: Author) -> None:
    author.change("course/course.yaml", REVIEWED, "# no review")
    told = CliRunner().invoke(main, ["check", str(author.course), "--json"])
    assert told.exit_code == 0
    (problem,) = json.loads(told.stdout)
    assert (problem["severity"], problem["line"]) == ("warning", 3)

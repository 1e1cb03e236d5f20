"""Importing: what becomes a course or a version of one, and that a refusal leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from courseware.build import build
from courseware.formats import MANIFESTS
from courseware.formats.parsing import DEEPEST
from courseware.package import (
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    Package,
    Sequencing,
    Standard,
)
from courseware.reading import read_package
from player import importing
from player.importing import LONGEST_ID, ImportRefusedError, import_package, short_slug
from player.playing.version import address
from player.records import courses
from player.records.versions import package_from_json, package_to_json
from player.unfinished import sweep
from tests.conftest import ROOT
from tests.courseware.authoring import Author
from tests.player.lms import Lms
from tests.player.packages import ours, ours_12, package, scorm_12, scorm_2004
from tests.player.threads import at_once


def test_a_package_becomes_a_course_with_its_files(lms: Lms) -> None:
    done = lms.add(scorm_12(title="Fire & Safety".replace("&", "&amp;")))
    assert (done.course, done.version, done.is_new) == ("fire-safety", 1, True)
    with lms.database.reading() as tx:
        found = courses.course(tx, "fire-safety")
        version = courses.newest_version(tx, "fire-safety")
    assert found is not None
    assert found.title == "Fire & Safety"
    assert version is not None
    assert (lms.settings.packages / version.key / "p1.html").is_file()


def test_identical_bytes_change_nothing(lms: Lms) -> None:
    first, again = lms.add(), lms.add()
    assert (again.course, again.version, again.is_new) == (first.course, 1, False)
    assert len(list(lms.settings.packages.iterdir())) == 1


@pytest.mark.parametrize(
    ("variant", "course"),
    [
        ("audience=governors jurisdiction=england name=governors", "gate-duty-governors"),
        ("audience=governors jurisdiction=england", "gate-duty-governors-england"),
    ],
)
def test_a_variant_is_a_course_of_its_own_called_by_its_name(lms: Lms, variant: str, course: str) -> None:
    """Where it has no name, it is called by what it chooses."""
    assert lms.add(ours("scorm12", variant=variant), name="variant.zip").course == course


def test_an_earlier_version_is_played_again_where_its_course_is_named(lms: Lms) -> None:
    """What took its place may have been the wrong zip."""
    course = lms.add(scorm_2004(1)).course
    assert lms.add(scorm_2004(2), update=course).version == 2
    assert lms.add(scorm_2004(1)).is_new is False
    assert lms.add(scorm_2004(1), update=course).version == 3
    with lms.database.reading() as tx:
        newest = courses.newest_version(tx, course)
    assert newest is not None
    assert len(package_from_json(newest.package).resources) == 1


def test_files_are_on_disk_before_their_version_is_there(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []

    def sync() -> None:
        with sqlite_lms.database.reading() as tx:
            assert courses.every(tx) == []
        settled.extend(path.name for path in sqlite_lms.settings.packages.rglob("*.html"))

    monkeypatch.setattr(os, "sync", sync)
    sqlite_lms.add()
    assert settled == ["p1.html"]


def test_files_that_a_backup_had_not_are_put_back_by_the_same_zip(lms: Lms) -> None:
    course = lms.add().course
    [files] = lms.settings.packages.iterdir()
    shutil.rmtree(files)
    again = lms.add()
    assert (again.course, again.version, again.is_new) == (course, 1, False)
    assert [path.name for path in lms.settings.packages.iterdir()] == [files.name]
    assert (files / "p1.html").is_file()


def test_a_foreign_package_of_a_known_name_is_a_course_of_its_own(lms: Lms) -> None:
    names = [lms.add(scorm_12(n)).course for n in (1, 2, 3)]
    assert names == ["fire-safety", "fire-safety-2", "fire-safety-3"]


def test_a_long_name_that_is_taken_stays_one_label_of_a_host(lms: Lms) -> None:
    title = "Safeguarding children and young people in education for everybody"
    ids = [lms.add(scorm_12(n, title), name=f"{n}.zip").course for n in (1, 2, 3)]
    assert len(set(ids)) == 3
    assert {len(each) <= LONGEST_ID for each in ids} == {True}
    assert [each[-2:] for each in ids[1:]] == ["-2", "-3"]


def test_update_makes_a_new_version_of_the_course_named(lms: Lms) -> None:
    course = lms.add().course
    done = lms.add(scorm_2004(2, title="Another title"), update=course)
    assert (done.course, done.version) == (course, 2)
    with lms.database.reading() as tx:
        assert [v.number for v in courses.versions(tx, course)] == [2, 1]


def test_each_version_of_the_same_bytes_gets_its_files_back(lms: Lms) -> None:
    course = lms.add().course
    assert lms.add(scorm_12(2), update=course).version == 2
    assert lms.add(update=course).version == 3
    folders = list(lms.settings.packages.iterdir())
    for each in folders:
        shutil.rmtree(each)
    assert (lms.add().version, lms.add(scorm_12(2)).version) == (1, 2)
    assert all((each / "p1.html").is_file() for each in folders)


def test_a_course_of_ours_is_no_version_of_another(lms: Lms) -> None:
    other = lms.add().course
    with pytest.raises(ImportRefusedError, match="the course “gate-duty”, and no version of “fire-safety”"):
        lms.add(ours_12(), name="gate.zip", update=other)
    with lms.database.reading() as tx:
        assert len(courses.versions(tx, other)) == 1
    assert lms.add(ours_12(), name="gate.zip").course == "gate-duty"


def test_update_of_nothing_is_refused(lms: Lms) -> None:
    with pytest.raises(ImportRefusedError, match="no course “nowhere”"):
        lms.add(update="nowhere")


def _bad_zips(folder: Path) -> dict[str, Path]:
    names = ("text", "empty", "cut", "nothing", "leaves", "contentless")
    zipped: dict[str, dict[str, str | bytes]] = {
        "missing": {"imsmanifest.xml": scorm_12()},
        "nested": {"course/imsmanifest.xml": scorm_12(), "course/p1.html": "x"},
        "entities": {"imsmanifest.xml": scorm_12().replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1)},
        "encoding": {"imsmanifest.xml": scorm_12(title="Caf\xe9").encode("latin-1")},
        "bomb": {"imsmanifest.xml": scorm_12(), "p1.html": bytes(80 << 20)},
    }
    made = {name: folder / f"{name}.zip" for name in (*names, *zipped)}
    for name, files in zipped.items():
        with zipfile.ZipFile(made[name], "w", zipfile.ZIP_DEFLATED) as archive:
            for inside, content in files.items():
                archive.writestr(inside, content)
    made["text"].write_text("no zip")
    made["empty"].write_bytes(b"")
    made["cut"].write_bytes(package(folder / "whole.zip", scorm_12()).read_bytes()[:-60])
    with zipfile.ZipFile(made["nothing"], "w") as archive:
        archive.writestr("readme.txt", "hello")
    package(made["leaves"], scorm_12(), {"../outside.html": "x"})
    package(made["contentless"], scorm_12().replace(' identifierref="r1"', ""))
    return made


def test_a_bad_zip_is_a_sentence_and_leaves_nothing(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    lms.add()
    before = sorted(lms.settings.packages.rglob("*"))
    for name, path in _bad_zips(lms.folder).items():
        with pytest.raises(ImportRefusedError) as refusal:
            import_package(lms.database, lms.settings.packages, path, lms.now)
        assert name in str(refusal.value.problems[0].place)
        assert refusal.value.problems[0].hint
    assert sorted(lms.settings.packages.rglob("*")) == before
    with lms.database.reading() as tx:
        assert [course.id for course in courses.courses(tx)] == ["fire-safety"]


def test_an_upload_is_called_what_its_sender_calls_it(sqlite_lms: Lms) -> None:
    path = sqlite_lms.folder / "tmp1234"
    path.write_text("no zip")
    with pytest.raises(ImportRefusedError) as refusal:
        import_package(
            sqlite_lms.database,
            sqlite_lms.settings.packages,
            path,
            sqlite_lms.now,
            called="Induction.zip",
        )
    assert refusal.value.problems[0].place.file == "Induction.zip"


@pytest.mark.both_databases
def test_two_imports_of_one_zip_at_once_are_one_version(lms: Lms) -> None:
    path = package(lms.folder / "a.zip", scorm_12())
    work = partial(import_package, lms.database, lms.settings.packages, path, lms.now)
    found = at_once(*[work] * 4)
    assert {(each.course, each.version) for each in found} == {("fire-safety", 1)}
    assert sum(each.is_new for each in found) == 1
    assert len(list(lms.settings.packages.iterdir())) == 1


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        (scorm_12(title="x" * 1_000_000), "has 1,000,000 characters; the player takes 1,000"),
        (scorm_2004(2).replace("Part 2", "y" * 1_001), "the title “" + "y" * 40 + "…” has 1,001 characters"),
        (scorm_2004(4), "the course has 4 items; the player takes 3"),
    ],
)
def test_what_no_page_could_show_is_refused(
    sqlite_lms: Lms, manifest: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert importing.MOST_ITEMS == 5_000
    monkeypatch.setattr(importing, "MOST_ITEMS", 3)
    files = {f"p{number}.html": "x" for number in range(1, 5)}
    with pytest.raises(ImportRefusedError, match=re.escape(sentence)):
        sqlite_lms.add(manifest, files=files)
    assert list(sqlite_lms.settings.packages.iterdir()) == []


STOPPED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import player.importing as importing
from player.records.database import Database

def stop(*_given, **_named):
    print("stopped", flush=True)
    sys.stdin.readline()

if sys.argv[1] == "unpacked":
    importing.os.sync = stop
else:  # its files are in their place, its row is not on disk
    made = importing.Imported
    importing.Imported = lambda *given, **named: (stop(), made(*given, **named))[1]
url, packages, path = sys.argv[2:]
importing.import_package(Database(url), Path(packages), Path(path), datetime.now(UTC))
"""


@contextmanager
def stopped(lms: Lms, where: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that imports a package, and goes no further for now."""
    arguments = [where, lms.database.url_text, str(lms.settings.packages), str(path)]
    command = [sys.executable, "-c", STOPPED, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "stopped\n"
        yield other
        other.kill()


@pytest.mark.parametrize("where", ["unpacked", "moved"])
def test_what_a_killed_import_left_goes_at_the_next(sqlite_lms: Lms, tmp_path: Path, where: str) -> None:
    packages = sqlite_lms.settings.packages
    path = package(tmp_path / "killed.zip", scorm_12(title="Killed"))
    with stopped(sqlite_lms, where, path) as other:
        other.kill()
        other.wait()
    (packages.parent / ".upload-killed").mkdir()
    assert list(packages.iterdir())
    kept = sqlite_lms.add(scorm_12(title="Kept")).course
    with sqlite_lms.database.reading() as tx:
        newest = courses.newest_version(tx, kept)
    assert newest is not None
    assert [each.name for each in packages.iterdir()] == [newest.key]
    assert not list(packages.parent.glob(".upload-*"))


def test_what_a_living_import_has_unpacked_stays(sqlite_lms: Lms, tmp_path: Path) -> None:
    path = package(tmp_path / "living.zip", scorm_12(title="Living"))
    with stopped(sqlite_lms, "unpacked", path) as other:
        sqlite_lms.add(scorm_12(title="Beside"))
        sweep(sqlite_lms.database, sqlite_lms.settings.packages)
        other.communicate("go on\n", timeout=60)
        assert other.returncode == 0
    with sqlite_lms.database.reading() as tx:
        assert {each.title for each in courses.courses(tx)} == {"Living", "Beside"}
    assert len(list(sqlite_lms.settings.packages.iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Child Protection", "child-protection"),
        ("Sécurité – niveau 2", "securite-niveau-2"),
        ("السلامة", ""),
        ("--A__b--", "a-b"),
        ("x" * 80, "x" * 63),
    ],
)
def test_a_slug_is_what_an_address_can_carry(text: str, wanted: str) -> None:
    assert short_slug(text) == wanted


def test_a_title_in_another_script_takes_the_name_of_its_file(lms: Lms) -> None:
    assert lms.add(scorm_12(title="السلامة"), name="Fire Induction.zip").course == "fire-induction"


def test_a_package_comes_back_from_its_text_as_it_was() -> None:
    objective = Objective("o", primary=True, maps=(ObjectiveMap("g", write_satisfied_status=True),))
    item = Item("i", "Ünï\u2028", "r", hide_lms_ui=frozenset({"exit", "abandon"}))
    item = replace(item, items=(item,), sequencing=Sequencing(objectives=(objective,)))
    whole = Package(
        Standard.SCORM_2004, "2004 4th Edition", "P", organizations=(Organization("O", "T", (item,)),)
    )
    text = package_to_json(whole)
    assert text.isascii()
    assert package_from_json(text) == whole


def test_a_package_that_another_version_of_the_player_kept_is_read() -> None:
    """It lacks what was added later, and has what was taken away; a whole number may be a measure."""
    kept = {"standard": "1.2", "edition": "1.2", "identifier": "P", "of another version": True}
    item = {"identifier": "i", "title": "T", "completion_threshold": {"min_progress_measure": 1}}
    organization = {"identifier": "O", "title": "T", "items": [item]}
    read = package_from_json(json.dumps(kept | {"organizations": [organization]}))
    assert read == Package(
        Standard.SCORM_12, "1.2", "P", organizations=(Organization("O", "T", (Item("i", "T"),)),)
    )


@pytest.mark.parametrize(
    ("href", "parameters", "wanted"),
    [
        ("a.html", "", "/content/k/a.html"),
        ("a b/ü~.html", "", "/content/k/a%20b/%C3%BC~.html"),
        ("a.html", "?x=1", "/content/k/a.html?x=1"),
        ("a.html?y=2", "&x=1", "/content/k/a.html?y=2&x=1"),
        ("a.html#top", "x=1", "/content/k/a.html?x=1#top"),
        ("a.html", "#part", "/content/k/a.html#part"),
        ("a.html#top", "#part", "/content/k/a.html#top"),
        ("100%25.html", "", "/content/k/100%2525.html"),
        ("a%23b%3Fc.html", "", "/content/k/a%23b%3Fc.html"),
        ("HTTPS://example.org/x", "", "HTTPS://example.org/x"),
        ("https://example.org/x", "?a=1", "https://example.org/x?a=1"),
    ],
)
def test_an_item_is_launched_where_its_resource_and_parameters_say(
    href: str, parameters: str, wanted: str
) -> None:
    assert address("k", href, parameters) == wanted


def test_files_belong_to_the_course_of_their_version(lms: Lms) -> None:
    courses_made = [lms.add(scorm_12(title=title), name=f"{title}.zip").course for title in ("One", "Two")]
    with lms.database.reading() as tx:
        keys = [courses.versions(tx, course)[0].key for course in courses_made]
    assert [lms.registrar.versions.course_of(key) for key in keys] == courses_made
    assert lms.registrar.versions.course_of("nothing") is None


def test_what_has_no_title_is_called_by_its_identifier(lms: Lms) -> None:
    untitled = scorm_12(2).replace("<title>Fire Safety</title>", "").replace("<title>Part 2</title>", "")
    course = lms.add(untitled, name="a.zip").course
    answer = lms.open(course).deliver()
    assert [entry["title"] for entry in answer["contents"]] == ["O", "Part 1", "i2"]
    assert lms.registrar.versions.get(1).title == course == "a"


def test_a_course_into_which_no_way_leads_is_warned_of(lms: Lms) -> None:
    """All that a learner would see is a table of contents from which nothing can be chosen."""
    sequencing = '<imsss:sequencing><imsss:controlMode choice="{}" flow="false"/></imsss:sequencing>'
    assert not lms.add(scorm_2004(2, sequencing=sequencing.format("true")), name="a.zip").problems
    (problem,) = lms.add(scorm_2004(2, sequencing=sequencing.format("false")), name="b.zip").problems
    assert problem.severity == "warning"
    assert "nothing of the course can be opened" in problem.message


def test_items_as_deep_as_a_manifest_may_have_them_are_played(lms: Lms) -> None:
    """Each with a rule, as what a package is kept in nests deeper than its manifest."""
    rule = (
        "<imsss:sequencing><imsss:controlMode flow='true'/><imsss:sequencingRules><imsss:preConditionRule>"
        "<imsss:ruleConditions><imsss:ruleCondition condition='completed'/></imsss:ruleConditions>"
        "<imsss:ruleAction action='skip'/></imsss:preConditionRule></imsss:sequencingRules>"
        "</imsss:sequencing>"
    )

    def nested(items: int) -> str:
        whole = f"<item identifier='leaf' identifierref='r1'><title>Deep</title>{rule}</item>"
        for at in range(items - 1):
            whole = f"<item identifier='d{at}'><title>Down</title>{whole}{rule}</item>"
        return scorm_2004().replace("<item", f"{whole}<item", 1)

    around, within = 3, 5  # elements: manifest to organization; sequencing to ruleCondition
    with pytest.raises(ImportRefusedError, match="nested more than"):
        lms.add(nested(DEEPEST - around - within + 1))
    course = lms.add(nested(DEEPEST - around - within)).course
    assert lms.open(course).deliver()["session"]["title"] == "Deep"


def test_every_format_of_a_course_of_ours_is_played_and_a_version_of_one_course(sqlite_lms: Lms) -> None:
    """Also those of the earlier editions of SCORM 2004, which the reader tells apart."""
    lms = sqlite_lms
    author = Author.at_work_on("gate-duty", lms.folder)
    (built,) = build([author.course], author.options(formats=tuple(MANIFESTS)))
    for number, (path, name) in enumerate(zip(built.packages, MANIFESTS, strict=True), 1):
        imported = import_package(lms.database, lms.settings.packages, path, lms.now)
        assert (imported.course, imported.version) == ("gate-duty", number)
        package, problems = read_package(path)
        assert package is not None
        assert (package.edition, problems) == (MANIFESTS[name].edition, ())
        assert lms.open("gate-duty", f"ada-{number}").deliver()["session"]["kind"] == "sco"

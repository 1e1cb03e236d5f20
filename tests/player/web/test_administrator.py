"""The provider at work: schools, people one by one and by list, enrolments, leavers, courses, keys."""

from __future__ import annotations

import csv
import io
import re
import time

import pytest
from flask import Flask

from player.records import people, schools
from player.records.tables import Person, School
from player.school import staffing
from player.school.staffing import Details
from tests.player.house import House
from tests.player.packages import package, scorm_12, scorm_2004
from tests.player.web.town import NORTH, Town
from tests.player.web.visitor import Visitor, words

LIST = "Name,Email,Id,Team\nDee Ely,dee@example.org,d1,Kitchen\n-Fay Gill,fay@example.org,,Kitchen|Office\n"


def _person(house: House, email: str) -> Person | None:
    with house.database.reading() as tx:
        return people.person_of_email(tx, email)


def test_a_school_is_added_once(admin: Visitor) -> None:
    at = "/provider/schools"
    made = admin.post(at, at=at, name="  Eastgate   College ")
    assert "Eastgate College is added." in admin.words(made.headers["Location"])
    again = admin.post(at, at=at, name="eastgate college")
    assert again.status_code == 422
    assert "There is a school “eastgate college” already." in words(again)
    assert admin.post(at, at=at, name=" ").status_code == 422


def test_a_school_among_two_hundred_is_found(admin: Visitor, own_town: Town) -> None:
    with own_town.house.database.writing() as tx:
        tx.add_all(School(name=f"Primary {number:03}") for number in range(200))
    found = admin.words("/provider/schools?q=primary+17")
    assert "10 schools with “primary 17”" in found
    assert "Primary 179" in found
    assert NORTH not in found
    nothing = admin.words("/provider/schools?q=zzz")
    assert "No school has “zzz” in its name." in nothing
    assert "Show every school" in nothing


def test_three_hundred_people_come_a_hundred_at_a_time(admin: Visitor, own_town: Town) -> None:
    with own_town.house.database.writing() as tx:
        for number in range(230):
            staffing.add(tx, own_town.south, Details(f"Zoë {number:03}", "", "", "learner"))
    at = f"/provider/schools/{own_town.south}"
    first, last = admin.words(at), admin.words(f"{at}?page=3")
    assert "232 people" in first
    assert "Page 1 of 3 Next page" in first
    assert "Zoë 150" not in first
    assert "Zoë 229" in last
    assert "Page 3 of 3" in admin.words(f"{at}?q=zo%C3%AB&page=3")
    assert "230 people with “zoë”" in admin.words(f"{at}?q=zo%C3%AB")


def test_a_name_is_found_and_ordered_without_its_accents(admin: Visitor, own_town: Town) -> None:
    with own_town.house.database.writing() as tx:
        for name in ("Łukasz Wójcik", "Maud Ely", "Élodie Ray"):
            staffing.add(tx, own_town.south, Details(name, "", "", "learner"))
    page = admin.words(f"/provider/schools/{own_town.south}")
    assert page.index("Élodie") < page.index("Łukasz") < page.index("Maud")
    for at in (f"/provider/schools/{own_town.south}", f"/schools/{own_town.south}/people"):
        found = admin.words(f"{at}?q=lukasz+wojcik")
        assert "Łukasz Wójcik" in found
        assert "Maud Ely" not in found


def test_a_school_is_renamed(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}"
    assert admin.post(f"{at}/name", at=at, name="Southbrook Primary").status_code == 422
    assert admin.post(f"{at}/name", at=at, name="northfield academy").status_code == 303
    assert "northfield academy" in admin.words(at)


def test_a_person_is_added_with_a_team_and_gets_a_link(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/people/new"
    form = {
        "name": "Dee Ely",
        "email": "Dee@Example.org",
        "role": "learner",
        "team": own_town.teams["office"],
    }
    made = admin.post(at, at=at, **form)
    assert made.status_code == 303
    assert "Has no password yet." in admin.words(made.headers["Location"])
    found = _person(own_town.house, "dee@example.org")
    assert found is not None
    with own_town.house.database.reading() as tx:
        assert found.id in schools.members(tx, own_town.north)[own_town.teams["office"]]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "email": "x@example.org"}, "The name is missing."),
        ({"name": "X", "email": "nowhere"}, "“nowhere” is no e-mail address."),
        (
            {"name": "X", "email": "sam@example.org"},
            "Sam Okafor of Northfield Academy has the address “sam@example.org” already.",
        ),
        (
            {"name": "X", "email": "alex@example.org"},
            "One of the provider’s own people has the address “alex@example.org” already.",
        ),
        (
            {"name": "X", "email": "", "learner_id": "sam"},
            "Sam Okafor of Northfield Academy has the id “sam” already.",
        ),
        (
            {"name": "X", "email": "", "learner_id": "a\x01b"},
            "An id has at most 200 characters, and no control",
        ),
        ({"name": "X", "email": "", "learner_id": "x" * 201}, "An id has at most 200 characters"),
        ({"name": "X", "email": "", "role": "manager"}, "A manager signs in: write an e-mail address."),
        ({"name": "X", "email": "", "role": "administrator"}, "Choose learner or manager."),
    ],
)
def test_a_person_who_cannot_be_added(
    admin: Visitor, own_town: Town, form: dict[str, str], sentence: str
) -> None:
    at = f"/provider/schools/{own_town.north}/people/new"
    reply = admin.post(at, at=at, **form)
    assert reply.status_code == 422
    assert sentence in words(reply)


def test_a_leaver_is_out_at_once_and_the_record_stays(admin: Visitor, own_app: Flask, own_town: Town) -> None:
    sam = Visitor(own_app, "sam")
    at = f"/provider/people/{own_town.people['sam']}"
    form = {"name": "Sam Okafor", "email": "sam@example.org", "role": "learner", "learner_id": "sam"}
    assert admin.post(at, at=at, **form, left="31/12/2026").status_code == 422
    assert admin.post(at, at=at, **form, left="2026-11-24").status_code == 303
    assert sam.get("/training").status_code == 303
    assert Visitor(own_app).sign_in("sam").status_code == 422
    assert "Completed" in admin.words(f"/schools/{own_town.north}/people/{own_town.people['sam']}")
    assert admin.post(at, at=at, **form, left="").status_code == 303
    assert Visitor(own_app).sign_in("sam").status_code == 303


def test_whoever_is_to_leave_has_not_left_yet(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/people/{own_town.people['sam']}"
    form = {"name": "Sam Okafor", "email": "sam@example.org", "role": "learner", "learner_id": "sam"}
    admin.post(at, at=at, **form, left="2026-12-31")
    assert "Leaves on 31 December 2026." in admin.words(at)
    assert "Leaves 31 December 2026" in admin.words(f"/provider/schools/{own_town.north}?q=sam")
    assert "Enrol Ben Gone" not in admin.words(f"/provider/people/{own_town.people['ben']}")


def test_a_school_without_people_leads_to_where_they_are_added(admin: Visitor, own_town: Town) -> None:
    with own_town.house.database.writing() as tx:
        tx.add(School(id="new", name="Eastgate"))
    assert "Nobody is here yet. Add people first." in admin.words("/schools/new/people")
    assert "0 of 0" not in admin.words("/schools/new/people")
    assert "Nobody yet." in admin.words("/provider/schools/new")


def test_a_leaver_is_found_by_name(admin: Visitor, own_town: Town) -> None:
    page = admin.get(f"/provider/schools/{own_town.north}?q=ben")
    assert "Nobody who is here now matches." in words(page)
    assert '<details class="fold" open>' in page.text


def test_a_new_address_ends_the_old_sign_ins(admin: Visitor, own_app: Flask, own_town: Town) -> None:
    sam = Visitor(own_app, "sam")
    at = f"/provider/people/{own_town.people['sam']}"
    admin.post(at, at=at, name="Sam Okafor", email="okafor@example.org", role="learner", learner_id="sam")
    assert sam.get("/training").status_code == 303
    assert Visitor(own_app).sign_in("okafor").status_code == 303


def test_a_demotion_counts_on_the_next_request(admin: Visitor, own_app: Flask, own_town: Town) -> None:
    priya = Visitor(own_app, "priya")
    at = f"/provider/people/{own_town.people['priya']}"
    admin.post(at, at=at, name="Priya Nair", email="priya@example.org", role="learner", learner_id="priya")
    assert priya.get(f"/schools/{own_town.north}/people").status_code == 403


def test_administrators_are_not_changed_here(admin: Visitor, own_town: Town) -> None:
    assert admin.get(f"/provider/people/{own_town.people['alex']}").status_code == 404


def _preview(admin: Visitor, school: str, data: bytes, name: str = "staff.csv") -> tuple[int, str, str]:
    at = f"/provider/schools/{school}/people/list"
    reply = admin.upload(at, "file", data, name, at=at)
    kept = re.search(r'name="data" value="([^"]*)"', reply.text)
    return reply.status_code, words(reply), kept[1] if kept else ""


def test_a_list_is_shown_before_anything_is_written(admin: Visitor, own_town: Town) -> None:
    status, page, data = _preview(admin, own_town.north, LIST.encode())
    assert status == 200
    assert "2 people to add Nothing is written yet." in page
    assert _person(own_town.house, "dee@example.org") is None
    at = f"/provider/schools/{own_town.north}/people/list"
    reply = admin.post(f"{at}/write", at=at, data=data, course=["fire-safety", "no-such"])
    assert reply.status_code == 303
    assert "2 people added and enrolled on 1 course." in admin.words(reply.headers["Location"])
    dee = _person(own_town.house, "dee@example.org")
    assert dee is not None
    assert (dee.learner_id, dee.role, dee.password_hash) == ("d1", "learner", None)
    with own_town.house.database.reading() as tx:
        assert people.open_enrolment(tx, dee.id, "fire-safety") is not None
        assert [team.name for team in schools.teams(tx, own_town.north)] == ["Kitchen", "Office"]


def test_a_list_with_a_slip_writes_nobody(admin: Visitor, own_town: Town) -> None:
    bad = LIST + "Sam Again,sam@example.org,,\nNo,nowhere,,\n"
    status, page, data = _preview(admin, own_town.north, bad.encode())
    assert status == 422
    assert (
        "Sam Okafor of Northfield Academy has the address “sam@example.org” already (row 4, column B)."
        in page
    )
    assert "“nowhere” is no e-mail address (row 5, column B)." in page
    assert data == "", "there is no button to press"
    assert _person(own_town.house, "dee@example.org") is None


def test_a_list_is_checked_again_when_it_is_written(admin: Visitor, own_town: Town) -> None:
    _, _, data = _preview(admin, own_town.north, LIST.encode())
    at = f"/provider/schools/{own_town.north}/people/list"
    assert admin.post(f"{at}/write", at=at, data=data).status_code == 303
    twice = admin.post(f"{at}/write", at=at, data=data)
    assert twice.status_code == 422
    assert "Dee Ely of Northfield Academy has the id “d1” already" in words(twice)
    assert admin.post(f"{at}/write", at=at, data="%%%").status_code == 400


def test_five_thousand_people_at_once(admin: Visitor, own_town: Town) -> None:
    rows = (f"{'Long Name ' * 8}{n},someone-{n}@example.org,Team {n % 7}; team {n % 7}" for n in range(5_000))
    _, page, data = _preview(admin, own_town.north, ("Name,Email,Team\n" + "\n".join(rows)).encode())
    assert "5,000 people to add" in page
    at = f"/provider/schools/{own_town.north}/people/list"
    began = time.process_time()
    written = admin.post(f"{at}/write", at=at, data=data, course=["fire-safety", "asbestos"])
    assert time.process_time() - began < 10, "learners wait while a list is written"
    assert "5,000 people added and enrolled on 2 courses." in admin.words(written.headers["Location"])


def test_headings_that_nobody_knows_are_named(admin: Visitor, own_town: Town) -> None:
    _, page, _ = _preview(admin, own_town.north, b"Name;Email;Shoe size\nZo\xeb Li;zoe@example.org;5\n")
    assert "Left out, because nobody here knows this heading: Shoe size." in page
    assert "Zoë Li" in page
    assert "Read as Windows-1252." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "The file is empty"), (b"x" * (2 * 1024**2 + 1), "Choose a file of 2 MB or less.")],
)
def test_a_file_that_is_no_list(admin: Visitor, own_town: Town, data: bytes, sentence: str) -> None:
    status, page, _ = _preview(admin, own_town.north, data)
    assert status == 422
    assert sentence in page


def test_the_example_is_a_list_without_a_slip(admin: Visitor, own_town: Town) -> None:
    example = admin.get(f"/provider/schools/{own_town.south}/people/example.csv").get_data()
    _, page, _ = _preview(admin, own_town.south, example)
    assert "1 person to add" in page
    assert "sam@school.example" in page
    assert "Office, Year 4" in page
    assert "Left out" not in page


def test_no_list_at_all(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/people/list"
    reply = admin.post(at, at=at)
    assert reply.status_code == 422
    assert "Choose a file first." in words(reply)


def test_links_for_everybody_without_a_password(admin: Visitor, own_app: Flask, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}"
    reply = admin.post(f"{at}/password-links.csv", at=at)
    rows = list(csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == ["Cleo Specimen"]
    assert Visitor(own_app).get(rows[1][2].removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(
    ("whom", "told"),
    [
        ({"whom": "everybody"}, "1 new enrolment on Fire Safety. 3 enrolments stood already."),
        ({"whom": "office"}, "0 new enrolments on Fire Safety. 1 enrolment stood already."),
        ({"whom": "chosen", "person": ["cleo", "zed", "ben"]}, "1 new enrolment on Fire Safety."),
    ],
)
def test_enrolling(admin: Visitor, own_town: Town, whom: dict[str, str | list[str]], told: str) -> None:
    at = f"/provider/schools/{own_town.north}/enrol"
    form = {
        "whom": own_town.teams.get(str(whom["whom"]), whom["whom"]),
        "person": [own_town.people[name] for name in whom.get("person", [])],
    }
    reply = admin.post(at, at=at, course="fire-safety", **form)
    assert reply.status_code == 303
    assert told in admin.words(reply.headers["Location"])


def test_enrolling_nobody_on_nothing(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/enrol"
    reply = admin.post(at, at=at, course="no-such", whom="no-such")
    assert reply.status_code == 422
    assert "Choose a course first." in words(reply)
    assert "Choose somebody first" in words(reply)


def test_what_was_given_by_mistake_ends_for_all_who_have_not_begun(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/enrol"
    form = {"course": ["fire-safety", "asbestos"], "whom": "everybody"}
    assert admin.post(at, at=at, **form).status_code == 303
    ended = admin.post(at, at=at, **form, withdraw="yes")
    page = admin.words(ended.headers["Location"])
    assert "5 enrolments ended on Fire Safety, Asbestos. 3 enrolments had been begun, and stay." in page
    sam, cleo = (admin.words(f"/provider/people/{own_town.people[name]}") for name in ("sam", "cleo"))
    assert "Fire Safety Enrolled on" in sam
    assert "No course." in cleo
    again = admin.post(
        at, at=at, course="fire-safety", whom="chosen", person=own_town.people["cleo"], withdraw="yes"
    )
    assert "Nothing has changed" in admin.words(again.headers["Location"])
    south = admin.words(f"/provider/people/{own_town.people['zed']}")
    assert "Fire Safety Enrolled on" in south, "another school's people are not asked about"


def test_an_enrolment_ends_and_can_begin_anew(admin: Visitor, own_app: Flask, own_town: Town) -> None:
    at = f"/provider/people/{own_town.people['sam']}"
    action = re.search(r"(/provider/people/[^\"]+/enrolments/[^\"]+/end)", admin.get(at).text)
    assert action is not None
    assert admin.post(action[1], at=at).status_code == 303
    assert admin.post(action[1], at=at).status_code == 404
    sam = Visitor(own_app, "sam")
    assert sam.get("/training/asbestos").status_code == 404
    record = admin.words(f"/schools/{own_town.north}/people/{own_town.people['sam']}")
    assert "ended on 24 November 2026" in record


def test_a_key_is_shown_once_and_revoked(admin: Visitor, own_town: Town, own_app: Flask) -> None:
    at = f"/provider/schools/{own_town.north}"
    page = admin.post(f"{at}/keys", at=at, key="Portal").text
    key = re.search(r'class="secret">([\w-]{40,})<', page)
    assert key is not None
    assert key[1] not in admin.get(at).text

    def launch() -> int:
        asked = {"course": "fire-safety", "learner": "sam"}
        headers = {"Authorization": f"Bearer {key[1]}"}
        return Visitor(own_app).client.post("/api/launch", json=asked, headers=headers).status_code

    assert launch() == 200
    for revoke in re.findall(r"(/provider/schools/[^\"]+/revoke)", admin.get(at).text):
        assert admin.post(revoke, at=at).status_code == 303
    assert launch() == 401


def test_a_key_of_another_school_is_not_revoked_here(admin: Visitor, own_town: Town) -> None:
    path = f"/provider/schools/{own_town.south}/keys/{own_town.key}/revoke"
    assert admin.post(path, at="/provider/schools").status_code == 404


def test_a_team_is_added(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}"
    assert admin.post(f"{at}/teams", at=at, team="Governors").status_code == 303
    assert "Governors , 0 people" in admin.words(at)


def test_a_team_is_filled_and_emptied_at_once(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    everybody = [own_town.people[name] for name in ("sam", "priya", "ben", "zed")]
    made = admin.post(f"{at}/people", at=at, person=everybody)
    page = admin.words(made.headers["Location"])
    assert "The team Office has 2 people now." in page, "neither a leaver nor somebody of another school"
    with own_town.house.database.reading() as tx:
        found = schools.members(tx, own_town.north)[own_town.teams["office"]]
    assert found == {own_town.people["sam"], own_town.people["priya"]}
    admin.post(f"{at}/people", at=at)
    assert "Office , 0 people" in admin.words(f"/provider/schools/{own_town.north}")


def test_somebody_who_left_stays_in_a_team_uncounted(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    ben, team = own_town.people["ben"], own_town.teams["office"]
    with own_town.house.database.writing() as tx:
        schools.add_members(tx, team, [ben])
    assert "Office, 1 person" in admin.words(f"/provider/schools/{own_town.north}/enrol")
    admin.post(f"{at}/people", at=at)
    with own_town.house.database.reading() as tx:
        assert schools.members(tx, own_town.north)[team] == {ben}


def test_a_team_is_renamed_and_keeps_its_people(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    assert "Ada Byron-Whitefield" in admin.words(at)
    assert admin.post(f"{at}/name", at=at, name=" Front  office ").status_code == 303
    page = admin.words(at)
    assert "Front office 1 person" in page
    assert "Ada Byron-Whitefield" in page


def test_a_team_is_not_given_another_teams_name(admin: Visitor, own_town: Town) -> None:
    school = f"/provider/schools/{own_town.north}"
    admin.post(f"{school}/teams", at=school, team="Governors")
    at = f"{school}/teams/{own_town.teams['office']}"
    for name, sentence in (
        ("GOVERNORS", "There is a team “Governors” already."),
        ("", "The name is missing."),
    ):
        reply = admin.post(f"{at}/name", at=at, name=name)
        assert reply.status_code == 422
        assert sentence in words(reply)
    assert admin.post(f"{at}/name", at=at, name="OFFICE").status_code == 303


def test_a_team_is_removed_and_what_came_of_it_stays(admin: Visitor, own_town: Town) -> None:
    school = f"/provider/schools/{own_town.north}"
    office = own_town.teams["office"]
    with own_town.house.database.writing() as tx:
        ada = tx.get_one(Person, own_town.people["ada"])
        ended = people.open_enrolment(tx, ada.id, "fire-safety")
        assert ended is not None
        ended.ended = own_town.house.now
        tx.flush()
        staffing.enrol(tx, [ada], ["fire-safety"], own_town.house.now, office)
    at = f"{school}/teams/{office}"
    assert admin.post(f"{at}/remove", at=at).status_code == 303
    assert admin.get(at).status_code == 404
    with own_town.house.database.reading() as tx:
        assert people.open_enrolment(tx, own_town.people["ada"], "fire-safety") is not None
        assert schools.teams(tx, own_town.north) == []
    assert admin.post(f"{school}/teams", at=school, team="Office").status_code == 303


def test_a_team_is_not_found_under_another_school(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.south}/teams/{own_town.teams['office']}"
    assert admin.get(at).status_code == 404
    for act in ("name", "remove"):
        assert admin.post(f"{at}/{act}", at="/provider/schools", name="Theirs").status_code == 404


def _upload(admin: Visitor, data: bytes, name: str = "course.zip", **form: str) -> tuple[int, str]:
    reply = admin.upload("/provider/upload", "package", data, name, at="/provider/upload", **form)
    return reply.status_code, words(reply)


def test_a_package_is_uploaded(admin: Visitor, own_town: Town) -> None:
    data = package(own_town.house.folder / "new.zip", scorm_12(2, "First Aid")).read_bytes()
    status, page = _upload(admin, data)
    assert status == 200
    assert "First Aid A new course. Enrol people, and they can start." in page
    assert "already, as version 1. Nothing has changed." in _upload(admin, data)[1]
    assert "First Aid" in admin.words("/provider/courses")


def test_a_package_becomes_a_new_version(admin: Visitor, own_town: Town) -> None:
    data = package(own_town.house.folder / "new.zip", scorm_2004(2, "Fire Safety, newer")).read_bytes()
    page = _upload(admin, data, update="fire-safety")[1]
    assert "Version 2 is imported." in page
    assert "The course was called “Fire Safety” until now." in page
    assert "4th Edition" in admin.words("/provider/courses/fire-safety")


def test_a_version_that_a_wrong_one_replaced_is_brought_back(admin: Visitor, own_town: Town) -> None:
    right = package(own_town.house.folder / "right.zip", scorm_2004(1, "Evacuation")).read_bytes()
    wrong = package(own_town.house.folder / "wrong.zip", scorm_2004(2, "Evacuation")).read_bytes()
    _upload(admin, right)
    _upload(admin, wrong, update="evacuation")
    page = _upload(admin, right)[1]
    assert "version 1. Nothing has changed. If people are to take it again instead of what came later" in page
    assert "Version 3 is imported. New attempts start on it." in _upload(admin, right, update="evacuation")[1]


def test_a_bad_package_is_sentences_and_changes_nothing(admin: Visitor, own_town: Town) -> None:
    for data, name in ((b"no zip", "C:\\fakepath\\notes.zip"), (b"", "empty.zip")):
        status, page = _upload(admin, data, name)
        assert status == 422
        assert "This package was not imported Nothing has changed." in page
        assert name.split("\\")[-1] in page
        assert str(own_town.house.folder) not in page
    assert "3 courses." in admin.words("/provider/courses")
    left = [path.name for path in own_town.house.settings.data.iterdir() if path.name.startswith(".upload")]
    assert left == []


def test_no_package_and_no_course(admin: Visitor, own_town: Town) -> None:
    status, page = _upload(admin, b"", "")
    assert (status, "Choose a package first" in page) == (422, True)
    status, page = _upload(admin, b"x", update="no-such")
    assert (status, "This course is not offered any more." in page) == (422, True)


def test_only_uploads_may_be_large(own_app: Flask, own_town: Town) -> None:
    big = b"x" * (5 * 1024**2)
    for who, path in (
        ("alex", f"/provider/schools/{own_town.north}/people/list"),
        ("sam", "/provider/upload"),
    ):
        reply = Visitor(own_app, who).upload(path, "package", big, "a.zip", at="/account")
        assert reply.status_code == 413, path
        assert "This file is too large" in words(reply)


def test_a_course_is_retired_and_offered_again(admin: Visitor, own_town: Town) -> None:
    at = "/provider/courses/fire-safety"
    assert admin.post(f"{at}/retire", at=at).status_code == 303
    assert "Retired on 24 November 2026" in admin.words(at)
    assert "Fire Safety" not in admin.words(f"/provider/schools/{own_town.north}/enrol")
    assert admin.post(f"{at}/retire", at=at, offer="yes").status_code == 303
    assert "Retire this course" in admin.words(at)


@pytest.mark.parametrize(
    "path", ["/provider/schools/x", "/provider/people/x", "/provider/courses/x", "/provider/schools/x/enrol"]
)
def test_what_is_not_there_is_not_found(admin: Visitor, path: str) -> None:
    assert admin.get(path).status_code == 404


def test_the_school_is_named_on_its_peoples_pages(own_app: Flask) -> None:
    assert NORTH in Visitor(own_app, "sam").words("/training")

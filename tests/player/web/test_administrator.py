"""The provider at work: schools, people one by one, leavers, courses, keys."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask

from courseware.package import Part
from player.records import teams
from player.records.tables import School
from tests.player import staff
from tests.player.packages import ours
from tests.player.web.sample import NORTH, Sample, person_of
from tests.player.web.site_user import SiteUser, words


def test_a_school_is_added_once(admin: SiteUser) -> None:
    at = "/provider/schools"
    made = admin.post(at, at=at, name="  Eastgate   College ")
    assert "Eastgate College has been added." in admin.words(made.headers["Location"])
    again = admin.post(at, at=at, name="eastgate college")
    assert again.status_code == 422
    assert "There is already a school called “eastgate college”." in words(again)
    assert admin.post(at, at=at, name=" ").status_code == 422


def test_a_course_that_is_only_an_optional_part_is_called_so_and_cannot_be_offered(
    admin: SiteUser, own_sample: Sample
) -> None:
    law = Part("optional_gate-law", "Gate Law", 5, 3, optional="gate-law", result="passed")
    own_sample.lms.add(ours("scorm12", parts=(law,)), name="gate.zip")
    assert "Gate Law Optional part" in admin.words("/provider/courses")
    page = admin.words("/provider/courses/gate-law")
    assert "An optional part of another course, whose package has it." in page
    assert "Offer again" not in page
    assert "Gate Law" not in admin.words(f"/schools/{own_sample.north}/courses")


def test_a_school_among_two_hundred_is_found(admin: SiteUser, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        tx.add_all(School(name=f"Primary {number:03}") for number in range(200))
    assert "Northfield Academy 4 people" in admin.words("/provider/schools"), "without who has left"
    found = admin.words("/provider/schools?q=primary+17")
    assert "12 schools matching “primary 17”" in found
    assert "Primary 179" in found
    assert NORTH not in found
    nothing = admin.words("/provider/schools?q=zzz")
    assert "No school matches “zzz”." in nothing
    assert "Show all schools" in nothing


def test_three_hundred_people_come_a_hundred_at_a_time(admin: SiteUser, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add_many(tx, own_sample.south, (f"Zoë {number:03}" for number in range(230)))
    at = f"/schools/{own_sample.south}/staff"
    first, last = admin.words(at), admin.words(f"{at}?page=3")
    assert "232 people" in first
    assert "Page 1 of 3 Next page" in first
    assert "Zoë 150" not in first
    assert "Zoë 229" in last
    assert "Page 3 of 3" in admin.words(f"{at}?q=zo%C3%AB&page=3")
    assert "230 people matching “zoë”" in admin.words(f"{at}?q=zo%C3%AB")


def test_a_name_is_found_and_ordered_without_its_accents(admin: SiteUser, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        for name in ("Łukasz Wójcik", "Maud Ely", "Élodie Ray"):
            staff.add(tx, own_sample.south, name)
    page = admin.words(f"/schools/{own_sample.south}/staff")
    assert page.index("Élodie") < page.index("Łukasz") < page.index("Maud")
    for at in (f"/schools/{own_sample.south}/staff", f"/schools/{own_sample.south}/people"):
        found = admin.words(f"{at}?q=lukasz+wojcik")
        assert "Łukasz Wójcik" in found
        assert "Maud Ely" not in found


def test_a_long_address_goes_on_behind_its_at(admin: SiteUser, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.south, "Zoë", "zoe.o'brien@south.example")
    page = admin.get(f"/schools/{own_sample.south}/staff").text
    assert "zoe.o&#39;brien@<wbr>south.example</td>" in page


def test_somebody_without_an_address_is_not_called_none(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.south}/staff"
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.south, "Maud Ely")
    assert "Nobody matches." in admin.words(f"{at}?q=none")
    assert "Maud Ely" in admin.words(f"{at}?q=ely+maud"), "as among the manager's people"
    assert "Zed <b>Quiet</b>" in admin.words(f"{at}?q=zed@example")


def test_a_school_is_renamed(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff"
    to = f"/provider/schools/{own_sample.north}"
    assert admin.post(f"{to}/name", at=at, name="Southbrook Primary").status_code == 422
    assert admin.post(f"{to}/name", at=at, name="northfield academy").headers["Location"] == at
    assert admin.get(f"{to}?q=sam").headers["Location"] == f"{at}?q=sam", "the address that it had"
    assert "<h1>northfield academy</h1>" in admin.get(at).text


def test_a_person_is_added_with_a_team_and_gets_a_link(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/new"
    form = {
        "name": "Dee Ely",
        "email": "Dee@Example.org",
        "access": "learner",
        "team": own_sample.teams["office"],
    }
    made = admin.post(at, at=at, **form)
    assert made.status_code == 303
    assert "Has no password yet." in admin.words(made.headers["Location"])
    found = person_of(own_sample, "dee@example.org")
    assert found is not None
    with own_sample.lms.database.reading() as tx:
        assert found.id in teams.members(tx, own_sample.north)[own_sample.teams["office"]]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "email": "x@example.org"}, "The name is missing."),
        ({"name": "X", "email": "nowhere"}, "“nowhere” is not an e-mail address."),
        (
            {"name": "X", "email": "sam@example.org"},
            "Sam Okafor already has the e-mail address “sam@example.org”.",
        ),
        (
            {"name": "X", "email": "", "staff_id": "sam"},
            "Sam Okafor already has the staff id “sam”.",
        ),
        (
            {"name": "X", "email": "", "staff_id": "a\x01b"},
            "A staff id has at most 200 characters, and no invisible",
        ),
        ({"name": "X", "email": "", "staff_id": "x" * 201}, "A staff id has at most 200 characters"),
        ({"name": "X", "email": "", "access": "manager"}, "A manager needs an e-mail address to sign in."),
        ({"name": "X", "email": "", "access": "administrator"}, "Choose learner or training manager."),
    ],
)
def test_a_person_who_cannot_be_added(
    admin: SiteUser, own_sample: Sample, form: dict[str, str], sentence: str
) -> None:
    at = f"/schools/{own_sample.north}/staff/new"
    reply = admin.post(at, at=at, **form)
    assert reply.status_code == 422
    assert sentence in words(reply)


def test_a_person_is_in_the_teams_that_are_ticked(admin: SiteUser, own_sample: Sample) -> None:
    office = own_sample.teams["office"]
    with own_sample.lms.database.writing() as tx:
        others = [teams.team_named(tx, own_sample.north, name).id for name in ("Kitchen", "Library")]
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['ada']}"
    form = {"name": "Ada Byron", "email": "ada@example.org", "access": "learner", "staff_id": "ada"}
    for ticked in ([office], [office, others[0]], others, []):
        assert admin.post(at, at=at, **form, team=ticked).status_code == 303
        with own_sample.lms.database.reading() as tx:
            members = teams.members(tx, own_sample.north)
        assert {team for team, inside in members.items() if inside} == set(ticked)
        shown = re.findall(r'name="team" value="([^"]+)" checked', admin.get(at).text)
        assert set(shown) == set(ticked)


def test_a_leaver_is_out_at_once_and_the_record_stays(
    admin: SiteUser, own_app: Flask, own_sample: Sample
) -> None:
    sam = SiteUser(own_app, "sam")
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    form = {"name": "Sam Okafor", "email": "sam@example.org", "access": "learner", "staff_id": "sam"}
    assert admin.post(at, at=at, **form, until="31/12/2026").status_code == 422
    assert admin.post(at, at=at, **form, until="2026-11-24").status_code == 303
    assert sam.get("/training").status_code == 303
    assert SiteUser(own_app).sign_in("sam").status_code == 422
    assert "Completed" in admin.words(f"/schools/{own_sample.north}/people/{own_sample.people['sam']}")
    assert admin.post(at, at=at, **form, until="").status_code == 303
    assert SiteUser(own_app).sign_in("sam").status_code == 303


def test_whoever_is_to_leave_has_not_left_yet(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    form = {"name": "Sam Okafor", "email": "sam@example.org", "access": "learner", "staff_id": "sam"}
    admin.post(at, at=at, **form, until="2026-12-31")
    assert "Leaves on 31 December 2026." in admin.words(at)
    assert "Leaves 31 December 2026" in admin.words(f"/schools/{own_sample.north}/staff?q=sam")
    assert "Enrol Ben Gone" not in admin.words(
        f"/schools/{own_sample.north}/staff/people/{own_sample.people['ben']}"
    )


def test_a_school_without_people_leads_to_where_they_are_added(admin: SiteUser, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        tx.add(School(id="new", name="Eastgate"))
    assert "No people yet. Add people first." in admin.words("/schools/new/people")
    assert "0 of 0" not in admin.words("/schools/new/people")
    assert "No people yet." in admin.words("/schools/new/staff")


def test_a_leaver_is_found_by_name(admin: SiteUser, own_sample: Sample) -> None:
    page = admin.get(f"/schools/{own_sample.north}/staff?q=ben")
    assert "Nobody at the school now matches." in words(page)
    assert '<details class="fold" open>' in page.text
    assert "1 person who has left" in admin.words(f"/schools/{own_sample.north}/staff")


def test_a_new_address_ends_the_old_sign_ins(admin: SiteUser, own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    admin.post(at, at=at, name="Sam Okafor", email="okafor@example.org", access="learner", staff_id="sam")
    assert sam.get("/training").status_code == 303
    assert SiteUser(own_app).sign_in("okafor").status_code == 303


def test_somebody_is_signed_out_everywhere_by_the_provider(
    admin: SiteUser, own_app: Flask, own_sample: Sample
) -> None:
    sam, at = (
        SiteUser(own_app, "sam"),
        f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}",
    )
    path = f"/schools/{own_sample.north}/people/{own_sample.people['sam']}/password-link"
    link = re.search(r"http://localhost:8000(/welcome/[^<\s]+)", admin.post(path, at=at).text)
    assert link is not None
    done = admin.post(f"{at}/sign-out", at=at)
    assert "Sam Okafor is signed out everywhere" in admin.words(done.headers["Location"])
    assert sam.get("/training").status_code == 303
    assert SiteUser(own_app).get(link[1]).status_code == 410
    assert SiteUser(own_app).sign_in("sam").status_code == 303


def test_a_demotion_counts_on_the_next_request(admin: SiteUser, own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['priya']}"
    admin.post(at, at=at, name="Priya Nair", email="priya@example.org", access="learner", staff_id="priya")
    assert priya.get(f"/schools/{own_sample.north}/people").status_code == 403


def test_an_id_is_changed_and_never_lost(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    form = {"name": "Sam Okafor", "email": "sam@example.org", "access": "learner"}
    for staff_id in ("payroll-17", ""):
        assert admin.post(at, at=at, **form, staff_id=staff_id).status_code == 303
        assert {each["learner"]["id"] for each in own_sample.lms.records()} == {"ada", "payroll-17", "zed"}


def test_administrators_are_not_changed_here(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['alex']}"
    assert admin.get(at).status_code == 404
    form = {"name": "Alex Morgan", "email": "alex@example.org", "access": "learner", "staff_id": "alex"}
    for path in (at, f"{at}/sign-out"):
        assert admin.post(path, at="/provider/schools", **form).status_code == 404, path
    assert admin.get("/provider/schools").status_code == 200


def test_links_for_everybody_without_a_password(admin: SiteUser, own_app: Flask, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff"
    with own_sample.lms.database.writing() as tx:
        for name, email, left in (
            ("Maud Ely", "", None),
            ("Wren Soon", "wren@example.org", date(2026, 12, 24)),
            ("Ida Gone", "ida@example.org", date(2026, 11, 24)),
        ):
            staff.add(tx, own_sample.north, name, email, until=left)
    assert "6 people, 2 without a password yet." in admin.words(at)
    reply = admin.post(f"/schools/{own_sample.north}/staff/password-links.csv", at=at)
    rows = list(csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == ["Cleo Specimen", "Wren Soon"]
    assert SiteUser(own_app).get(rows[1][2].removeprefix("http://localhost:8000")).status_code == 200


def test_a_key_is_shown_once_and_revoked(admin: SiteUser, own_sample: Sample, own_app: Flask) -> None:
    at = f"/schools/{own_sample.north}/staff"
    keys = f"/provider/schools/{own_sample.north}/keys"
    assert "The name is missing." in words(admin.post(keys, at=at, key=" "))
    own_sample.lms.after(minutes=1)
    page = admin.post(keys, at=at, key="Portal").text
    key = re.search(r'class="secret">([\w-]{40,})<', page)
    assert key is not None
    assert key[1] not in admin.get(at).text
    assert re.findall(r"(Portal|Staff intranet) Created", admin.words(at)) == ["Portal", "Staff intranet"]

    def launch() -> int:
        asked = {"course": "fire-safety", "learner": "sam"}
        headers = {"Authorization": f"Bearer {key[1]}"}
        return SiteUser(own_app).client.post("/api/launch", json=asked, headers=headers).status_code

    assert launch() == 200
    for revoke in re.findall(r"(/provider/schools/[^\"]+/revoke)", admin.get(at).text):
        assert admin.post(revoke, at=at).status_code == 303
    assert launch() == 401
    own_sample.lms.after(days=3)
    later = SiteUser(own_app, "alex")
    assert later.post(revoke, at=at).status_code == 303
    assert later.words(at).count("revoked 24 November 2026") == 2, "the day on which it was"


def test_no_team_is_added_to_no_school(admin: SiteUser) -> None:
    added = admin.post("/provider/schools/x/teams", at="/provider/schools", team="Office")
    assert added.status_code == 404


def test_a_key_of_another_school_is_not_revoked_here(admin: SiteUser, own_sample: Sample) -> None:
    path = f"/provider/schools/{own_sample.south}/keys/{own_sample.key}/revoke"
    assert admin.post(path, at="/provider/schools").status_code == 404


def test_a_course_is_retired_and_offered_again(own_app: Flask, own_sample: Sample) -> None:
    at = "/provider/courses/fire-safety"
    for days in (0, 3):
        own_sample.lms.after(days=days)
        assert SiteUser(own_app, "alex").post(f"{at}/retire", at=at).status_code == 303
    assert "Retired on 24 November 2026" in SiteUser(own_app, "alex").words(at), "the day on which it was"
    admin = SiteUser(own_app, "alex")
    assert admin.words("/provider/activity?what=retired:course").count("Course retired Fire Safety") == 1
    assert "Fire Safety" not in admin.words(f"/schools/{own_sample.north}/give")
    again = admin.post(f"{at}/retire", at=at, offer="yes")
    assert "Fire Safety is offered again." in admin.words(again.headers["Location"])
    assert "Retire this course" in admin.words(at)


@pytest.mark.parametrize(
    "path", ["/provider/schools/x", "/provider/people/x", "/provider/courses/x", "/schools/x/give"]
)
def test_what_is_not_there_is_not_found(admin: SiteUser, path: str) -> None:
    assert admin.get(path).status_code == 404


def test_the_school_is_named_on_its_peoples_pages(own_app: Flask) -> None:
    assert NORTH in SiteUser(own_app, "sam").words("/training")

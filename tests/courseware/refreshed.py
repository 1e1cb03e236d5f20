"""The fixture course with a refresher beside it: some of it has changed, and people miss some of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.courseware.authoring import Author


class RefresherAuthor(Author):
    """At work on the refresher, in the folder beside the fixture course."""

    @property
    def course(self) -> Path:
        return self.project / "refresher"


BANK = """\
bank: Final questions
questions:
  where:
    about: watch
    ask: Where do you stand?
    choose one: [{right: With my back to the wall}, {wrong: In the road}]
  back: {about: watch, ask: You may turn your back to the road., this is: false}
  first: {about: watch, ask: You are there before the first child., this is: true}
  last: {about: watch, ask: You may leave before the last child., this is: false}
  who:
    about: greet
    reread: visitors
    ask: Whom do you ask for a name?
    choose all: [{right: A parent you do not know}, {right: A builder}, {wrong: A pupil of your own class}]
  badge: {about: greet, reread: Say good morning, ask: Every visitor wears a badge., this is: true}
  drone: {about: greet, changed in: "2026.2", ask: A drone over the yard is a visitor., this is: true}
  van: {about: greet, ask: A van may drive in without a word., this is: false}
  keys: {about: keep, reread: Where the keys are, ask: The keys hang outside., this is: false}
  lock: {about: keep, ask: The gate is locked at nine., this is: true}
"""
KEYS = """\
lesson: Keys
teaches: keep
minutes: 4
script:
  - text: Two people have keys.
  - page: Where the keys are
  - text: The keys hang in the office.
  - image: gate.svg
    alt: A gate with a lock
  - page: If a key is lost
    changed in: "2026.2"
  - content note: Somebody came in at night.
  - text: Tell the office at once, so that the lock is changed.
"""
DRONE = """\
  - should: Ask a drone’s pilot for *their* name, too.
    by: visitors p1
    changed in: "2026.2"
"""
REFRESHER = """\
course: "Gate Duty: Refresher"
id: gate-duty-refresher
edition: "2026.2"
refresher of: gate-duty
take: {objectives: [greet], changed since: "2026.1"}
minutes: 6
reviewed: {by: A. Reader, role: Head of safety, on: 2026-11-24, edition: "2026.2"}
"""


def renew(author: Author) -> None:
    """The fixture in its next edition: an objective more, questions enough for a pre-test, and changes."""
    author.write("course/quizzes/final.yaml", BANK)
    author.write("course/lessons/keys.yaml", KEYS)
    for file, before, after in (
        ("course.yaml", "edition: 2026.1\n", 'edition: "2026.2"\nearlier editions: ["2026.1"]\n'),
        ("course.yaml", "on: 2026-11-24, edition: 2026.1}", "on: 2026-11-24, edition: 2026.2}"),
        ("course.yaml", "  greet:", "  keep: Keep the keys\n  greet:"),
        ("course.yaml", "visitors]", "visitors, keys]"),
        ("course.yaml", "minutes: 12", "minutes: 20"),
        ("course.yaml", "{from: final, ", "{from: final, draw: {watch: 2, greet: 2, keep: 1}, "),
        (
            "lessons/at-the-gate.yaml",
            "  - text: A child ran after a ball. Nobody was hurt.\n",
            "  - text: A child ran after a ball. Nobody was hurt.\n    changed in: 2026.2\n",
        ),
        (
            "lessons/visitors.yaml",
            "  - details",
            f"{DRONE}  - details",
        ),
    ):
        author.change(f"course/{file}", before, after)


def refresh(author: Author) -> RefresherAuthor:
    """The refresher, in the folder beside it."""
    renew(author)
    author.write("refresher/course.yaml", REFRESHER)
    return RefresherAuthor(author.project)


def statistics(*, n: int = 40, **facility: float | None) -> str:
    """A file as `player questions --json` prints it."""
    return json.dumps(
        [
            {"question": name.replace("_", "-"), "n": n, "facility": share, "judged": "nothing to mend"}
            for name, share in facility.items()
        ]
    )

"""Gate Duty in three variants: staff in England, governors in England, nursery staff in Wales."""

from __future__ import annotations

from tests.courseware.authoring import Author

CHANGES: dict[str, dict[str, str]] = {
    "course/course.yaml": {
        "in: [england]\nfor: [staff, governors]": (
            "in: [england, wales]\nfor: [staff, governors]\nwith: [early-years]\n"
            "variants:\n"
            "  staff: {for: staff, in: england}\n"
            "  governors: {for: governors, in: england, called: Gate Duty for governors, minutes: 16}\n"
            "  nursery: {for: staff, in: wales, with: early-years, called: Gate Duty for nurseries}"
        ),
        "ask who they are\n": (
            "ask who they are\n  decide: {objective: Decide who keeps the gate, only for: governors}\n"
        ),
        "[at-the-gate, visitors]": "[at-the-gate, visitors, decisions]",
        "tries: 3}": "tries: 3, draw: {watch: 1, greet: 1, decide: 1}}",
        "{office: The school office}": (
            "{office: The school office, clerk: {contact: The clerk, only for: governors}}"
        ),
    },
    "course/lessons/at-the-gate.yaml": {
        "[[visitors p1]].": "[[visitors p1, only in england]] [[ymwelwyr p1, only in wales]].",
        "  - should: Never": "  - text: Hold small hands.\n    only with: early-years\n  - should: Never",
        "    by: visitors p1": "    by: visitors p1\n    only in: england",
        "  - page: If somebody runs": "  - page: If somebody runs\n    only for: [staff]",
        "        because: It is too long to be heard.": (
            "        because: It is too long to be heard.\n"
            "      - wrong: Look, a ball.\n"
            "        only with: early-years"
        ),
    },
    "course/lessons/visitors.yaml": {
        "a reason [[visitors p2]].": "a reason [[visitors p2, only in england]].",
        "  - contact: office": "  - contact: office\n  - contact: clerk",
    },
    "course/quizzes/final.yaml": {
        "  who:": (
            "  keeper:\n    about: decide\n    ask: Who decides who keeps the gate?\n"
            "    choose one: [{right: The governing body}, {wrong: The caretaker}]\n"
            "  hands:\n    about: watch\n    only with: early-years\n"
            "    ask: You hold small hands., \n    this is: true\n"
            "  who:"
        ).replace("., \n", ".\n"),
    },
    "law/school.yaml": {
        "  visitors:": (
            "  ymwelwyr:\n    title: Visitors to our schools in Wales\n    kind: guidance\n    in: [wales]\n"
            "    source: https://www.example.org/ymwelwyr\n    checked: 2026-11-01\n"
            "    provisions:\n      p1: {says: What to do at the gate}\n"
            "  visitors:"
        ),
    },
}
DECISIONS = """\
lesson: What governors decide
teaches: decide
minutes: 4
script:
  - text: You decide who keeps the gate.
"""


def vary(author: Author) -> None:
    """Nothing is wrong with it."""
    for file, changes in CHANGES.items():
        for before, after in changes.items():
            author.change(file, before, after)
    author.write("course/lessons/decisions.yaml", DECISIONS)

"""The files of a new course, which its author writes over: it checks and builds as it is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from courseware.errors import CoursewareError, Place, Problem
from courseware.package.slugs import slug

COURSE = """\
course: {title}
id: {id}  # never changes, even when the title does
edition: "{year}.1"  # another one whenever a changed course goes out
as of: {today}  # the law and guidance that the course states
in: [england]
for: [staff]
minutes: 10
description: One or two sentences for the first page.
objectives:
  first: What a learner can do after the first lesson
lessons: [first-lesson]  # lessons/first-lesson.yaml
assessment: {{from: final, pass: 80%}}
help lines: none
"""
LESSON = """\
lesson: The first lesson
teaches: first
minutes: 8
script:
  - page: The first page
  - text: Write here what your learners read.
  - check: first-question
    ask: Write here a question about this page.
    choose one:
      - wrong: A wrong answer
        because: Say to whoever chose it why it is wrong.
      - right: The right answer
        because: Say to whoever chose it why it is right.
"""
BANK = """\
bank: Final questions
questions:
  first-final-question:
    about: first
    ask: Write here a question that decides whether the course is passed.
    choose one:
      - right: The right answer
      - wrong: A wrong answer
      - wrong: Another wrong answer
"""


def write_new_course(title: str, today: date) -> list[Path]:
    """Write a course of that title into a folder of its name below the current one; nothing where it is
    there already."""
    name = slug(title)
    if not name:
        message, hint = f"“{title}” has no letters for the course's id", "give it a title in Latin letters"
        raise CoursewareError([Problem(Place("course.yaml"), message, hint)])
    folder = Path(name)
    if folder.exists():
        raise CoursewareError([Problem(Place(name), "the folder is there already", "choose another title")])
    quoted = json.dumps(title.strip(), ensure_ascii=False)  # YAML reads JSON's texts
    course = COURSE.format(title=quoted, id=name, year=today.year, today=today)
    files = {"course.yaml": course, "lessons/first-lesson.yaml": LESSON, "quizzes/final.yaml": BANK}
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return [folder / file for file in files]

"""How much a refresher asks of its pool. A variant, or the edition of a day, may have a part of that pool."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from courseware.authored.questions import BankQuestion
from courseware.material import CourseSource, PoolNumbers
from courseware.planning.assessment import FEWEST_TESTED
from courseware.source import AssessmentSettings
from courseware.yaml12.nodes import SourceText


def fitted(source: CourseSource) -> CourseSource:
    """The refresher, which draws and tests as much as its pool has: a variant may have a part of that."""
    numbers, asked = source.pool, source.course.assessment
    bank = source.banks.get(asked.from_) if asked else None
    if numbers is None or asked is None or bank is None:
        return source
    update = _draw(numbers, bank.questions, source.course.objectives)
    if wants_pre_test(asked) and not (isinstance(asked.pre_test, Mapping) and "pre-test" in asked.node):
        taught = {one.teaches for one in source.lessons.values()} & numbers.tested
        update["pre_test"] = _pre_test(bank.questions, taught)
    course = source.course.model_copy(update={"assessment": asked.model_copy(update=update)})
    return replace(source, course=course)


def _draw(
    numbers: PoolNumbers, questions: Mapping[SourceText, BankQuestion], objectives: Iterable[SourceText]
) -> dict[str, Any]:
    """The parent's numbers for its objectives; at least all that is always asked."""
    always = Counter(one.about for one in questions.values() if one.always)
    if numbers.draw:
        about = Counter(one.about for one in questions.values())
        draw = {name: min(about[name], max(numbers.draw.get(name, 0), always[name])) for name in objectives}
        return {"draw": {name: number for name, number in draw.items() if number}}
    if numbers.questions:
        share = math.ceil(numbers.questions * len(questions) / max(1, numbers.whole))
        return {"questions": min(len(questions), max(share, always.total()))}
    return {}


def _pre_test(
    questions: Mapping[SourceText, BankQuestion], taught: Collection[str | None]
) -> dict[SourceText, int]:
    """A few questions about each objective that it teaches as a whole, where there are enough."""
    about = Counter(one.about for one in questions.values())
    names = {one.about: one.about for one in questions.values() if one.about in taught}
    return {name: FEWEST_TESTED for name in names.values() if name and about[name] >= FEWEST_TESTED}


def wants_pre_test(settings: AssessmentSettings) -> bool:
    """True unless the author of the refresher writes `pre-test: no`."""
    return bool(settings.pre_test) or "pre-test" not in settings.node

"""A refresher asks for objectives, changes and lessons that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from courseware.editions import comes_after
from courseware.errors import Problem
from courseware.material import CourseSource, RefresherMaterial
from courseware.refreshing.finishing import NEWS
from courseware.rules.hints import did_you_mean


def take_is_sound(
    refresher: RefresherMaterial, parent: CourseSource, *, is_any_new: bool
) -> Iterator[Problem]:
    take = refresher.asked.take
    if not (take.objectives or take.changed_since or take.most_missed):
        hint = "write “objectives: […]”, “changed since: …” or “most missed: …” below “take:”"
        yield Problem(take.place, f"nothing is taken of “{parent.course.id}”", hint)
    for name in take.objectives or ():
        if name not in parent.course.objectives:
            hint = did_you_mean(name, parent.course.objectives)
            yield Problem(name.place, f"“{parent.course.id}” has no objective “{name}”", hint)
    if take.changed_since is None:
        return
    since, edition = take.changed_since, parent.course.edition
    earlier = parent.course.earlier_editions or ()
    if since not in (*earlier, edition) and not comes_after(since, edition):
        message = f"“{parent.course.id}” has had no edition “{since}”"
        meant = did_you_mean(since, (*earlier, edition)) if earlier else f"it is edition {edition}"
        yield Problem(since.place, message, f"{meant}; or add it there to “earlier editions:”")
    elif not comes_after(edition, since):
        message = f"“{parent.course.id}” is in edition {edition}, so that nothing has changed since {since}"
        yield Problem(since.place, message, "name an edition before that one")
    elif not is_any_new:
        message = f"nothing in “{parent.course.id}” has changed since its edition {since}"
        hint = f'write “changed in: "{edition}"” at what has, or leave “changed since:” out'
        yield Problem(since.place, message, hint)


def lessons_are_taken(refresher: RefresherMaterial, lessons: Collection[str]) -> Iterator[Problem]:
    """`lessons:` sets the order of what there is."""
    for name in refresher.asked.lessons or ():
        if name not in lessons:
            message = (
                f"the refresher has no lesson “{name}”: it takes none of that name, and has none of its own"
            )
            yield Problem(name.place, message, did_you_mean(name, lessons))


def news_has_its_name(refresher: RefresherMaterial, lessons: Mapping[str, str]) -> Iterator[Problem]:
    """No other lesson has the name of the one about what is new. `lessons` are the parent's names by those
    that they have in the refresher."""
    take = refresher.asked.take
    if take.changed_since is None or NEWS not in lessons:
        return
    message = f"the refresher's lesson about what has changed is called “{NEWS}”"
    if lessons[NEWS] == NEWS:
        message += f", and it takes a lesson of that name from “{refresher.asked.refresher_of}”"
        hint = f"rename that one; or write it anew under another name, and “instead: {{{NEWS}: that-name}}”"
        yield Problem(take.at("changed since"), message, hint)
        return
    for old, new in refresher.asked.instead.items():
        if old == lessons[NEWS]:
            message += f", and cannot stand instead of “{old}”"
            yield Problem(new.place, message, "give your own lesson another name")

"""A manifest's values cut to the limits of its format, each cut with a warning."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.errors import Place, Problem
from courseware.formats.format import Format
from courseware.material import CourseSource
from courseware.package import Item, Package


def cut_to_format(source: CourseSource, package: Package, target: Format) -> tuple[Package, list[Problem]]:
    """The package as the format can hold it, and what was cut."""
    course, limits = source.course, target.limits
    cut = Cutting(target)
    (organization,) = package.organizations
    place = course.at("course")
    title = cut.title(organization.title, place)
    items = tuple(
        cut.item(one, place if one.title == organization.title else course.at("lessons"))
        for one in organization.items
    )
    package = replace(package, organizations=(replace(organization, title=title, items=items),))
    if limits.version and len(package.version) > limits.version:
        message = f"{target.name} holds a version of {limits.version} characters"
        hint = "shorten the edition; the manifest leaves it out, the course shows it"
        cut.problems.add(Problem(course.at("edition"), message, hint, "warning"))
        package = replace(package, version="")
    return package, sorted(cut.problems)


class Cutting:
    """Cuts, and collects a warning for each."""

    def __init__(self, target: Format) -> None:
        self.name, self.limits = target.name, target.limits
        self.problems: set[Problem] = set()

    def title(self, title: str, place: Place) -> str:
        most = self.limits.title
        if most is None or len(title) <= most:
            return title
        message = f"{self.name} holds a title of {most} characters, and this has {len(title)}"
        self._warn(place, message, "shorten it; lists of courses show it cut")
        return title[: most - 1].rstrip() + "…"

    def item(self, item: Item, place: Place) -> Item:
        return replace(
            item, title=self.title(item.title, place), prerequisites=self._prerequisites(item, place)
        )

    def _prerequisites(self, item: Item, place: Place) -> str:
        """As many as there is room for, the last ones: a learner comes to them last."""
        most, names = self.limits.prerequisites, item.prerequisites.split("&")
        if most is None or len(item.prerequisites) <= most:
            return item.prerequisites
        kept = names[next(at for at in range(len(names)) if len("&".join(names[at:])) <= most) :]
        length = len(item.prerequisites)
        message = (
            f"{self.name} holds prerequisites of {most} characters, and these have {length}: "
            f"“{item.title}” waits for the last {len(kept)} of {len(names)} lessons"
        )
        hint = "shorten the names of the lessons' files, or write “order: as listed”: then the last is enough"
        self._warn(place, message, hint)
        return "&".join(kept)

    def _warn(self, place: Place, message: str, hint: str) -> None:
        self.problems.add(Problem(place, message, hint, "warning"))

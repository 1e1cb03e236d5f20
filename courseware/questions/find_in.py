"""Find in: places in a picture, of which one or several are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Struct

from courseware.authored.model import Text
from courseware.authored.reading import NOT_EMPTY, by_first_key
from courseware.authored.selective import Selective
from courseware.blocks import Figure, Question
from courseware.errors import Problem
from courseware.questions.choose import AuthoredChoice, ChooseKind
from courseware.questions.kind import NamedPicture, PlannedAnswer, Writing
from courseware.questions.spots import (
    FINGER,
    PIN,
    Box,
    Picture,
    WrittenSpot,
    in_percent,
    on_phone,
    overlapping,
    shares_on_phone,
)
from courseware.yaml12.nodes import SourceText

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion


class PlaceInPicture(Selective):
    """A place that may be chosen; it keeps its number, so that none stays last."""

    @property
    def stays_last(self) -> bool:
        return False


class RightPlace(PlaceInPicture):
    """A place that is to be found."""

    is_right: ClassVar[bool] = True
    right: Text
    at_: WrittenSpot
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.right


class WrongPlace(PlaceInPicture):
    """Another place, which is to be left alone."""

    is_right: ClassVar[bool] = False
    wrong: Text
    at_: WrittenSpot
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.wrong


Place = RightPlace | WrongPlace
AuthoredPlace = Annotated[Place, by_first_key({"right": RightPlace, "wrong": WrongPlace})]


class Pin(Struct, frozen=True):
    """A place in the picture, in percent of it. Its number is that of its option."""

    letter: str
    box: Box
    is_area: bool


class PlannedPicture(Struct, frozen=True):
    """The picture as the learner sees it."""

    figure: Figure
    pins: tuple[Pin, ...]
    ratio: float  # its width by its height


class FindInKind(ChooseKind):
    """The answer is a set of letters, as that of choose all. A place keeps its number, however the options of
    other questions are shuffled."""

    name = "find_in"
    scripts = ("choose",)
    styles = ("find_in",)
    noun = "place"
    needed = ("alt", "places")
    hints: ClassVar = {
        "places": "write the places below it, each a line: “- right: …” or “- wrong: …”, with its “at:”",
        "at": "say where it is in the picture, such as “at: 30% across and 45% down”",
    }
    hint = "name a file of the folder “media”, such as “find in: corridor.jpg”, and its “places:” below it"

    def __init__(self) -> None:
        super().__init__("find in", one=False)
        self.fields = {
            "find_in": Text,
            "alt": Text,
            "places": Annotated[tuple[AuthoredPlace, ...], NOT_EMPTY],
        }

    def choices(self, asked: AuthoredQuestion) -> Sequence[AuthoredChoice]:
        places: Sequence[Place] = asked.places
        return places

    def picture(self, asked: AuthoredQuestion) -> NamedPicture:
        return NamedPicture(self.answer(asked), asked.alt)

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        options = super().planned(asked, writing).options
        figure, size = writing.pictures.of_question(self.picture(asked))
        pins = tuple(
            Pin(option.letter, in_percent(place.at_, size), place.at_.is_area)
            for option, place in zip(options, asked.places, strict=False)
        )
        return PlannedAnswer(options, detail=PlannedPicture(figure, pins, size.width / size.height))

    def rules(self, question: Question) -> Iterator[str]:
        """The picture's shape, and where each place is. The picture fits the window, and is no larger than it
        was made, as long as the pins of neighbours have room."""
        shown: PlannedPicture = question.detail
        form = f"[data-question='{question.id}']"
        widest = f"{shown.figure.width}px" if shown.figure.width else "100%"
        yield f"{form} .searched {{ --ratio: {shown.ratio:.4f}; --widest: {widest}; }}\n"
        for pin in shown.pins:
            box = pin.box
            size = f" --w: {box.width:g}%; --h: {box.height:g}%;" if pin.is_area else ""
            yield f"{form} [data-pin='{pin.letter}'] {{ --x: {box.left:g}%; --y: {box.top:g}%;{size} }}\n"

    def problems_in_picture(self, asked: AuthoredQuestion, picture: Picture) -> Iterator[Problem]:
        name = self.answer(asked)
        if not picture.width or not picture.height:
            hint = "save it as PNG, JPEG or WebP; a drawing says its size by a “viewBox”, as plain SVG does"
            yield Problem(name.place, f"the size of “{name}” cannot be read, and places need it", hint)
            return
        if picture.has_two_layouts:
            hint = "take out its layout for phones: the picture is shown whole there"
            yield Problem(name.place, f"“{name}” has two layouts, and a place is in one of them only", hint)
        if picture.too_wide:
            message = f"“{name}” is {picture.too_wide} wide and has words, which are too small on a phone"
            hint = "leave them out, or draw it 360 wide at most: the places have words of their own"
            yield Problem(name.place, message, hint, "warning")
        yield from places_can_be_pressed(asked.places, picture)


def places_can_be_pressed(places: Sequence[Place], picture: Picture) -> Iterator[Problem]:
    """Each is inside, large enough for a finger on a phone 320 wide (WCAG 2.2, 2.5.8), and on none of the
    others there."""
    boxes: list[Box] = []
    inside: list[Place] = []
    for place in places:
        box = in_percent(place.at_, picture)
        if max(box.right, box.bottom) > 100:
            yield outside(place, picture)
            continue
        button = on_phone(box, picture, is_area=place.at_.is_area)
        if min(button.width, button.height) < FINGER:
            yield too_small(place, box, button, picture)
            continue
        boxes.append(button)
        inside.append(place)
    for first, second in overlapping(boxes):
        message = f"on a phone this place lies on “{inside[first].text.excerpt}”"
        across, down = shares_on_phone(PIN, picture)
        hint = (
            f"keep points {across}% across or {down}% down apart, shrink an area, or make one place of both"
        )
        yield Problem(inside[second].at("at"), message, hint)


def apart(picture: Picture) -> str:
    across, down = shares_on_phone(PIN, picture)
    return f"keep points {across}% across or {down}% down apart, shrink an area, or make one place of both"


def outside(place: Place, picture: Picture) -> Problem:
    message = "this place is outside of the picture"
    if place.at_.is_share:
        return Problem(place.at("at"), message, "write 100% at most: 0% is its left or upper edge")
    size = f"{picture.width:g} across and {picture.height:g} down"
    return Problem(place.at("at"), message, f"its last point is {size}; with “%”, 100% across and 100% down")


def too_small(place: Place, box: Box, button: Box, picture: Picture) -> Problem:
    across, down = shares_on_phone(FINGER, picture)
    middle = f"{(box.left + box.right) / 2:.3g}% across and {(box.top + box.bottom) / 2:.3g}% down"
    message = (
        f"on a phone this place is {button.width:.0f} by {button.height:.0f} pixels, too small for a finger"
    )
    hint = f"make it {across}% wide and {down}% high at least, or name its middle alone: “at: {middle}”"
    return Problem(place.at("at"), message, hint)


FIND_IN = FindInKind()

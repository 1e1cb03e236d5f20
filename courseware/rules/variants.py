"""Variants: each chooses what the course has, and each word of `only …` is one of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from courseware.authored.selective import DAYS, Selective
from courseware.authored.variant import Variant, chosen, variants_of
from courseware.conditions import conditional_citations
from courseware.errors import Place, Problem
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.rules.days import days_are_sound
from courseware.rules.hints import did_you_mean, grouped
from courseware.source import VariantEntry
from courseware.yaml12.nodes import CutText, SourceText

KEYS = {"only for": "for", "only in": "in", "only with": "with"}
SUCH_AS = "variants: {governors: {for: governors, in: england}}"


def known_words(source: CourseSource) -> dict[str, tuple[SourceText, ...]]:
    """The audiences, nations and phases of course.yaml, by its key."""
    course = source.course
    return {"for": course.for_, "in": course.in_, "with": course.with_ or ()}


def variants_are_sound(source: CourseSource) -> Iterator[Problem]:
    known = known_words(source)
    if source.course.variants is None:
        if source.course.with_:
            message = "“with:” chooses nothing in a course without variants"
            yield Problem(
                source.course.at("with"), message, f"name them, such as “{SUCH_AS}”, or leave it out"
            )
        return
    for name, entry in source.course.variants.items():
        for key, word in (("for", entry.for_), ("in", entry.in_), ("with", entry.with_)):
            yield from _choice(name, entry, key, word, known[key])
    yield from _alike(source)
    yield from _of_one_title(source)
    yield from _keeping_the_name(source)
    yield from _not_made(source)


def _choice(
    name: SourceText, entry: VariantEntry, key: str, word: SourceText | None, known: tuple[SourceText, ...]
) -> Iterator[Problem]:
    if word is not None and word not in known:
        message = f"the variant “{name}” has “{key}: {word}”, which is not in the course's “{key}:”"
        hint = did_you_mean(word, known) or f"add “{key}: [{word}]” to course.yaml"
        yield Problem(word.place, message, hint)
    elif word is None and key != "with" and not chosen(word, known):
        message = f"the variant “{name}” does not say which of the course's “{key}:” it is {key}"
        yield Problem(entry.place, message, f"add “{key}: {known[0]}”, or another of {', '.join(known)}")


def _alike(source: CourseSource) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], str] = {}
    places = {str(name): name.place for name in source.course.variants or ()}
    for name, one in variants_of(source.course).items():
        other = first.setdefault((one.audience, one.nation, one.phase), name)
        if other != name:
            message = f"the variants “{other}” and “{name}” choose the same, and would be one package twice"
            yield Problem(places[name], message, "let them differ, or keep one of them")


def _of_one_title(source: CourseSource) -> Iterator[Problem]:
    """An LMS that has both lists two courses that nobody can tell from each other."""
    first: dict[str, str] = {}
    for name, entry in (source.course.variants or {}).items():
        title = str(entry.called or source.course.course)
        other = first.setdefault(title, name)
        if other != name:
            message = f"the variants “{other}” and “{name}” have the same title, “{title}”"
            hint = "give one of them “called:” and a title of its own, so that an LMS's list tells them apart"
            own = name.place.file == source.course.place.file
            if not own:
                hint = f"name the variants under “variants:” here too, and {hint}"
            yield Problem(name.place if own else source.course.place, message, hint, "warning")


def _keeping_the_name(source: CourseSource) -> Iterator[Problem]:
    keeping = [(name, one) for name, one in (source.course.variants or {}).items() if one.keeps_the_name]
    for name, one in keeping[1:]:
        message = f"the variants “{keeping[0][0]}” and “{name}” both keep the course's name"
        yield Problem(
            one.at("keeps the name"), message, "let one of them keep it: each package needs its own"
        )


def _not_made(source: CourseSource) -> Iterator[Problem]:
    """Not asked where a variant chooses nothing that there is: it may have meant that."""
    made = variants_of(source.course)
    if len(made) < len(source.course.variants or ()):
        return
    for key, words in known_words(source).items():
        for word in words:
            if not any(one.is_meant_by(f"only {key}", {word}) for one in made.values()):
                message = f"the course has “{key}: {word}”, and no variant is made {key} it"
                yield Problem(word.place, message, "add a variant, or leave the word out", "warning")


def words_are_known(source: CourseSource) -> Iterator[Problem]:
    """Each word of `only …` is the course's, and one of some variant."""
    yield from grouped(
        problem
        for place, conditions in written_conditions(source)
        if not source.is_inherited(place)
        for key, words in conditions
        for problem in _words(source, key, words, place)
    )


def all_is_seen(source: CourseSource, having: Iterable[CourseSource]) -> Iterator[Problem]:
    """Each part that is for some is in one of the packages; `having` are the sources of all variants, of all
    days. Not asked where a word or a day is wrong, which may be the reason."""
    variants = tuple(variants_of(source.course).values())
    is_sure = len(variants) == len(source.course.variants or ())
    if not is_sure or any(words_are_known(source)) or any(days_are_sound(source)):
        return
    seen = {id(model.node) for one in having for model in one.models}
    has_days = any(isinstance(model, Selective) and any(model.days) for model in source.models)
    for model in source.models:
        if not isinstance(model, Selective) or id(model.node) in seen or not said_of(model):
            continue
        if source.is_inherited(model.place):
            continue
        said = " and ".join(said_of(model))
        message = f"no variant is {said} at once, so that nobody sees this"
        if not variants or any(one.sees(model) for one in variants):
            others = "for other readers or other days" if has_days else "for others"
            message = f"this says {said}, and belongs to something that is {others}"
        hint = "leave one of the conditions out, or add a variant" if variants else "correct one of the days"
        yield Problem(model.place, message, hint)


def said_of(model: Selective) -> list[str]:
    """The conditions as the author wrote them."""
    words = [f"“{key}: {' or '.join(words)}”" for key, words in model.conditions]
    return words + [f"“{key}: {day}”" for key, day in model.days]


def texts_are_left(source: CourseSource) -> Iterator[Problem]:
    """A text that is a citation of others alone says nothing to these readers."""
    for text in source.markdown if source.is_part else ():
        if isinstance(text, CutText) and not text.strip():
            key = "only in:" if source.variant else "from:"
            hint = f"write “{key}” or the like at the whole line, or words beside the citation"
            yield Problem(text.place, "nothing is left of this text", hint)


Words = tuple[tuple[str, Place], ...]


def written_conditions(source: CourseSource) -> Iterator[tuple[Place, list[tuple[str, Words]]]]:
    """Everything that has a key `only …`, with its keys and words: lines, lessons, questions, entries,
    citations. The catalogue's help lines may be for readers of other courses."""
    shared = {id(line) for line in (source.catalogue.help_lines if source.catalogue else {}).values()}
    for model in source.models:
        if isinstance(model, Selective) and id(model) not in shared:
            conditions = [
                (key, tuple((str(word), word.place) for word in words)) for key, words in model.conditions
            ]
            if conditions:
                yield model.place, conditions
    for text in source.markdown:
        for cited in conditional_citations(text):
            yield (
                text.place_of(cited.addition[0]),
                [
                    (one.key, tuple((word, text.place_of(at)) for word, at in one.words))
                    for one in cited.conditions
                    if one.key not in DAYS
                ],
            )


def _words(source: CourseSource, key: str, words: Words, place: Place) -> Iterator[Problem]:
    if not key or not words:
        hint = "write it like “[[kls p2, only in wales]]”"
        yield Problem(place, "this does not say for whom the citation is", hint)
        return
    course = source.course
    if course.variants is None:
        message = f"“{key}:” is for a variant, and the course names none"
        yield Problem(words[0][1], message, f"add such as “{SUCH_AS}” to course.yaml, or leave it out")
        return
    known, made = known_words(source)[KEYS[key]], variants_of(course).values()
    is_sure = len(made) == len(course.variants)
    for word, where in words:
        if word not in known:
            message = f"“{key}: {word}” is none of the course's “{KEYS[key]}:”"
            hint = did_you_mean(word, known) or f"add “{KEYS[key]}: [{word}]” to course.yaml"
            yield Problem(where, message, hint)
        elif is_sure and not any(one.is_meant_by(key, {word}) for one in made):
            message = f"no variant is made {KEYS[key]} “{word}”"
            yield Problem(where, message, "add such a variant to course.yaml, or leave the word out")


def is_asked_for(variant: Variant, source: CourseSource, options: BuildOptions) -> bool:
    """By its name, or by all that `--variant KEY=VALUE` says."""
    if options.variants:
        return variant.name in options.variants
    facts = {**variant.choices, "language": source.language}
    return all(facts.get(key) == value for key, value in options.variant.items())


def asked_variants_exist(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """Each variant that `--variant` asks for is one of the course."""
    course = source.course
    place = course.at("variants")
    for name in options.variants:
        if name not in (course.variants or ()):
            hint = did_you_mean(name, course.variants or ())
            hint = hint or "it names none: leave “--variant” out, or add “variants:” to course.yaml"
            yield Problem(place, f"the course has no variant “{name}”", hint)
    if not options.variant:
        return
    unknown = tuple(unknown_values(source, options.variant))
    yield from unknown
    if unknown:
        return
    asked = " ".join(f"{key}={value}" for key, value in options.variant.items())
    made = variants_of(course)
    if course.variants is None:
        yield alike(source, asked)
    elif not any(is_asked_for(one, source, options) for one in made.values()):
        hint = f"there are {', '.join(made)}" if made else ""
        yield Problem(place, f"none of the course's variants has {asked}", hint)


def unknown_values(source: CourseSource, variant: Mapping[str, str]) -> Iterator[Problem]:
    course = source.course
    for key, known, place in (
        ("audience", course.for_, course.at("for")),
        ("jurisdiction", course.in_, course.at("in")),
        ("phase", course.with_ or (), course.at("with")),
        ("language", (source.language,), course.at("language")),
    ):
        if key in variant and variant[key] not in known:
            message = f"the course has no variant {key}={variant[key]}"
            yield Problem(place, message, did_you_mean(variant[key], known))


def alike(source: CourseSource, asked: str) -> Problem:
    """The course names no variants, so no line depends on one, and two names for one package mislead."""
    message = (
        f"nothing in this course depends on {asked}, so the package differs from others in its name only"
    )
    return Problem(source.course.place, message, "leave “--variant” out", "warning")

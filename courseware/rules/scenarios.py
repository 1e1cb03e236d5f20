"""A scenario can be played: each choice leads to a scene, each scene is reached, and one way ends well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from courseware.authored.lines import ScenarioLine
from courseware.errors import Problem
from courseware.material import Material
from courseware.questions.scenes import CODES, SCENES, Scene, Scenes, way_that_ends_well
from courseware.rules.hints import did_you_mean
from courseware.rules.walk import checks


def scenarios_can_be_played(material: Material) -> Iterator[Problem]:
    for asked in material.questions:
        if asked.has_answer and asked.kind is SCENES:
            scenes: Scenes = SCENES.answer(asked)
            found = [*wrong_scenes(scenes), *wrong_names(scenes)]
            yield from found or wrong_ways(scenes)


def scenarios_are_called_so(material: Material) -> Iterator[Problem]:
    """The first key says what a thing is."""
    banks = [bank.questions for bank in material.banks.values()]
    for line in checks(material):
        named = (questions[line.check] for questions in banks if line.check in questions)
        asked = line if line.ask is not None else next(named, None)
        if asked is None or not asked.has_answer:
            continue
        if isinstance(line, ScenarioLine) and asked.kind is not SCENES:
            message = f"“{line.check}” is a question and no scenario"
            yield Problem(line.check.place, message, f"write “check: {line.check}”")
        elif asked.kind is SCENES and not isinstance(line, ScenarioLine):
            message = f"“{line.check}” is a scenario"
            yield Problem(line.check.place, message, f"write “scenario: {line.check}”")


def wrong_scenes(scenes: Scenes) -> Iterator[Problem]:
    """Scenes that are wrong by themselves."""
    for name, scene in scenes.items():
        if scene.choose and scene.ends:
            yield Problem(scene.at("ends"), f"the scene “{name}” goes on, and it ends", "keep one of the two")
        elif not scene.choose and not scene.ends:
            hint = "write “choose:” with what a learner may say or do; or “ends: well”, “ends: badly”"
            yield Problem(name.place, f"the scene “{name}” neither goes on nor ends", hint)
        elif scene.choose and len(scene.choose) < 2:
            hint = "write at least two; or put its text into the scene before"
            yield Problem(scene.at("choose"), f"the scene “{name}” has only one choice", hint)
        if scene.try_again_from and scene.ends != "badly":
            hint = "take it out, or write “ends: badly”"
            message = f"“try again from:” is for a scene that ends badly, and “{name}” does not"
            yield Problem(scene.at("try again from"), message, hint)
        yield from same_choices(scene)
    number = sum(len(scene.choose or ()) for scene in scenes.values())
    if number > len(CODES):
        message = f"a scenario has at most {len(CODES)} choices, and this one has {number}"
        yield Problem(next(iter(scenes)).place, message, "make two scenarios of it")


def same_choices(scene: Scene) -> Iterator[Problem]:
    seen: set[str] = set()
    for choice in scene.choose or ():
        if choice.text in seen:
            yield Problem(choice.text.place, "this choice is here twice", "reword or remove one")
        seen.add(choice.text)


def wrong_names(scenes: Scenes) -> Iterator[Problem]:
    """Names that no scene has."""
    for scene in scenes.values():
        for name in (*(choice.then for choice in scene.choose or ()), scene.try_again_from):
            if name is not None and name not in scenes:
                hint = did_you_mean(name, scenes) or "write it below “scenes:”"
                yield Problem(name.place, f"there is no scene “{name}”", hint)


def wrong_ways(scenes: Scenes) -> Iterator[Problem]:
    """Scenes that nothing leads to, or that nobody can go back to; no way that ends well."""
    first, before = next(iter(scenes)), scenes_before(scenes)
    circles = list(ways_back(scenes, before))
    yield from circles
    for name, scene in scenes.items():
        if name != first and not before[str(name)]:
            hint = f"write “then: {name}” where something leads to it, or take it out"
            yield Problem(name.place, f"nothing leads to the scene “{name}”", hint)
        back = scene.try_again_from
        if back and str(back) not in before[str(name)]:
            message = f"“{back}” is not on the way to “{name}”, so that nobody can try again from there"
            yield Problem(back.place, message, "name a scene that leads here")
    if scenes[first].ends:
        message = f"the scenario ends with its first scene, “{first}”"
        yield Problem(first.place, message, "write “choose:” there")
    elif not circles and not way_that_ends_well(scenes):
        yield Problem(first.place, "no way through the scenario ends well", "write “ends: well” at a scene")


def ways_back(scenes: Scenes, before: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Choices that lead to the scene itself, or to one that stands before it and leads here: each circle has
    one."""
    passed: set[str] = set()
    for name, scene in scenes.items():
        passed.add(str(name))
        for choice in scene.choose or ():
            if choice.then in passed and (choice.then == name or str(choice.then) in before[str(name)]):
                message = f"“then: {choice.then}” leads back, and the scenario may never end"
                hint = "let it lead to a scene that says “ends: badly” and “try again from: …”"
                yield Problem(choice.then.place, message, hint)


def scenes_before(scenes: Scenes) -> dict[str, set[str]]:
    """The scenes from which each is reached, once or after others; only those that the first one leads to."""
    before: dict[str, set[str]] = {str(name): set() for name in scenes}
    by_name: dict[str, Scene] = {str(name): scene for name, scene in scenes.items()}
    waiting: list[str] = [str(next(iter(scenes)))]
    while waiting:
        name = waiting.pop()
        for then in {str(choice.then) for choice in by_name[name].choose or ()}:
            known = before[name] | {name}
            if not known <= before[then]:
                before[then] |= known
                waiting.append(then)
    return before

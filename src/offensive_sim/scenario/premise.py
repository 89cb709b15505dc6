"""The premise check: what a careful reader would ask of a what-if before believing any answer.

The questions are those of Tetlock and Belkin (1996): clear, consistent, little rewritten, sourced, near.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from offensive_sim.scenario.levers import touched
from offensive_sim.scenario.lint_walk import JUDGEMENT, effects
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.triggers import AllOf, AnyOf, Condition, FlagSet, Not, SetFlag
from offensive_sim.scenario.whatif import SHORT_GAP, EventMoved, NoEvent, WhatIf

_SIZES: Final = {
    "event": "{n} event{s}",
    "added event": "nothing that is there; it adds {n} event{s}",
    "arrival of": "the arrival of {n} unit{s}",
    "orders of": "the orders of {n} unit{s}",
    "strength of": "the strength of {n} unit{s}",
}
"""What a lever touches, in words."""


class Note(NamedTuple):
    """One remark of the premise check."""

    severity: Literal["note", "warning"]
    what: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.what}"


def premise_notes(what_ifs: Sequence[WhatIf], scenario: Scenario) -> tuple[Note, ...]:
    """What to keep in mind about these what-ifs, played together; warnings first."""
    notes = [*_levers(what_ifs)]
    for what_if in what_ifs:
        notes += [*_size(what_if, scenario), *_nearness(what_if), *_sourcing(what_if), *_facts(what_if, scenario)]
    return tuple(sorted(notes, key=lambda note: note.severity == "note"))


def _levers(what_ifs: Sequence[WhatIf]) -> Iterator[Note]:
    if len(what_ifs) > 1:
        names = ", ".join(what_if.id for what_if in what_ifs)
        yield Note("warning", f"{len(what_ifs)} levers at once ({names}): nobody can say which of them did it")
    for what_if in what_ifs:
        if what_if.kind == "miracle":
            yield Note(
                "note",
                f"{what_if.id} is a miracle: nobody could have brought it about with what they had; "
                "it shows how much the thing mattered, not what could have been done",
            )


def _size(what_if: WhatIf, scenario: Scenario) -> Iterator[Note]:
    counted = Counter(section for section, _ in touched(scenario, what_if).things)
    said = [_SIZES[section].format(n=n, s="" if n == 1 else "s") for section, n in sorted(counted.items())]
    yield Note("note", f"{what_if.id} changes {' and '.join(said)}")


def _nearness(what_if: WhatIf) -> Iterator[Note]:
    days = f"the outcome is judged {what_if.horizon} days after {what_if.date}, on {what_if.judged_on}"
    if what_if.horizon > SHORT_GAP:
        yield Note("warning", f"{days}: confidence falls with every step, read nothing fine after {SHORT_GAP} days")
    else:
        yield Note("note", days)


def _sourcing(what_if: WhatIf) -> Iterator[Note]:
    if set(what_if.source) == {JUDGEMENT}:
        yield Note("warning", f"{what_if.id} rests on no source but our judgement")
    elif what_if.confidence == "low":
        yield Note("warning", f"{what_if.id} rests on sources of low confidence")
    for side, rows in (("for", what_if.evidence.for_), ("against", what_if.evidence.against)):
        if not rows:
            yield Note("warning", f"no evidence {side} the premise of {what_if.id} is given")


def _facts(what_if: WhatIf, scenario: Scenario) -> Iterator[Note]:
    for fact in what_if.facts:
        if fact.how == "contradicts":
            yield Note("warning", f"{fact.id} speaks against it: {fact.why}")
        else:
            yield Note("note", f"{fact.id} hangs on it: {fact.why}")
    listed = {fact.id for fact in what_if.facts}
    for name in unlisted(what_if, scenario):
        if name not in listed:
            yield Note("warning", f"{name} waits for what is changed, and the premise does not speak of it")


def unlisted(what_if: WhatIf, scenario: Scenario) -> list[str]:
    """Events that wait, at one remove or more, for a flag that a changed event raises."""
    lever = what_if.lever
    if not isinstance(lever, NoEvent | EventMoved):
        return []
    raised = [(str(path[1]), effect.flag) for path, effect in effects(scenario) if isinstance(effect, SetFlag)]
    reached, before = set(lever.events), set[str]()
    while reached != before:
        before = set(reached)
        flags = {flag for name, flag in raised if name in reached}
        reached |= {name for name, one in scenario.triggers.items() if _flags(one.when) & flags}
    return [name for name in scenario.triggers if name in reached and name not in lever.events]


def _flags(condition: Condition) -> set[str]:
    if isinstance(condition, FlagSet):
        return {condition.flag}
    if isinstance(condition, AllOf | AnyOf):
        return {flag for one in condition.of for flag in _flags(one)}
    return _flags(condition.of) if isinstance(condition, Not) else set()

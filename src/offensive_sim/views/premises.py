"""What-ifs as a reader meets them: what is changed, and what speaks for and against that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif import Evidence, WhatIf
from offensive_sim.views.events import SourceLine, source_lines


@dataclass(frozen=True)
class Cited:
    """A sentence with its sources."""

    says: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Premise:
    """A what-if as a reader meets it: what is changed, and what speaks for and against that."""

    what_if: WhatIf
    sources: tuple[SourceLine, ...]
    lever: tuple[tuple[str, str], ...]
    """The one change, as the file says it: key and value."""
    for_: tuple[Cited, ...]
    against: tuple[Cited, ...]


def premise_of(scenario: Scenario, what_if: WhatIf) -> Premise:
    """A what-if with its sources in words."""
    def cited(rows: Sequence[Evidence]) -> tuple[Cited, ...]:
        return tuple(Cited(row.says, source_lines(scenario, row.source)) for row in rows)

    said = what_if.lever.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return Premise(
        what_if=what_if,
        sources=source_lines(scenario, what_if.source),
        lever=tuple(_flat(said)),
        for_=cited(what_if.evidence.for_),
        against=cited(what_if.evidence.against),
    )


def _flat(said: Mapping[str, object], stem: str = "") -> Iterator[tuple[str, str]]:
    """Keys and values of nested data, one a line."""
    for key, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{stem}{key}.")
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for number, one in enumerate(value, 1):
                yield from _flat(one, f"{stem}{key}.{number}.")
        else:
            yield f"{stem}{key}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)

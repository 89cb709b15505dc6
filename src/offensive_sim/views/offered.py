"""The what-ifs that stand beside a scenario, as somebody who is about to choose one should meet them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.lint_whatif import lint_what_if
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.premise import Note, premise_notes
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.scenario.whatif_files import FOLDER, read_what_if, what_if_ids
from offensive_sim.views.opened import Opened

_HARM = "atrocity"


@dataclass(frozen=True)
class Offered:
    """One what-if that can be chosen, or why it cannot."""

    name: str
    """Its id, or the path of its file where it does not stand beside the scenario."""
    what_if: WhatIf | None
    notes: tuple[Note, ...] = ()
    """What the premise check says, warnings first."""
    harm: bool = False
    """Whether its premise touches documented harm to people, so that a content note belongs before it."""
    twin: str = ""
    """Title of the what-if to lay beside it."""
    problem: str = ""
    """The first thing that is wrong with its file."""

    @property
    def id(self) -> str:
        """Name of the what-if."""
        return self.what_if.id if self.what_if else Path(self.name).stem


def offered(found: Opened, own: Sequence[str] = ()) -> tuple[Offered, ...]:
    """The scenario's own what-ifs in the order of their dates, after those that a person named by path."""
    beside = {name: found.path.parent / FOLDER / f"{name}.yaml" for name in what_if_ids(found.path)}
    files = {name: Path(name) for name in own if name not in beside} | beside
    read = [_one(name, file, found) for name, file in files.items()]
    titles = {one.id: one.what_if.title for one in read if one.what_if}
    ranked = sorted(read, key=lambda one: (one.name in beside, one.what_if is None, _date(one), one.name))
    return tuple(_with_twin(one, titles) for one in ranked)


def _date(one: Offered) -> str:
    return one.what_if.date.isoformat() if one.what_if else ""


def _one(name: str, file: Path, found: Opened) -> Offered:
    try:
        what_if, located = read_what_if(file)
    except ScenarioError as error:
        return Offered(name, None, problem=_first(error.problems))
    problems = lint_what_if(what_if, located, found.scenario, found.chronicle)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        return Offered(name, None, problem=_first(errors))
    return _told(name, what_if, found.scenario, found.chronicle)


def supposed_in(what_ifs: Sequence[WhatIf], scenario: Scenario, chronicle: Chronicle) -> tuple[Offered, ...]:
    """What-ifs that were chosen, for a reader; ``scenario`` as it is without them."""
    return tuple(_told(what_if.id, what_if, scenario, chronicle) for what_if in what_ifs)


def _told(name: str, what_if: WhatIf, scenario: Scenario, chronicle: Chronicle) -> Offered:
    return Offered(name, what_if, premise_notes([what_if], scenario), _touches_harm(what_if, chronicle))


def _first(problems: Sequence[Problem]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{min(problems)}{more}"


def _touches_harm(what_if: WhatIf, chronicle: Chronicle) -> bool:
    """Where an instructor must allow it, or where something that hangs on it is a documented atrocity."""
    documented = [chronicle.events[fact.id] for fact in what_if.facts if fact.what == "documented"]
    return what_if.opt_in or any(event.kind == _HARM for event in documented)


def _with_twin(one: Offered, titles: dict[str, str]) -> Offered:
    twin = titles.get(one.what_if.twin or "", "") if one.what_if else ""
    return replace(one, twin=twin)

"""The what-if files beside a scenario: found, read and checked."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from offensive_sim.errors import Problem, ScenarioError, UsageError
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.explain import explained
from offensive_sim.scenario.levers import touched
from offensive_sim.scenario.lint_whatif import lint_what_if
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import Located, read_file
from offensive_sim.scenario.shipped import find, shipped_ids
from offensive_sim.scenario.suggest import did_you_mean
from offensive_sim.scenario.whatif import WhatIf

FOLDER: Final = "what-if"


def what_if_ids(scenario_path: Path) -> list[str]:
    """Names of the what-ifs that stand beside a scenario file."""
    return sorted(path.stem for path in (scenario_path.parent / FOLDER).glob("*.yaml"))


def find_what_if(name: str, scenario_path: Path) -> Path:
    """The file meant by a path or by the name of a what-if of this scenario.

    Raises:
        UsageError: if it is neither; says which there are.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        return path
    known = what_if_ids(scenario_path)
    if name in known:
        return scenario_path.parent / FOLDER / f"{name}.yaml"
    there = f"there are: {', '.join(known)}" if known else "this scenario has none"
    elsewhere = [one for one in shipped_ids() if name in what_if_ids(find(one))]
    hint = f" here, but {elsewhere[0]} has one" if elsewhere else did_you_mean(name, known)
    msg = f"no what-if is called {name!r}{hint}; {there}; or give the path of a what-if file"
    raise UsageError(msg)


def pulled_together(name: str) -> tuple[str, ...]:
    """What ``a+b`` names: both, in one world; a file by that very name is one what-if."""
    return (name,) if Path(name).exists() else tuple(name.split("+"))


def read_what_if(path: Path) -> tuple[WhatIf, Located]:
    """Read a what-if file; its meaning is not yet checked.

    Raises:
        ScenarioError: with every problem found.
    """
    found = read_file(path)
    if found.problems:
        raise ScenarioError(found.problems)
    try:
        what_if = WhatIf.model_validate(found.data)
    except ValidationError as error:
        raise ScenarioError(explained(error, found, WhatIf)) from None
    if what_if.id != path.stem:
        file, line = found.where(("id",))
        raise ScenarioError([Problem(file, line, "id", f"{what_if.id} stands in a file called {path.name}")])
    return what_if, found


def problems_of(path: Path, scenario: Scenario, chronicle: Chronicle) -> list[Problem]:
    """Everything that is wrong with a what-if file, warnings too."""
    try:
        what_if, found = read_what_if(path)
    except ScenarioError as error:
        return error.problems
    return lint_what_if(what_if, found, scenario, chronicle)


def sound_what_ifs(
    names: Sequence[str], scenario_path: Path, scenario: Scenario, chronicle: Chronicle
) -> tuple[WhatIf, ...]:
    """What-ifs fit to be played together in one world; a name may stand for several, as ``a+b``.

    Raises:
        UsageError: if one is not there, stands twice, or two change the same thing.
        ScenarioError: with every error found in them.
    """
    every = [one for name in names for one in pulled_together(name)]
    read = [read_what_if(find_what_if(name, scenario_path)) for name in every]
    errors = [
        problem
        for what_if, found in read
        for problem in lint_what_if(what_if, found, scenario, chronicle)
        if problem.severity == "error"
    ]
    if errors:
        raise ScenarioError(errors)
    what_ifs = tuple(what_if for what_if, _ in read)
    _stand_together(what_ifs, scenario)
    return what_ifs


def ask_leave(what_ifs: Sequence[WhatIf], how: str) -> None:
    """Refuse what-ifs that an instructor must allow; ``how`` says how it is allowed.

    Raises:
        UsageError: at the first of them, with its caution.
    """
    for what_if in what_ifs:
        if what_if.opt_in:
            msg = f"{what_if.id} is played where an instructor allows it, with {how}: {what_if.caution.strip()}"
            raise UsageError(msg)


def _stand_together(what_ifs: Sequence[WhatIf], scenario: Scenario) -> None:
    for index, one in enumerate(what_ifs):
        for other in what_ifs[:index]:
            if one.id == other.id:
                msg = f"the what-if {one.id} is given twice"
                raise UsageError(msg)
            if both := touched(scenario, one) & touched(scenario, other):
                msg = f"{other.id} and {one.id} collide: both change {', '.join(both)}; compare them one by one"
                raise UsageError(msg)

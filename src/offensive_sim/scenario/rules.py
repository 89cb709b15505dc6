"""Every number of the rules, and those that a scenario sets otherwise.

A scenario may override a value; an ensemble draws each one once a replica between ``low`` and ``high``
(triangular, peak at ``value``). The engine reads them under the same names (engine/rates.py).
"""

from typing import Annotated, Final

from pydantic import Field, RootModel, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from offensive_sim.scenario.numbers.battle import BATTLE
from offensive_sim.scenario.numbers.cohesion import COHESION
from offensive_sim.scenario.numbers.displacement import DISPLACEMENT
from offensive_sim.scenario.numbers.march import MARCH
from offensive_sim.scenario.numbers.number import RuleNumber
from offensive_sim.scenario.suggest import did_you_mean

RULES: Final[dict[str, RuleNumber]] = {**MARCH, **BATTLE, **COHESION, **DISPLACEMENT}

RuleName = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class Rules(RootModel[dict[RuleName, float]]):
    """Numbers that a scenario sets otherwise, by name."""

    model_config = {"frozen": True}
    root: dict[RuleName, float] = {}

    @model_validator(mode="after")
    def _known_and_inside(self) -> "Rules":
        wrong = [_refusal(name, value) for name, value in self.root.items() if _wrong(name, value)]
        if wrong:
            raise ValidationError.from_exception_data("Rules", wrong)
        return self


def _wrong(name: str, value: float) -> str:
    if name not in RULES:
        return f"no rule is called {name}{did_you_mean(name, RULES)}"
    rule = RULES[name]
    if rule.low <= value <= rule.high:
        return ""
    return f"{name} is {value}, outside its range {rule.low} to {rule.high} {rule.unit}"


def _refusal(name: str, value: float) -> InitErrorDetails:
    error = PydanticCustomError("rule", "{what}", {"what": _wrong(name, value)})
    return InitErrorDetails(type=error, loc=(name,), input=value)

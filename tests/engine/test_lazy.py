"""What is kept is worked out once for each object, and only when asked for."""

from dataclasses import dataclass, field

from offensive_sim.engine.lazy import hand_on, kept


@dataclass(frozen=True)
class Sum:
    numbers: tuple[int, ...]
    asked: list[str] = field(default_factory=list)

    @kept
    def total(self) -> int:
        """Their sum."""
        self.asked.append("total")
        return sum(self.numbers)


def test_the_answer_is_worked_out_once_for_each_object():
    one, other = Sum((1, 2)), Sum((5, 6))
    assert (one.asked, one.total, one.total, other.total) == (["total"], 3, 3, 11)
    assert (one.asked, other.asked) == (["total"], ["total"])


def test_the_class_shows_what_it_says_of_itself():
    assert Sum.total.__doc__ == "Their sum."


def test_an_answer_known_from_elsewhere_is_not_worked_out():
    one = Sum((1, 2))
    hand_on(one, "total", 3)
    assert (one.total, one.asked) == (3, [])

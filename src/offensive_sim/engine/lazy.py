"""What is worked out when it is first asked for, and kept."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - used as a decorator, like property
    """``functools.cached_property`` without the lock it takes before Python 3.12, which costs more than most answers.

    Two threads that ask at once both work it out; the answers are the same.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Under which name the answer is kept."""
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: object, owner: type) -> T: ...
    def __get__(self, one: object | None, owner: type) -> Self | T:
        """The answer, worked out once for each object."""
        if one is None:
            return self
        answer = one.__dict__[self._name] = self._work(one)
        return answer


def hand_on(one: object, name: str, answer: object) -> None:
    """Keep an ``answer`` that is known from elsewhere, so that it is not worked out again."""
    one.__dict__[name] = answer

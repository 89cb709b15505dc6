"""The page's words, and people, dates and parties in its language."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from offensive_sim.atlas.catalogue import LANGUAGES, phrase, phrases, right_to_left
from offensive_sim.atlas.words import date_words
from offensive_sim.pages.svg import element
from offensive_sim.views.courses import Course

FOLDER: Final = "debrief"


@dataclass(frozen=True)
class Wording:
    """One language."""

    language: str

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return "rtl" if right_to_left(self.language) else "ltr"

    @property
    def name(self) -> str:
        """Of the language, in itself."""
        return LANGUAGES[self.language]

    def say(self, key: str, /, **parts: object) -> str:
        """A phrase with its parts filled in."""
        return phrase(FOLDER, key, self.language, **parts)

    def day(self, day: date) -> str:
        """A date in words."""
        return date_words(day, self.language)

    def short(self, day: date) -> str:
        """A date without its year."""
        return self.day(day).rsplit(" ", 1)[0]

    def line(self, course: Course) -> str:
        """The same, short enough to stand at the end of a line."""
        return self.say(f"line.{course.key}")

    def signed(self, number: str) -> str:
        """A number with its sign as one piece, so that the sign stays before it where one reads from the right."""
        told = number.replace("-", "−")
        return f"\u2066{told}\u2069" if self.direction == "rtl" else told

    def run(self, course: Course) -> str:
        """What a course of events is called."""
        return self.say(f"course.{course.key}", title=course.title)

    def titled(self, scenario: str, title: str) -> Markup:
        """A scenario's name in this language where the window has one, else its own."""
        known = phrases("strings", self.language).get(f"scenario.{scenario}") if self.language != "en" else None
        return escape(known) if known else self.english(title)

    @property
    def foreign(self) -> Markup:
        """Attributes of an element that holds text in English, whatever the page's language is."""
        return Markup() if self.language == "en" else Markup(' lang="en" dir="ltr"')

    def english(self, text: str) -> Markup:
        """Text of the scenario or the chronicle, which is in English whatever the page's language is."""
        return escape(text) if self.language == "en" else element("span", text, lang="en", dir="ltr")

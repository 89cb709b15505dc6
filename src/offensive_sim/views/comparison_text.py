"""A comparison or an ensemble as text for the command line: people first, then control, then forces."""

from collections.abc import Iterator, Sequence

from offensive_sim.views.comparison import Comparison, Followed, FollowedAlone, Outlook
from offensive_sim.views.prose import short_day

_MOST_LINES = 6
"""Lines of a story for each world."""
_HEADS = {"people": "People", "control": "Control", "forces": "Forces"}


def as_text(found: Comparison | Outlook) -> str:
    """All of it, line after line."""
    lines = [*_head(found), *_followed(found.followed)]
    if isinstance(found, Comparison):
        lines += ["", "Where they part", f"  {found.parting.words}"]
        lines += _story(found)
        outcome = found.outcome
        if outcome.spread:
            lines += ["", f"What the spread of the difference in {outcome.asked.title} comes from"]
            lines.append(f"  {outcome.spread.words}")
        lines += _cautions(found)
    elif found.followed[0].spread:
        lines += ["", f"What the spread of {found.followed[0].asked.title} comes from"]
        lines.append(f"  {found.followed[0].spread.words}")
    return "\n".join(lines) + "\n"


def _head(found: Comparison | Outlook) -> Iterator[str]:
    for what_if in found.what_ifs:
        yield what_if.question
        yield f"  {what_if.premise.strip()}"
    runs = "pairs of runs" if isinstance(found, Comparison) else "runs"
    yield f"{found.title}: {found.replicas} {runs}, seed {found.seed}, judged on {found.judged_on}"


def _followed(followed: Sequence[Followed | FollowedAlone]) -> Iterator[str]:
    about = ""
    for one in followed:
        if one.asked.about != about:
            about = one.asked.about
            yield ""
            yield _HEADS[about]
        yield f"  {one.words}"


def _story(found: Comparison) -> Iterator[str]:
    """The first day on which a telling pair parts, and its places that change hands otherwise."""
    story = found.story
    if story is None or not story.days:
        return
    first = story.days[0]
    yield ""
    middling = f"whose difference ({story.difference:+,}) is a middling one"
    yield f"How: pair {story.replica}, {middling}, on {short_day(first.day)}"
    for what, lines in (("only the model", first.model), ("only the what-if", first.what_if)):
        yield from (f"  {what}: {line.strip()}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"  {what}: ... and {len(lines) - _MOST_LINES} more"


def _cautions(found: Comparison) -> Iterator[str]:
    yield ""
    yield "What this cannot say"
    for what_if in found.what_ifs:
        yield f"  {what_if.caution.strip()}"
    yield "  The model simplifies; it cannot tell us what would have happened."

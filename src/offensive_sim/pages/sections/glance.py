"""The page in four lines: people, control, forces, trust."""

from offensive_sim.pages.sections import found
from offensive_sim.pages.sections.control import differs, parting
from offensive_sim.pages.wording import Wording
from offensive_sim.views.debrief import Debrief


def glance(told: Debrief, words: Wording) -> list[tuple[str, str]]:
    """Four lines: people, control, forces, trust."""
    if told.comparison is not None:
        return found.glance(told, words, _merged(told))
    run = told.run
    assert run.displaced is not None
    end = int(run.displaced[-1])
    people = words.say(
        "glance.people_is", number=f"{end:,}", more=f"{end - int(run.displaced[0]):,}",
        date=words.day(told.evenings[-1]),
    )  # fmt: skip
    if told.counts:
        last = told.counts[-1].figure
        range_ = {"value": f"{last.value:,}", "low": f"{last.low:,}", "high": f"{last.high:,}"}
        people += " " + words.say("glance.counted", **range_, date=words.short(last.date))
    all_, apart = int(told.documented.sum()), int(differs(told, run).sum())
    control = words.say("glance.control_is", same=all_ - apart, all=all_)
    control += " " + parting(told, words, run)
    split = _merged(told)
    return [
        (words.say("glance.people"), people),
        (words.say("glance.control"), control),
        (words.say("glance.forces"), words.say("glance.forces_are", broke=len(run.broke), stood=len(run.stood))),
        (words.say("glance.trust"), words.say("glance.trust_is", **split)),
    ]


def _merged(told: Debrief) -> dict[str, int]:
    """Both splits of the scorecard added up."""
    splits = [split for split in (told.scorecard.tuned, told.scorecard.checked) if split]
    counts = [split.counted() for split in splits]
    return {
        "good": sum(count["on_time"] for count in counts),
        "total": sum(count["total"] for count in counts),
        "held": sum(split.held for split in splits),
        "attacks": sum(len(split.attacks) for split in splits),
    }

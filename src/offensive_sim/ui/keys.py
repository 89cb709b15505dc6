"""Keys by name: what each command answers to unless the reader chose otherwise, and whether two claim the same."""

from collections.abc import Mapping
from typing import Final

import pygame

from offensive_sim.ui.actions import (
    Action,
    Backwards,
    Bars,
    Faster,
    GoToDay,
    Lock,
    Loop,
    Mode,
    Named,
    NextEvent,
    NextPlace,
    NextReader,
    Pan,
    Play,
    Preset,
    Step,
    ToggleDrawer,
    ToggleLayer,
    World,
    Zoom,
)

END: Final = 10_000
"""A day number beyond every run; it is cut to the last."""
COMMANDS: Final[dict[str, tuple[Action, tuple[str, ...]]]] = {
    "help": (Named("help"), ("f1", "?")),
    "back": (Named("back"), ("escape",)),
    "find": (Named("find"), ("/", "ctrl+f")),
    "jump": (Named("find"), ("j",)),
    "play": (Play(), ("space",)),
    "slower": (Faster(up=False), (",",)),
    "faster": (Faster(up=True), (".",)),
    "speed": (Named("speed"), ("ctrl+r",)),
    "backwards": (Backwards(), ("shift+space",)),
    "day_back": (Step(-1), ("left",)),
    "day_on": (Step(1), ("right",)),
    "week_back": (Step(-7), ("shift+left",)),
    "week_on": (Step(7), ("shift+right",)),
    "first_day": (GoToDay(0), ("ctrl+home",)),
    "last_day": (GoToDay(END), ("ctrl+end",)),
    "loop_first": (Loop("first"), ("[",)),
    "loop_last": (Loop("last"), ("]",)),
    "loop_none": (Loop("none"), ("\\",)),
    "next_event": (NextEvent(forward=True), ("e",)),
    "previous_event": (NextEvent(forward=False), ("shift+e",)),
    "last_event": (Named("last_event"), ("backspace",)),
    "parting": (Named("parting"), ("d",)),
    "mode": (Mode(), ("m",)),
    "world": (World(), ("i",)),
    "premise": (Named("premise"), ("shift+i",)),
    "fork": (Named("fork"), ("shift+d",)),
    "compare": (Named("compare"), ("s",)),
    "known": (Mode("known"), ("w",)),
    "reader": (NextReader(), ("shift+w",)),
    "rings": (ToggleLayer("ghost"), ("g",)),
    "names": (ToggleLayer("names"), ("t",)),
    "preset_control": (Preset("control"), ("f5",)),
    "preset_displacement": (Preset("displacement"), ("f6",)),
    "preset_forces": (Preset("forces"), ("f7",)),
    "preset_sources": (Preset("sources"), ("f8",)),
    "bars": (Bars(), ("v",)),
    "log": (ToggleDrawer("log"), ("l",)),
    "card": (ToggleDrawer("card"), ("c",)),
    "legend": (ToggleDrawer("legend"), ("k",)),
    "layers": (ToggleDrawer("layers"), ("y",)),
    "counters": (Named("counters"), ("x",)),
    "lock": (Lock(), ("ctrl+l",)),
    "teacher": (Named("teacher"), ("f9",)),
    "blank": (Named("blank"), ("b",)),
    "pin": (Named("pin"), ("leftalt", "rightalt")),
    "next_place": (NextPlace(forward=True), ("n",)),
    "previous_place": (NextPlace(forward=False), ("shift+n",)),
    "selection": (Named("home"), ("home",)),
    "fit": (Named("fit"), ("0",)),
    "zoom_in": (Zoom(1.25), ("+", "=")),
    "zoom_out": (Zoom(0.8), ("-",)),
    "pan_left": (Pan(-0.15, 0), ("ctrl+left",)),
    "pan_right": (Pan(0.15, 0), ("ctrl+right",)),
    "pan_up": (Pan(0, -0.15), ("up",)),
    "pan_down": (Pan(0, 0.15), ("down",)),
    "scroll_up": (Named("scroll_up"), ("pageup",)),
    "scroll_down": (Named("scroll_down"), ("pagedown",)),
    "focus_next": (Named("focus_next"), ("tab",)),
    "focus_previous": (Named("focus_previous"), ("shift+tab",)),
    "activate": (Named("activate"), ("return", "enter")),
    "orders": (Named("orders"), ("o",)),
    "order": (Named("order"), ("a",)),
    "undo": (Named("undo"), ("ctrl+z", "u")),
    "redo": (Named("redo"), ("ctrl+y", "ctrl+shift+z")),
    "end_day": (Named("end_day"), ("ctrl+space", "ctrl+return", "ctrl+enter")),
    "this_morning": (Named("this_morning"), ("end",)),
    "plans": (Named("plans"), ("shift+p",)),
    "report": (Named("report"), ("r",)),
    "briefing": (Named("briefing"), ("ctrl+j",)),
    "branches": (Named("branches"), ("ctrl+b",)),
    "save": (Named("save"), ("ctrl+s",)),
    "games": (Named("games"), ("ctrl+o",)),
    "picture": (Named("picture"), ("ctrl+p",)),
    "full_screen": (Named("full_screen"), ("f11",)),
    "larger": (Named("larger"), ("ctrl++", "ctrl+=")),
    "smaller": (Named("smaller"), ("ctrl+-",)),
    "quit": (Named("quit"), ("ctrl+q",)),
}
"""Every command: what it asks for, and its keys. The help lists them in this order."""
FIXED: Final = ("escape",)
"""Keys that always mean what they mean, so that nobody locks himself in."""
_FIRST_LETTER: Final = 4
_LETTERS: Final = 26


def clashes(bindings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What is wrong with a choice of keys, in words: unknown commands, and keys with two meanings."""
    wrong = [f"no command is called {name}" for name in bindings if name not in COMMANDS]
    owner: dict[str, str] = {}
    for name, chords in merged(bindings).items():
        for chord in chords:
            if chord in owner:
                wrong.append(f"the key {chord} means both {owner[chord]} and {name}")
            owner.setdefault(chord, name)
    return wrong


def merged(bindings: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Every command with its keys: the reader's choice, or the usual ones."""
    return {
        name: (tuple(bindings.get(name, usual)) if name != "back" else FIXED) for name, (_, usual) in COMMANDS.items()
    }


def goes_on(action: Action) -> bool:
    """Whether a key that is held down does it again and again; anything else it does once."""
    return isinstance(action, Step | NextEvent | NextPlace | Zoom | Pan | Faster) or action in _GO_ON


_GO_ON: Final = tuple(Named(way) for way in ("scroll_up", "scroll_down", "focus_next", "focus_previous"))


def lookup(bindings: Mapping[str, tuple[str, ...]]) -> dict[str, Action]:
    """The action of every key."""
    return {chord: COMMANDS[name][0] for name, chords in merged(bindings).items() for chord in chords}


def chord(event: pygame.event.Event) -> str:
    """A pressed key by name, as ``ctrl+shift+p`` or the sign it writes, whatever the keyboard."""
    control = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
    shift = bool(event.mod & pygame.KMOD_SHIFT)
    written = getattr(event, "unicode", "")
    sign = written.isprintable() and len(written) == 1 and not written.isalnum() and not written.isspace()
    if sign and written.isascii() and not control:
        return written
    name = _key_name(event)
    if len(name) == 1 and not name.isalnum():
        return f"{'ctrl+' if control else ''}{name}"
    return f"{'ctrl+' if control else ''}{'shift+' if shift else ''}{name}"


def _key_name(event: pygame.event.Event) -> str:
    """Latin letters by their place on the board where it writes another script."""
    scan = getattr(event, "scancode", 0)
    name = pygame.key.name(event.key)
    if (not name or not name.isascii()) and _FIRST_LETTER <= scan < _FIRST_LETTER + _LETTERS:
        return chr(ord("a") + scan - _FIRST_LETTER)
    return {"keypad enter": "enter", "[+]": "+", "[-]": "-", "[0]": "0"}.get(name, name).replace(" ", "")

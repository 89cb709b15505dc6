"""Counters of formations, and the size of the window on a screen."""

import pygame
import pytest
from tests.ui.windows import app_with, june

from offensive_sim.ui.actions import Named, Preset
from offensive_sim.ui.counters import Counter, draw_counter
from offensive_sim.ui.settings import Settings, read, write
from offensive_sim.ui.window import sensible

KINDS = ("infantry", "police", "militia", "insurgent", "armour", "mechanised", "special-forces")


def pixels(counter):
    return pygame.image.tobytes(draw_counter(counter), "RGBA")


def counter(party="iraq", kind="infantry", **marks):
    return Counter(june().board(0).parties[party], kind, 2.0, marks.pop("grey", False), **marks)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("grey", [False, True])
def test_parties_are_told_apart_in_colour_and_in_print(plain, grey):
    parties = june().board(0).parties
    drawn = {key: pixels(counter(key, plain=plain, grey=grey)) for key in parties}
    same = {(a, b) for a in drawn for b in drawn if a < b and drawn[a] == drawn[b]}
    letters = {(a, b) for a in parties for b in parties if a < b and parties[a].letter == parties[b].letter}
    assert same <= letters


def test_every_arm_has_its_sign_or_picture():
    staff = {kind: pixels(counter(kind=kind)) for kind in KINDS}
    assert staff["infantry"] == staff["militia"]
    assert len(set(staff.values())) == len(KINDS) - 1
    pictures = {kind: pixels(counter(kind=kind, plain=True)) for kind in KINDS}
    assert len({pictures[kind] for kind in ("infantry", "police", "insurgent", "armour")}) == 4


def test_a_stack_is_larger_than_one_and_three_look_like_more():
    sizes = [draw_counter(counter(number=number)).get_size() for number in (1, 2, 3, 9)]
    assert sizes[0] < sizes[1] < sizes[2] == sizes[3]


def test_sizes_of_formations_stand_above_staff_signs_only():
    staff = {pixels(counter(echelon=one)) for one in ("battalion", "brigade", "division", "group")}
    assert len(staff) == 4
    assert len({pixels(counter(echelon=one, plain=True)) for one in ("battalion", "brigade")}) == 1


def test_the_map_is_drawn_with_the_counters_chosen():
    app = app_with()
    watch = app.stack[-1]
    app.apply(Preset("forces"))
    app.draw()
    staff = pygame.image.tobytes(app.surface, "RGB")
    app.apply(Named("counters"))
    app.draw()
    assert pygame.image.tobytes(app.surface, "RGB") != staff
    assert watch.look.counters == "plain"


@pytest.mark.parametrize(
    ("wanted", "screen", "size"),
    [
        (None, (1366, 768), (1366, 768)),
        (None, (1920, 1080), (1805, 1015)),
        (None, (3840, 2160), (3610, 2030)),
        ((1000, 700), (1920, 1080), (1000, 700)),
        ((3840, 2160), (1366, 768), (1366, 768)),  # the large screen is gone
        ((1600, 900), (1920, 800), (1600, 800)),
    ],
)
def test_the_window_fits_its_screen(wanted, screen, size):
    assert sensible(wanted, screen) == size


def test_no_size_is_written_before_one_was_chosen(home):
    assert read().settings.size is None
    write(Settings())
    assert "size" not in (home / "settings.toml").read_text("utf-8")
    write(Settings(size=(800, 600)))
    assert read().settings.size == (800, 600)


def test_the_licence_line_stands_on_the_map():
    app = app_with()
    watch = app.stack[-1]
    view = watch.pointing.view
    strip = pygame.Rect(view.right - 200, view.bottom - 14, 190, 12)
    with_line = pygame.image.tobytes(app.surface.subsurface(strip), "RGB")
    bare = pygame.Surface(view.size)
    watch.map.draw(bare, watch.board, watch.camera, watch.look)
    assert with_line != pygame.image.tobytes(bare.subsurface(strip.move(-view.left, -view.top)), "RGB")

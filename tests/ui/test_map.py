"""The map without a window: projection, palette, text, labels, pictures."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import itertools
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pygame
import pytest

from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.geometry import dashes, distances
from offensive_sim.atlas.palette import PARTIES, print_grey, rgb
from offensive_sim.atlas.plate import PLATE, area_word
from offensive_sim.atlas.projection import FRAME, ORIGIN, STORY_BOX, Camera, project, unproject
from offensive_sim.atlas.words import MONTHS, WORDS, about
from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.running import Plan, play
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.load import load
from offensive_sim.ui.cartouche import Margin, legend_height
from offensive_sim.ui.labels import Label, place_labels
from offensive_sim.ui.mapview import Layers, MapView
from offensive_sim.ui.naming import names_on
from offensive_sim.ui.shot import Drawn, draw_picture, save_picture
from offensive_sim.ui.text import Run, Style, _font, render, split_runs
from offensive_sim.ui.theme import Look
from offensive_sim.views.board import BOTH, Board, board
from offensive_sim.views.documented import history
from offensive_sim.views.replay import replayed

JUNE = Path(__file__).parents[2] / "scenarios" / "june-2014" / "scenario.yaml"
SMALL = (960, 540)

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SEES = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TOLD_APART = 20.0
"""CIE Lab distance below which two discs a few millimetres wide may be taken for each other."""


@cache
def boards() -> dict[int, Board]:
    """The opening and the evening of 10 June as the model plays it, with history beside it."""
    scenario, _ = load(JUNE)
    game = compile_scenario(scenario)
    chronicle, _ = load_chronicle(JUNE, scenario)
    codes = history(game, chronicle, 7)
    evenings = play(game, Plan(seed=1, days=7, spread=False), np.arange(1))
    return {e.state.day: board(game, e.state, 0, codes[e.state.day]) for e in evenings}


def lab(colour, sees):
    linear = np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.array(colour) / 255])
    linear = np.clip(np.array(SEES[sees]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz / (0.9505, 1.0, 1.089)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def pixels(surface):
    return pygame.surfarray.array3d(surface).astype(int)


# projection


def test_projection_and_its_inverse():
    lonlat = np.array([(43.0, 34.5), (38.4, 29.6), (48.2, 38.0), (43.13, 36.34), (44.37, 33.31)])
    assert np.abs(unproject(project(lonlat)) - lonlat).max() < 1e-9
    assert np.abs(project(np.array([ORIGIN]))).max() < 1e-9


def test_a_distance_on_the_map_is_a_distance_on_the_ground():
    # Baghdad to Mosul: 356.5 km on the sphere by the haversine formula.
    a, b = np.radians([(44.366, 33.315), (43.1189, 36.335)])
    h = np.sin((b[1] - a[1]) / 2) ** 2 + np.cos(a[1]) * np.cos(b[1]) * np.sin((b[0] - a[0]) / 2) ** 2
    sphere = 2 * 6371.0088 * np.arcsin(np.sqrt(h))
    drawn = np.hypot(*np.diff(project(np.degrees([a, b])), axis=0)[0])
    assert drawn == pytest.approx(sphere, rel=0.002)


def test_zooming_keeps_the_ground_under_the_pointer():
    camera = Camera.fitting(STORY_BOX, (1000, 800))
    before = camera.ground((600, 300))
    assert camera.zoomed(3.0, (600, 300)).ground((600, 300)) == pytest.approx(before, abs=1.0)


def test_the_view_stays_on_the_map():
    camera = Camera.fitting(STORY_BOX, (1000, 800)).zoomed(2, (0, 0)).panned(-1e6, -1e6)
    left, top = camera.ground((0, 0))
    assert (left, top) == pytest.approx((FRAME[0], FRAME[3]), abs=1.0)


def test_dashes_cover_their_share_of_a_line():
    line = np.array([(0.0, 0.0), (30.0, 0.0), (30.0, 30.0)])
    parts = dashes(line, (4.0, 2.0))
    assert sum(distances(part)[-1] for part in parts) == pytest.approx(40.0)


# text


def test_arabic_runs_keep_digits_and_latin_apart():
    assert split_runs("اليوم 7 من 27", rtl=True) == (
        Run("اليوم ", True), Run("7", False), Run(" من ", True), Run("27", False),
    )  # fmt: skip
    assert split_runs("860,000", rtl=True) == (Run("860,000", False),)
    assert [run.text for run in split_runs("الموصل Mosul east", rtl=True)] == ["الموصل ", "Mosul east"]
    assert split_runs("Erbil 2014", rtl=False) == (Run("Erbil 2014", False),)


def test_brackets_beside_arabic_are_turned():
    runs = split_runs("الموصل (الأيمن)", rtl=True)
    assert [(run.text, run.mirrored) for run in runs if run.mirrored] == [("(", True), (")", True)]
    assert "".join(run.text for run in runs) == "الموصل (الأيمن)"


def test_digits_look_the_same_in_arabic_and_english():
    style = Style("ui", 20, (0, 0, 0))
    alone, beside = render("2014", style), render("حزيران 2014", style, True)
    width, height = alone.get_size()
    rows = [pygame.surfarray.array_alpha(beside)[:width, down : down + height] for down in range(20)]
    assert any(row.shape == (width, height) and (row == pygame.surfarray.array_alpha(alone)).all() for row in rows)


@pytest.mark.parametrize("face", ["map", "map-bold", "map-italic", "ui", "ui-bold"])
def test_fonts_have_every_letter_of_the_map(face):
    texts = [name for place in boards()[0].places for name in place.names if name]
    texts += [word for row in (*WORDS.values(), *MONTHS) for word in row]
    texts += [word for name in PLATE for word in name.words]
    for text in texts:
        for run in split_runs(text, rtl=True):
            metrics = _font(face, 16, run.arabic).metrics(run.text)
            missing = [c for c, m in zip(run.text, metrics, strict=True) if m is None and c not in "٠١٢٣٤٥٦٧٨٩"]
            assert not missing, (text, missing)


def test_counts_are_told_to_two_digits():
    assert [about(n) for n in (0, 640, 1234, 48_400, 858_060, 1_489_110)] == [
        "0", "640", "1,200", "48,000", "860,000", "1,500,000",
    ]  # fmt: skip


# palette


@pytest.mark.parametrize("sees", SEES)
def test_parties_are_told_apart(sees):
    for (one, a), (two, b) in itertools.combinations(PARTIES.items(), 2):
        apart = np.linalg.norm(lab(rgb(a.colour), sees) - lab(rgb(b.colour), sees))
        assert a.letter != b.letter
        assert apart >= TOLD_APART or a.pattern != b.pattern, (sees, one, two, apart)
        assert apart > 10, (sees, one, two, apart)


def test_parties_that_look_alike_in_print_differ_in_pattern_or_grey():
    looks = {(ink.pattern, print_grey(ink.letter, ink.pattern)) for ink in PARTIES.values()}
    assert len(looks) == len(PARTIES)


def test_the_scenario_uses_the_palette():
    colours = {ink.colour for ink in PARTIES.values()}
    assert {party.colour for party in boards()[0].parties.values()} <= colours


# the board


def test_the_board_says_what_the_state_says():
    first, tenth = boards()[0], boards()[7]
    assert str(first.evening) == "2014-06-03"
    assert str(tenth.evening) == "2014-06-10"
    assert first.displaced == first.displaced_before == sum(place.displaced for place in first.places)
    assert not any(place.differs for place in first.places)
    assert sum(first.held().values()) == len(first.places) == 189
    mosul = next(place for place in tenth.places if place.id == "mosul-west")
    assert mosul.history == "isis"
    assert mosul.name("ar").startswith("الموصل")
    assert not first.flows
    assert tenth.flows
    assert all(place.history == BOTH for place in first.places if place.contested_by)


def test_a_board_is_played_to_an_evening():
    run = replayed(JUNE, 1, until=date(2014, 6, 10))
    assert run.days == 7
    assert run.board(7) == boards()[7]


# names and pictures


@pytest.mark.parametrize("zoom", [1.4, 2.2, 7.0])
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_no_two_names_overlap(zoom, language):
    placed = names_on(boards()[7], zoom, Look(language))
    for one, two in itertools.combinations(placed, 2):
        assert not one.rect.colliderect(two.rect), (one.label.key, two.label.key)
    keys = {p.label.key for p in placed}
    assert {"baghdad", "erbil", "kirkuk"} <= keys
    assert "mosul-west" in keys or "mosul-east" in keys


def test_more_names_as_one_comes_closer():
    counts = [len(names_on(boards()[0], zoom, Look())) for zoom in (1.0, 2.2, 7.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_pictures_differ_between_days(language):
    first, tenth = (pixels(draw_picture(boards()[day], Drawn(size=SMALL, language=language))) for day in (0, 7))
    assert first.shape == (*SMALL, 3)
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 1000
    assert (first != tenth).any(axis=2).mean() > 0.005


def test_a_picture_is_the_same_twice():
    once, again = (pixels(draw_picture(boards()[7], Drawn(size=SMALL))) for _ in range(2))
    assert (once == again).all()


def test_black_and_white_has_no_colour():
    drawn = pixels(draw_picture(boards()[7], Drawn(size=SMALL, black_and_white=True)))
    assert (drawn.max(axis=2) - drawn.min(axis=2)).max() == 0
    assert drawn.std() > 20


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_text_of_200_per_cent_fits(size):
    drawn = pixels(draw_picture(boards()[7], Drawn(size=size, scale=2.0)))
    edge = drawn[: size[0] // 200]
    assert (edge == edge[0, 0]).all(axis=2).mean() > 0.99


def test_a_picture_is_saved(tmp_path):
    save_picture(tmp_path / "map.png", boards()[0], Drawn(size=SMALL))
    assert pygame.image.load(tmp_path / "map.png").get_size() == SMALL


def test_an_unchanged_view_is_drawn_from_what_was_kept():
    view, camera = MapView(Layers()), Camera.fitting(STORY_BOX, SMALL)
    one, two = pygame.Surface(SMALL), pygame.Surface(SMALL)
    view.draw(one, boards()[7], camera, Look())
    view.draw(two, boards()[7], camera, Look())
    assert (pixels(one) == pixels(two)).all()


def test_a_sign_is_found_under_the_pointer():
    evening, camera = boards()[7], Camera.fitting(STORY_BOX, SMALL)
    view, look = MapView(), Look()
    erbil = next(p for p, place in enumerate(evening.places) if place.id == "erbil")
    at = camera.screen(project(np.array([(evening.places[erbil].lon, evening.places[erbil].lat)])))[0]
    assert view.place_at(evening, camera, look, (at[0] + 2, at[1] - 2)) == erbil
    assert view.place_at(evening, camera, look, (5, SMALL[1] - 5)) is None


def test_assets_are_within_their_limits():
    fonts = list(asset("fonts").glob("*.ttf"))
    assert sum(font.stat().st_size for font in fonts) < 2_500_000
    assert all(font.stat().st_size < 1_500_000 for font in fonts)
    notes = asset("LICENSES.md").read_text(encoding="utf-8")
    files = [*asset("basemap").iterdir(), *fonts]
    assert all(file.name in notes for file in files)
    with pytest.raises(FileNotFoundError, match="no asset nowhere"):
        asset("nowhere")


def test_great_towns_are_named_even_upon_lesser_signs():
    surface = pygame.Surface((60, 20))
    marks = [pygame.Rect(x, y, 10, 10) for x in range(0, 400, 12) for y in range(0, 400, 12)]
    near = {must: Label("a", 90.0, surface, (200.0, 200.0), 12.0, must=must) for must in (True, False)}
    assert place_labels([near[False]], marks) == []
    placed = place_labels([near[True]], marks)
    assert len(placed) == 1
    taken = Label("b", 99.0, pygame.Surface((400, 400)), (200.0, 200.0), 0.0)
    assert [one.label.key for one in place_labels([taken, near[True]], [])] == ["b"]


def test_governorates_are_named_in_the_readers_language():
    assert area_word("Ninewa", "ar") == "نينوى"
    assert area_word("Raqqa", "ckb") == "Raqqa"


def test_bands_carry_their_numbers_and_the_legend_explains_only_what_is_on():
    june = replayed(JUNE, 1, until=date(2014, 6, 12)).board(9)
    keys = {one.label.key.split()[0] for one in names_on(june, 6.0, Look())}
    assert "band" in keys
    assert "band" not in {one.label.key.split()[0] for one in names_on(june, 6.0, Look(), numbers=frozenset())}
    margins = [
        legend_height(june, Margin(pygame.Rect(0, 0, 300, 900), Look(), 2.0, frozenset(on)))
        for on in ((), ("people", "flows"), ("people", "flows", "units", "ghost"))
    ]
    assert margins == sorted(set(margins))


def test_a_place_out_of_sight_is_not_named():
    surface = pygame.Surface((60, 20))
    bounds = pygame.Rect(0, 0, 400, 400)
    inside, outside = (Label("a", 90.0, surface, (200.0, y), 12.0, farther=(4.0,)) for y in (200.0, 420.0))
    assert len(place_labels([inside], [], bounds)) == 1
    assert place_labels([outside], [], bounds) == []

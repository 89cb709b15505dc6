"""A what-if in the window: chosen at the start, said everywhere, flipped, played, saved, compared, handed out."""

from functools import cache

import pygame
import pytest
from tests.ui.games import desk, game, play_of, settle, texts
from tests.ui.windows import app_with, click, press, start_screen

from offensive_sim import folders
from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.campaign.saves import list_saves
from offensive_sim.cli import main
from offensive_sim.errors import ExitStatus
from offensive_sim.scenario.shipped import find
from offensive_sim.ui.actions import FlyTo, GoToDay, Lock, Mode, Named, Suppose, ToggleDrawer, World
from offensive_sim.ui.app import on_map
from offensive_sim.ui.compared import Compared
from offensive_sim.ui.playing.asking import Role
from offensive_sim.ui.playing.ending import EndSheet
from offensive_sim.ui.playing.games import Games
from offensive_sim.ui.playing.play import Play
from offensive_sim.ui.premise import Choice, Premises
from offensive_sim.ui.start import Start
from offensive_sim.ui.supposing import PROGRAM, Supposing
from offensive_sim.ui.theme import SUPPOSED
from offensive_sim.ui.watch import Watch
from offensive_sim.views.opened import opened
from offensive_sim.views.replay import of_opened

STAY = "commanders-stay"
TITLE = "The commanders stay in Mosul"
DATE = 6  # the evening of 9 June, which the premise reaches; the first day is 4 June
LANGUAGE_SIZES = [(language, percent) for language in LANGUAGES for percent in (100, 200)]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    return tmp_path


@cache
def supposed():
    return of_opened(opened(find("june-2014"), [STAY]), 2014)


def watching(**choices):
    return app_with(Watch(supposed()), **choices)


def top(app):
    return app.stack[-1]


def start(names=(), *, opt_in=False, scenario="june-2014", **choices):
    screen = Start.usual(scenario, 2014, on_map, supposing=Supposing(names, opt_in))
    return app_with(screen, **choices)


def loaded(app):
    """The start screen, once all is read and played."""
    app.stack[0]._loading.begin()
    app.stack[0]._loading.result()
    app.draw()
    return app


def press_button(app, action):
    click(app, next(spot for spot in app.hover.spots if spot.action == action).rect.center)


# Choosing


def test_the_first_sheet_offers_the_what_ifs_and_says_what_was_chosen():
    app = loaded(app_with(start_screen()))
    assert "Nothing is supposed" in texts(app)
    press_button(app, Named("what_ifs"))
    assert isinstance(top(app), Choice)
    said = texts(app)
    for part in (TITLE, "What if no senior commander had left Mosul", "from 9 June 2014, plausible", "a miracle"):
        assert part in said, part
    for _ in range(3):
        press(app, "down")
    said = texts(app)
    for part in (
        "The senior officers of the Ninewa command stay", "judged on 23 June 2014", "Premise check", "To lay beside it",
        "Warning: mosul-generals-leave speaks against it", "What the answer cannot say",
    ):  # fmt: skip
        assert part in said, part
    press(app, "return")
    loaded(app)
    assert app.stack[0]._loading.supposing.names == (STAY,)
    assert "What if no senior commander had left Mosul" in texts(app)
    press(app, "return")
    assert isinstance(top(app), Watch)
    assert [one.id for one in top(app).supposed] == [STAY]


def test_rows_are_read_from_the_first_to_the_last_and_can_be_clicked():
    app = loaded(app_with(start_screen()))
    app.apply(Named("what_ifs"))
    app.draw()
    titles = [offer.what_if.title for offer in app.stack[0]._loading.offers]
    written = [line.text for line in app.canvas.written]
    at = [written.index(title) for title in ["As it happened", *titles] if title in written]
    assert len(at) == len(titles) + 1
    assert at[1:] == sorted(at[1:])
    row = next(spot for spot in app.hover.spots if "Pick(number=3)" in spot.name)
    click(app, row.rect.center)
    assert top(app).at == 3
    row = next(spot for spot in app.hover.spots if "Pick(number=3)" in spot.name)
    click(app, row.rect.center)
    assert app.stack[0]._loading.supposing.names == (STAY,)


def test_leaving_the_sheet_changes_nothing_and_as_it_happened_takes_the_choice_back():
    app = loaded(start((STAY,)))
    before = app.stack[0]._loading
    app.apply(Named("what_ifs"))
    assert top(app)._settle() == 3
    press(app, "down")
    press(app, "escape")
    assert app.stack[0]._loading is before
    press_button(app, Suppose())
    loaded(app)
    assert app.stack[0]._loading.supposing.names == ()
    assert app.stack[0]._loading.result().replay.twin is None


def test_one_that_an_instructor_must_allow_is_grey_until_he_does():
    for allowed in (False, True):
        app = loaded(start(opt_in=allowed))
        app.apply(Named("what_ifs"))
        sheet = top(app)
        sheet.at = next(at for at, one in enumerate(sheet.rows) if one and one.id == "speicher-escorted")
        app.draw()
        assert ("start the program with --opt-in" in texts(app)) != allowed
        assert "Content note: this touches documented killing" in texts(app)
        press(app, "return")
        assert isinstance(top(app), Choice) != allowed
        if not allowed:
            assert Named("take_up") not in [spot.action for spot in app.hover.spots]


def test_a_broken_file_is_named_and_the_others_can_be_chosen(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("format: 1\nid: own\n", "utf-8")
    app = start((str(own),))
    app.stack[0]._loading.begin()
    assert app.stack[0]._loading._future.exception() is not None
    press(app, "return")
    assert "own.yaml" in app.stack[0].problem
    app.apply(Named("what_ifs"))
    app.draw()
    assert "Cannot be played:" in texts(app)
    assert TITLE in texts(app)
    press(app, "return")
    assert isinstance(top(app), Choice)
    top(app).at = 0
    press(app, "return")
    loaded(app)
    press(app, "return")
    assert isinstance(top(app), Watch)


def test_a_scenario_without_what_ifs_does_not_ask():
    app = loaded(start(scenario="tutorial"))
    assert "Course of events" not in texts(app)


@pytest.mark.parametrize(("language", "percent"), LANGUAGE_SIZES)
def test_every_row_comes_into_view_by_key_in_every_language_and_size(language, percent):
    app = loaded(app_with(start_screen(), language=language, percent=percent))
    app.apply(Named("what_ifs"))
    app.draw()
    for number in range(1, len(top(app).rows)):
        press(app, "down")
        app.draw()
        spot = next(one for one in app.hover.spots if f"Pick(number={number})" in one.name)
        assert spot.rect.height > 10, number
    outside = [line.text for line in app.canvas.written if not line.scrolls and not line.room.contains(line.rect)]
    assert outside == []


# Said everywhere


def strip(app):
    return next(line.text for line in app.canvas.written if TITLE in line.text)


def test_the_strip_says_what_holds_before_and_from_the_day_on_and_beside():
    app = watching()
    app.apply(GoToDay(DATE - 1))
    app.draw()
    assert strip(app) == f"Still as it happened, in the model. From 9 June 2014 on, what if: {TITLE}."
    app.apply(GoToDay(DATE))
    app.draw()
    assert strip(app) == f"What if: {TITLE}. Supposed from 9 June 2014 on."
    press(app, "i")
    assert strip(app).startswith("As it happened, in the model. Beside it,")
    app.apply(Mode("history"))
    app.draw()
    assert strip(app).startswith("What is documented; nothing is supposed here.")
    assert pygame.display.get_caption()[0] == f"{PROGRAM} – what if: {TITLE}"
    assert app_with().stack[0].caption == PROGRAM
    assert pygame.display.get_caption()[0] == PROGRAM


def test_before_its_day_the_what_if_is_the_model_as_it_happened():
    replay = supposed()
    for day in range(DATE):
        assert replay.evenings[day].state.digest() == replay.twin.evenings[day].state.digest()
        assert not any(place.other for place in replay.board(day).places)
        assert not replay.board(day).supposed
    assert replay.board(DATE).supposed
    assert replay.timeline.fork.supposed_on == DATE
    assert replay.timeline.fork.parts_on >= DATE


def test_flipping_shows_the_other_world_with_the_same_places_marked():
    app = watching()
    app.apply(GoToDay(14))
    mine = top(app).board
    press(app, "i")
    other = top(app).board
    assert other.what_ifs == ()
    assert mine.what_ifs
    apart = {place.id: (place.holder, place.other) for place in mine.places if place.other}
    assert apart
    assert set(apart) == {place.id for place in other.places if place.other}
    held = {place.id: "contested" if place.contested_by else place.holder for place in other.places}
    assert all(told == held[place] for place, (_, told) in apart.items())
    press(app, "i")
    assert top(app).board is mine
    app.apply(Mode("history"))
    assert not any(place.other for place in top(app).board.places)
    assert top(app).board.what_ifs == ()
    app.apply(World())
    assert top(app).board is mine


def test_the_lock_holds_the_world_and_the_fork_key_goes_to_the_day_they_part():
    app = watching()
    press(app, "shift+d")
    assert top(app).now.day == supposed().timeline.fork.parts_on
    app.apply(Lock())
    press(app, "i")
    assert top(app).now.world == "what_if"


def test_an_event_that_only_one_world_tells_of_is_put_away():
    app = watching()
    told = {one.key for day in supposed().played.values() for one in day}
    only = next(key for key in told if key not in supposed().twin.by_key)
    from offensive_sim.ui.actions import OpenEvent  # noqa: PLC0415

    app.apply(OpenEvent(only))
    assert top(app).now.event == only
    press(app, "i")
    assert top(app).now.event is None
    app.draw()


def test_corners_stand_around_a_place_held_otherwise_and_can_be_switched_off():
    app = watching()
    app.apply(GoToDay(14))
    app.apply(FlyTo("hit"))
    app.draw()

    def corners():
        view = app.surface.subsurface(top(app).pointing.view)
        return pygame.mask.from_threshold(view, SUPPOSED, (6, 6, 6, 255)).count()

    with_them = corners()
    top(app).now = top(app).now.__class__(**{**vars(top(app).now), "layers": top(app).now.layers - {"apart"}})
    app.draw()
    assert with_them > corners() + 40
    card = texts(app)
    assert "In the model, under the what-if" in card
    assert "In the model, as it happened" in card


def test_a_picture_says_it_and_its_name_too(home):
    app = watching()
    app.apply(GoToDay(14))
    press(app, "ctrl+p")
    saved = list((home / "pictures").glob("*.png"))
    assert [path.name for path in saved] == [f"june-2014-2014-06-17-what-if-{STAY}.png"]


@pytest.mark.parametrize(("language", "percent"), LANGUAGE_SIZES)
def test_every_sheet_keeps_its_words_inside(language, percent):
    app = watching(language=language, percent=percent)
    app.apply(GoToDay(14))
    app.apply(ToggleDrawer("legend"))
    for name in ("premise", "compare"):
        app.apply(Named(name))
        settle(app)
        outside = [line.text for line in app.canvas.written if not line.scrolls and not line.room.contains(line.rect)]
        assert outside == [], name
        app.apply(Named("back"))


def test_without_a_what_if_the_keys_say_so():
    app = app_with()
    press(app, "s")
    assert len(app.stack) == 1
    assert "a what-if is chosen on the first sheet" in app.toast.text
    press(app, "i")
    assert top(app).now.world == ""


def test_the_premise_can_be_read_at_any_time():
    app = watching()
    press(app, "shift+i")
    assert isinstance(top(app), Premises)
    assert "The senior officers of the Ninewa command stay" in texts(app)


def test_what_differs_is_told_people_first():
    app = watching()
    app.apply(GoToDay(14))
    press(app, "s")
    settle(app)
    assert isinstance(top(app), Compared)
    said = [line.text for line in app.canvas.written]
    order = [said.index(word) for word in ("People", "Control", "Forces")]
    assert order == sorted(order)
    assert any("the map is first otherwise on the evening of" in line for line in said)
    assert "men of the Ninewa command still with their units" in said


# Playing


def test_a_game_under_a_what_if_says_so_is_saved_with_it_and_goes_on_with_it(home):
    app = loaded(start((STAY,)))
    app.stack[0].handle(Role("baghdad"))
    press(app, "return")
    assert isinstance(top(app), Play)
    settle(app)
    press(app, "return")
    press(app, "ctrl+space")
    settle(app)
    press(app, "return")
    assert strip(app).startswith("Still as it happened")
    (info,) = list_saves()
    assert info.what_ifs == (STAY,)
    assert main(["verify", str(info.path)]) == ExitStatus.OK
    again = app_with(Games())
    assert f"what if: {STAY}" in texts(again)
    sheet = top(again)
    sheet.handle(Named("take_up"))
    desk_again = sheet._loading.result()
    assert [one.id for one in desk_again.session.game.what_ifs] == [STAY]
    assert desk_again.session.state.digest() == play_of(app).desk.session.state.digest()


def test_a_branch_stays_under_the_what_if():
    found = desk(days=3, what_ifs=(STAY,))
    found.fork(2, "other", "erbil")
    assert [one.id for one in found.session.game.what_ifs] == [STAY]
    assert [info.what_ifs for info in list_saves()] == [(STAY,)]


def test_a_game_is_compared_with_the_model_and_with_the_what_if_nobody_played():
    app = game(days=8, what_ifs=(STAY,))
    press(app, "s")
    settle(app)
    said = texts(app)
    for part in ("This game", "As it happened, in the", "nobody playing"):
        assert part in said, part
    assert "men who fight for ISIS" not in said
    plain = game(days=2)
    press(plain, "s")
    settle(plain)
    assert "nobody playing" not in texts(plain)


def test_the_debrief_of_a_game_has_the_premise_and_three_courses(home):
    app = game(days=8, what_ifs=(STAY,))
    found = play_of(app).desk
    found.session.give(order := next(iter(_marches(found.session))))
    found.session.end_day()
    play_of(app).caught_up()
    press(app, "s")
    settle(app)
    press_button(app, Named("debrief"))
    settle(app)
    assert "Debrief written:" in app.toast.text
    (page,) = (home / "debriefs").glob("*.html")
    assert page.name == f"june-2014-{STAY}-baghdad-2014-06-12.html"
    text = page.read_text("utf-8")
    assert "The senior officers of the Ninewa command stay" in text
    told = found.debrief()
    save = next(info.path for info in list_saves())
    assert f"offensive-sim debrief {save.name} -o debrief.html" in text
    assert main(["debrief", str(save), "-o", str(home / "again.html")]) == ExitStatus.OK
    assert [course.key for course in told.courses] == ["history", "model", "played"]
    assert [premise.what_if.id for premise in told.premises] == [STAY]
    assert order.unit in found.session.given[-1]


def _marches(session):
    from offensive_sim.engine.orders import Order  # noqa: PLC0415

    for unit in session.unordered():
        order = Order(unit, "march", "baghdad")
        if not session.problems(order):
            yield order


def test_a_folder_that_cannot_be_written_is_told(home):
    (home / "debriefs").write_text("in the way", "utf-8")
    app = game(days=1)
    press(app, "s")
    settle(app)
    press_button(app, Named("debrief"))
    settle(app)
    assert "The debrief cannot be written" in app.toast.text


def test_the_last_sheet_of_a_game_says_it_was_no_history():
    found = desk(days=0, what_ifs=(STAY,))
    while found.session.can_end:
        found.session.end_day()
    app = app_with(Play(found))
    app.apply(Named("ending"))
    settle(app)
    assert isinstance(top(app), EndSheet)
    assert f"This game was played under a what-if: {TITLE}. It is not history." in texts(app)
    assert "With history's orders under the same what-if" in texts(app)
    press_button(app, Named("compare"))
    settle(app)
    assert isinstance(top(app), Compared)
    assert "men who fight for ISIS" in texts(app)


def test_a_play_screen_draws_the_strip_in_every_size():
    for size in ((1366, 768), (1920, 1080), (800, 600)):
        app = game(days=2, what_ifs=(STAY,), size=size)
        assert strip(app)

"""A game in the window under the dummy driver: seats, orders by hand and by key, days, branches, saves, the end."""

import time

import pygame
import pytest
from tests.ui.games import counter, desk, game, pixel, play_of, settle, texts
from tests.ui.windows import (
    LANGUAGE_SIZES,
    app_with,
    assert_text_keeps_its_room,
    click,
    drag,
    press,
    start_screen,
    write,
)

from offensive_sim.campaign.saves import list_saves, saves_folder
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import FlyTo, GoToDay, Lock, Named, OpenEvent, Select, ToggleDrawer
from offensive_sim.ui.leaving import Leaving
from offensive_sim.ui.playing import arrows
from offensive_sim.ui.playing.asking import (
    Aim,
    ChooseUnits,
    Days,
    Direct,
    Fork,
    Give,
    Offer,
    Pick,
    Release,
    Role,
    Switch,
    Tab,
)  # fmt: skip
from offensive_sim.ui.playing.briefsheet import BriefSheet
from offensive_sim.ui.playing.ending import EndSheet
from offensive_sim.ui.playing.forks import ForkSheet
from offensive_sim.ui.playing.games import Games, SaveSheet
from offensive_sim.ui.playing.leversheet import LeverSheet
from offensive_sim.ui.playing.ordersheet import OrderSheet
from offensive_sim.ui.playing.play import Play
from offensive_sim.ui.playing.report import ReportSheet
from offensive_sim.ui.playing.seating import HandOver
from offensive_sim.ui.speech import say

CTS = "cts-1isof"


def top(app):
    return app.stack[-1]


def at_samarra(**choices):
    """The morning of 13 June, Samarra in the middle, its counter in reach."""
    app = game(days=9, **choices)
    app.apply(FlyTo("samarra"))
    app.apply(Select(None))
    app.draw()
    return app


# Choosing a seat


def test_the_start_sheet_asks_who_one_speaks_for_and_briefs_first():
    app = app_with(start_screen())
    click(app, next(spot for spot in app.hover.spots if spot.action == Role("baghdad")).rect.center)
    assert "You give orders to the federal army" in texts(app)
    press(app, "return")
    assert isinstance(top(app), Play)
    settle(app)
    assert isinstance(top(app), BriefSheet)
    said = texts(app)
    for part in ("people are displaced", "108 formations", "Baghdad local police", "Sources", "What you can do"):
        assert part in said, part
    press(app, "return")
    assert isinstance(top(app), Play)
    assert top(app).live


def test_watching_is_still_watching():
    app = app_with(start_screen())
    press(app, "return")
    assert not isinstance(top(app), Play)


# Orders by hand


def test_an_order_is_drawn_from_a_counter_to_a_place_with_its_odds_before_it_is_given():
    app = at_samarra()
    play = play_of(app)
    drag(app, counter(app, "samarra"), pixel(app, "tikrit"))
    sheet = top(app)
    assert isinstance(sheet, OrderSheet)
    assert (sheet.goal, sheet.chosen) == ("tikrit", "attack")
    assert CTS in sheet.units
    # ISIS holds Tikrit: all but attacking and holding are grey, and say why.
    why = "Tikrit is held by ISIS: attack it, or choose another place"
    assert {stance: sheet.reasons(stance) for stance in ("march", "withdraw", "reinforce")} == {
        "march": [why], "withdraw": [why], "reinforce": [why],
    }  # fmt: skip
    assert why in texts(app)
    app.apply(Pick(0))
    press(app, "return")
    assert top(app) is sheet
    assert play.desk.session.queue == ()
    app.apply(Pick(1))
    settle(app)
    odds = sheet.odds[0]
    assert (odds.days, odds.replicas, odds.place) == (3, 64, "tikrit")
    assert f"held {odds.share.held} %" in texts(app)
    press(app, "return")
    assert top(app) is play
    assert Order(CTS, "attack", "tikrit") in play.desk.session.queue
    assert play.desk.told_of(CTS).odds == odds


def test_the_window_is_drawn_while_the_odds_are_worked_out():
    app = at_samarra()
    app.apply(Offer((CTS,), "tikrit"))
    sheet = top(app)
    assert sheet.wait(time.monotonic()) is not None
    app.draw()
    assert say("sheet.playing", "en") in texts(app) or sheet.odds[0]
    settle(app)
    app.apply(Days(1))
    settle(app)
    assert sheet.odds[0].days == 1


def test_a_click_chooses_a_counter_and_a_right_click_offers_a_place():
    app = at_samarra()
    play = play_of(app)
    click(app, counter(app, "samarra"))
    assert CTS in play.chosen
    assert "formations" in texts(app)
    click(app, pixel(app, "tikrit"), button=3)
    assert isinstance(top(app), OrderSheet)
    press(app, "escape")
    press(app, "escape")
    assert play.chosen == ()


def test_a_drag_that_ends_nowhere_orders_nothing():
    app = at_samarra()
    play = play_of(app)
    start = counter(app, "samarra")
    empty = next(
        (x, start[1] + 150) for x in range(play.pointing.view.left + 40, start[0], 11)
        if play.place_at((x - play.pointing.view.left, start[1] + 150 - play.pointing.view.top)) is None
    )  # fmt: skip
    before = play.camera
    drag(app, start, empty)
    assert top(app) is play
    assert play.camera == before
    assert play.desk.session.queue == ()


def test_others_formations_cannot_be_taken_hold_of():
    app = at_samarra()
    play = play_of(app)
    app.apply(FlyTo("kirkuk"))
    app.apply(Select(None))
    app.draw()
    krg = next(one for one in play.map._sheet.stacks if one.faction == "krg")
    left, up = play.camera.corner
    assert play.units_at((krg.box.centerx - left, krg.box.centery - up)) == ()


# Orders by key


def test_everything_goes_by_key_as_well():
    app = at_samarra()
    play = play_of(app)
    press(app, "n")
    first = play.chosen
    press(app, "space")
    assert play.chosen != first
    press(app, "shift+n")
    assert play.chosen == first
    app.apply(ChooseUnits((CTS,)))
    press(app, "a")
    assert isinstance(top(app), OrderSheet)
    assert top(app).chosen == "hold"
    press(app, "/")
    write(app, "balad")
    press(app, "return")
    assert (top(app).goal, top(app).chosen) == ("balad", "march")
    press(app, "up")
    assert top(app).chosen != "march"
    press(app, "down")
    settle(app)
    press(app, "return")
    assert play.desk.session.queue == (Order(CTS, "march", "balad"),)
    press(app, "ctrl+z")
    assert play.desk.session.queue == ()
    press(app, "ctrl+y")
    assert play.desk.session.queue == (Order(CTS, "march", "balad"),)
    press(app, "u")
    press(app, "u")
    assert say("tell.nothing_today", "en") == app.toast.text


def test_tab_reaches_every_button_of_the_order_sheet():
    app = at_samarra()
    app.apply(Offer((CTS,), "tikrit"))
    settle(app)
    for _ in range(40):
        press(app, "tab")
        if app.focus == repr(Named("give")):
            break
    press(app, "return")
    assert play_of(app).desk.session.queue == (Order(CTS, "attack", "tikrit"),)


def test_a_goal_can_be_aimed_at_with_the_next_click_or_by_name():
    app = at_samarra()
    play = play_of(app)
    app.apply(ChooseUnits((CTS,)))
    app.apply(Aim("march"))
    app.draw()
    assert say("ribbon.aim", "en", order="March") in texts(app)
    click(app, pixel(app, "balad"))
    assert (top(app).goal, top(app).chosen) == ("balad", "march")
    press(app, "escape")
    app.apply(Aim("attack"))
    app.apply(FlyTo("tikrit"))
    assert (top(app).goal, top(app).chosen) == ("tikrit", "attack")
    press(app, "escape")
    app.apply(Aim("attack"))
    press(app, "escape")
    assert (play.aim, play.chosen) == ("", (CTS,))


def test_holding_needs_no_sheet_and_a_cross_takes_an_order_back():
    app = at_samarra()
    play = play_of(app)
    app.apply(Give((CTS,), "hold", None))
    app.draw()
    assert play.desk.session.queue == (Order(CTS, "hold"),)
    cross = next(spot for spot in app.hover.spots if spot.action == Release((CTS,)))
    click(app, cross.rect.center)
    assert play.desk.session.queue == ()
    app.apply(Named("clear"))
    assert play.desk.session.redo_label


def test_reinforcing_needs_a_formation_of_ones_own_there():
    app = at_samarra()
    session = play_of(app).desk.session
    world = session.game.world
    place = {unit: int(session.state.unit_place[0, world.units.ids.index(unit)]) for unit in session.unordered()}
    empty = next(
        key for p, key in enumerate(world.places.ids)
        if world.factions.ids[session.state.control[0, p]] == "iraq" and p not in place.values()
    )  # fmt: skip
    sheet = OrderSheet(play_of(app).desk, (CTS,), empty)
    assert sheet.reasons("reinforce") == ["nobody_there"]
    assert OrderSheet(play_of(app).desk, (CTS,), "baghdad").reasons("reinforce") == []


def test_a_formation_that_falls_back_says_so_once():
    app = game(days=6)
    session = play_of(app).desk.session
    broken = next(unit for unit in session.unordered() if session.problems(Order(unit, "hold")))
    app.apply(Offer((broken,), "baghdad"))
    app.draw()
    assert texts(app).count("has broken and is falling back") == 2  # on the sheet, and on the card beside it


# Days


def test_a_day_is_played_beside_the_window_and_its_report_opens_once():
    app = at_samarra()
    play = play_of(app)
    app.apply(Offer((CTS,), "tikrit"))
    settle(app)
    press(app, "return")
    press(app, "ctrl+space")
    assert play.busy or play.desk.session.day == 10
    press(app, "a")
    settle(app)
    assert isinstance(top(app), ReportSheet)
    said = texts(app).split("What happened on")[1]
    assert said.index("people left their homes") < said.index("passes to")
    app.apply(Tab("yours"))
    app.draw()
    assert "Attack Tikrit" in texts(app)
    assert "Said before the order" in texts(app)
    press(app, "return")
    assert top(app) is play
    assert (play.desk.session.day, play.now.day) == (10, 10)
    settle(app)
    assert top(app) is play
    press(app, "r")
    assert isinstance(top(app), ReportSheet)


def test_a_line_of_the_report_flies_to_its_place():
    app = game(days=6)
    press(app, "r")
    line = next(spot for spot in app.hover.spots if isinstance(spot.action, FlyTo))
    click(app, line.rect.center)
    assert play_of(app).now.selected == line.action.place


def test_a_report_is_turned_back_and_filtered():
    app = game(days=6)
    press(app, "r")
    press(app, "left")
    assert top(app).day == 4
    press(app, "right")
    press(app, "right")
    assert top(app).day == 5
    app.apply(Tab("forces"))
    app.draw()
    assert "people left their homes" not in texts(app)


def test_the_log_marks_what_is_new():
    app = game(days=3)
    play = play_of(app)
    press(app, "l")
    play.desk.looked["baghdad"] = 2
    app.draw()
    assert texts(app).count(say("log.new", "en")) == 1
    press(app, "ctrl+space")
    settle(app)
    assert play.desk.looked["baghdad"] == 3


def test_one_looks_back_without_ordering():
    app = game(days=4)
    play = play_of(app)
    press(app, "left")
    assert play.now.day == 3
    assert not play.live
    assert "You look back" in texts(app)
    app.apply(Offer((CTS,), "tikrit"))
    assert top(app) is play
    press(app, "end")
    assert play.live


# What the seat knows


def test_nothing_of_the_days_to_come_is_shown():
    app = game(days=4)
    replay = play_of(app).replay
    evening = replay.timeline.days[4].evening
    assert max(day for day in replay.told) <= 4
    assert all(day.events == 0 for day in replay.timeline.days if day.evening > evening)
    assert len(replay.timeline.days) == 28
    assert all(change.date <= evening for change in replay.chronicle.changes)


def test_at_the_end_history_is_shown_whole():
    app = game(days=26)
    press(app, "ctrl+space")
    settle(app)
    settle(app)
    assert isinstance(top(app), EndSheet)
    replay = play_of(app).replay
    assert replay.chronicle == play_of(app).desk.chronicle
    assert replay.sighted(27).all()


# The end


def test_the_end_is_about_people_first_and_has_no_winner():
    app = game(days=26)
    press(app, "ctrl+space")
    settle(app)
    settle(app)
    said = texts(app)
    parts = ("people are displaced", "places are held as", "men in the")
    people, control, forces = (said.index(part) for part in parts)
    assert people < control < forces
    assert "There is no winner" in said
    press(app, "escape")
    assert not play_of(app).live
    press(app, "ctrl+space")
    assert isinstance(top(app), EndSheet)


# Branches


def test_a_branch_from_any_day_has_a_name_and_leaves_the_game_as_it_is():
    app = game(days=5)
    play = play_of(app)
    main = play.desk.session
    press(app, "left")
    press(app, "left")
    press(app, "ctrl+b")
    assert isinstance(top(app), ForkSheet)
    for _ in range(6):
        press(app, "backspace")
    write(app, "north")
    app.apply(Role("erbil"))
    press(app, "return")
    assert (play.desk.session.name, play.desk.session.day, play.desk.chair.id) == ("north", 3, "erbil")
    assert main.day == 5
    press(app, "ctrl+b")
    assert {"main", "north"} <= {line.text for line in app.canvas.written}
    app.apply(Switch("main"))
    assert play.desk.session is main


def test_a_branch_whose_name_is_taken_says_so():
    app = game(days=2)
    app.apply(Fork(1, "main", "baghdad"))
    assert "called main already" in app.toast.text
    press(app, "ctrl+b")
    top(app).line.text = "main"
    press(app, "return")
    assert isinstance(top(app), ForkSheet)
    assert say("branch.taken", "en") in texts(app)


# Saves


def test_every_day_is_saved_and_the_game_is_taken_up_again():
    app = at_samarra()
    app.apply(Give((CTS,), "hold", None))
    press(app, "ctrl+space")
    settle(app)
    digest = play_of(app).desk.session.state.digest()
    fresh = app_with(start_screen())
    press(fresh, "ctrl+o")
    assert isinstance(top(fresh), Games)
    press(fresh, "return")
    settle_loading(fresh)
    play = play_of(fresh)
    assert play.desk.session.day == 10
    assert play.desk.session.state.digest() == digest
    assert play.desk.session.standing[CTS] == Order(CTS, "hold")


def settle_loading(app):
    end = time.monotonic() + 30
    while isinstance(top(app), Games) and not top(app).problem and time.monotonic() < end:
        app._pass_time(time.monotonic())
        time.sleep(0.02)
    app.draw()


def test_a_save_has_a_name_and_is_replaced_only_when_asked_twice():
    app = game(days=1)
    for expected in (1, 1, 1):
        press(app, "ctrl+s")
        assert isinstance(top(app), SaveSheet)
        press(app, "return")
        if isinstance(top(app), SaveSheet):
            assert "already a save" in texts(app)
            press(app, "return")
        assert top(app) is play_of(app)
        assert len([info for info in list_saves() if not info.auto]) == expected
    assert "Saved:" in app.toast.text


def test_a_deleted_or_broken_save_is_told_and_nothing_is_lost():
    app = game(days=2)
    play = play_of(app)
    play.desk.save("good", over=False)
    (saves_folder() / "broken.jsonl").write_text("{nothing\n", "utf-8")
    press(app, "ctrl+o")
    assert "is not a save of this program" in texts(app)
    games = top(app)
    games.at = next(at for at, info in enumerate(games.saves) if info.path.name == "broken.jsonl")
    press(app, "return")
    settle_loading(app)
    assert "is not a save of this program" in games.problem
    games.at = next(at for at, info in enumerate(games.saves) if info.name == "good")
    games.saves[games.at].path.unlink()
    press(app, "return")
    settle_loading(app)
    assert "there is no such save" in games.problem
    press(app, "escape")
    assert play.desk.session.day == 2


def test_a_folder_that_cannot_be_written_is_told_and_the_game_goes_on(home):
    (home / "saves").write_text("a file stands where the folder should be", "utf-8")
    app = game(days=1)
    press(app, "ctrl+space")
    settle(app)
    assert "cannot be written" in app.toast.text
    assert play_of(app).desk.session.day == 2


# Two people at one screen


def test_two_seats_take_turns_and_nothing_of_the_other_is_seen():
    app = game("baghdad+erbil", days=6)
    play = play_of(app)
    app.apply(Give((CTS,), "hold", None))
    app.draw()
    press(app, "ctrl+space")
    sheet = top(app)
    assert isinstance(sheet, HandOver)
    assert not sheet.over
    said = texts(app)
    assert "Erbil" in said
    for word in ("CTS", "Hold", "displaced people", "Orders for"):
        assert word not in said
    press(app, "escape")
    assert isinstance(top(app), Leaving)
    press(app, "escape")
    assert isinstance(top(app), HandOver)
    press(app, "return")
    assert play.desk.chair.id == "erbil"
    assert isinstance(top(app), ReportSheet)
    press(app, "return")
    assert "1. CTS" not in texts(app)
    press(app, "ctrl+z")
    assert CTS in play.desk.session.today
    press(app, "ctrl+space")
    settle(app)
    assert isinstance(top(app), HandOver)
    press(app, "return")
    assert (play.desk.chair.id, play.desk.session.day) == ("baghdad", 7)
    assert isinstance(top(app), ReportSheet)
    press(app, "return")
    press(app, "ctrl+space")
    press(app, "return")
    assert play.desk.chair.id == "erbil"
    assert isinstance(top(app), ReportSheet)


# Looks


def sheets():
    def order(app):
        app.apply(Offer((CTS,), "tikrit"))
        settle(app)

    yield "map", lambda app: app.apply(ChooseUnits((CTS,)))
    yield "stack", lambda app: click(app, counter(app, "samarra"))
    yield "place", lambda app: app.apply(FlyTo("balad"))
    yield "aim", lambda app: (app.apply(ChooseUnits((CTS,))), app.apply(Aim("attack")))
    yield "legend", lambda app: app.apply(ToggleDrawer("legend"))
    yield "past", lambda app: app.apply(GoToDay(5))
    yield "log", lambda app: app.apply(Tab("log"))
    yield "order", order
    yield "lever", lambda app: app.apply(Direct("recruits:sistani-call"))
    yield "report", lambda app: app.apply(Named("report"))
    yield "branches", lambda app: app.apply(Named("branches"))
    yield "games", lambda app: (play_of(app).desk.keep(), app.apply(Named("games")))
    yield "save", lambda app: app.apply(Named("save"))
    yield "briefing", lambda app: app.apply(Named("briefing"))
    yield "ending", lambda app: (app.apply(Named("ending")), settle(app))
    yield "hand", lambda app: app.stack.append(HandOver(play_of(app).desk.chair, play_of(app).desk))


@pytest.mark.parametrize(("language", "percent"), LANGUAGE_SIZES)
@pytest.mark.parametrize("name", [name for name, _ in sheets()])
def test_no_text_leaves_its_sheet(name, language, percent):
    app = at_samarra(language=language, percent=percent)
    app.apply(Give((CTS,), "hold", None))
    dict(sheets())[name](app)
    app.draw()
    assert len(app.canvas.written) > 2
    assert_text_keeps_its_room(app)


@pytest.mark.parametrize("size", [(480, 320), (800, 600), (3840, 1080)])
def test_sizes_of_window(size):
    app = game(size=size, days=2)
    for percent in (100, 250):
        app.settings = app.settings.with_percent(percent)
        app.draw()
        assert app.surface.get_rect().contains(play_of(app).pointing.view)
        app.apply(Named("report"))
        app.draw()
        press(app, "escape")


def test_marches_are_drawn_and_can_be_put_away():
    app = at_samarra()
    play = play_of(app)
    bare = pygame.surfarray.array3d(app.surface)
    play.desk.give([Order(CTS, "attack", "tikrit")])
    app.draw()
    marked = pygame.surfarray.array3d(app.surface)
    view = play.pointing.view
    box = (slice(view.left, view.right), slice(view.top, view.bottom))
    assert (marked[box] != bare[box]).any()
    press(app, "shift+p")
    assert (pygame.surfarray.array3d(app.surface)[box] == bare[box]).all()


def test_arrows_tell_orders_from_history_and_withdrawing_from_attacking():
    line = ((0.0, 0.0), (120.0, 0.0))
    pictures = []
    for stance, own in (("attack", True), ("withdraw", True), ("attack", False)):
        picture, at = arrows.drawn(arrows.Arrow(line, stance, (0, 114, 178), 6.0, own, 1.0))
        assert at.width > 120
        pictures.append(pygame.surfarray.array_alpha(picture).astype(int).sum())
    assert len(set(pictures)) == 3


def test_history_events_open_in_a_game_too():
    app = game(days=9)
    key = next(one.key for rows in play_of(app).replay.told.values() for one in rows)
    app.apply(OpenEvent(key))
    app.draw()
    assert "Sources" in texts(app)


def test_a_game_of_a_seat_that_a_scenario_lacks_says_so():
    app = app_with(start_screen())
    top(app).seat = "tehran"
    press(app, "return")
    assert "no seat is called tehran" in texts(app)


# What is directed beside units


def test_the_coalition_chooses_where_a_camp_opens():
    app = game("coalition", days=5)
    play = play_of(app)
    press(app, "n")
    assert play.chosen == ()
    assert desk("coalition").session.unordered() == []
    line = next(spot for spot in app.hover.spots if spot.action == Direct("camps:khazir-camp-opens"))
    click(app, line.rect.center)
    sheet = top(app)
    assert isinstance(sheet, LeverSheet)
    assert "Khazir transit camp opens" in texts(app)
    press(app, "return")
    assert top(app) is sheet
    app.apply(FlyTo("raqqa"))
    assert sheet.reasons("site") == ["Raqqa is no place of safety"]
    press(app, "/")
    write(app, "kalak")
    app.apply(FlyTo("erbil"))
    settle(app)
    press(app, "return")
    assert play.desk.session.queue == (Order("camps:khazir-camp-opens", "site", "erbil"),)
    assert "Open at Erbil" in texts(app)
    press(app, "ctrl+z")
    assert play.desk.session.queue == ()


def test_a_click_on_the_map_beside_the_sheet_chooses_its_place():
    app = at_samarra()
    app.apply(Offer((CTS,), "tikrit"))
    sheet = top(app)
    click(app, pixel(app, "balad"))
    assert sheet.goal == "balad"


def test_baghdad_sends_its_aircraft_where_armed_men_stand():
    app = game(days=12)
    app.apply(Direct("strikes:refinery-strikes-june"))
    sheet = top(app)
    assert sheet.start == "baiji-refinery"
    app.apply(FlyTo("basra"))
    app.draw()
    assert "no armed formation of an enemy stands near Basra" in texts(app)
    app.apply(FlyTo("tikrit"))
    settle(app)
    press(app, "return")
    press(app, "ctrl+space")
    settle(app)
    app.apply(Tab("yours"))
    app.draw()
    assert "Fly to Tikrit" in texts(app)


def test_a_gate_is_opened_from_the_list():
    app = game("erbil", days=11)
    play = play_of(app)
    gate = next(lever for lever in play.desk.levers() if lever.kind == "gates")
    app.apply(Direct(gate.key))
    settle(app)
    press(app, "return")
    assert play.desk.session.queue == (Order(gate.key, "open"),)


def test_the_lock_keeps_a_game_as_it_is_until_it_is_opened():
    app = game(days=2)
    play = play_of(app)
    app.apply(Lock())
    before = play.desk.session.state.digest()
    for action in (
        Give((CTS,), "hold", None), Offer((CTS,), "samarra"), Aim("march"), Fork(1, "other", "erbil"), Direct("x"),
        Named("end_day"), Named("undo"), Named("branches"), Named("order"), Named("games"),
    ):  # fmt: skip
        app.apply(action)
        assert "The game is locked" in app.toast.text, action
        assert len(app.stack) == 1
        app.toast = None
    assert not play.busy
    assert (play.desk.session.state.digest(), play.desk.session.queue, play.aim) == (before, (), "")
    app.apply(Named("report"))
    assert isinstance(top(app), ReportSheet)
    app.apply(Named("back"))
    app.apply(GoToDay(1))
    assert play.now.day == 1
    app.apply(Lock())
    app.apply(Named("end_day"))
    settle(app)
    assert play.desk.session.day == 3

"""``shot`` and ``film``: every option, bad input, and nothing half-written."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import sys

import pygame
import pytest

from offensive_sim import cli
from offensive_sim.cli import main
from offensive_sim.errors import ExitStatus
from offensive_sim.ui import film
from offensive_sim.ui.shot import Painter

SMALL = ("--size", "480x320")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "june.jsonl"
    assert main(["replay", "june-2014", "--quiet", "--until", "2014-06-08", "--record", str(path)]) in (0, 4)
    return path


def shot(tmp_path, *options):
    out = tmp_path / "map.png"
    status = main(["shot", "--date", "2014-06-07", *SMALL, *options, "-o", str(out)])
    assert status == ExitStatus.OK
    return pygame.image.tobytes(pygame.image.load(out), "RGB")


def test_a_record_gives_the_same_picture_as_its_scenario(tmp_path, record):
    assert shot(tmp_path, "--record", str(record)) == shot(tmp_path)


def test_each_option_changes_the_picture(tmp_path):
    options = [
        (), ("--mode", "history"), ("--seat", "public"), ("--layers", "forces"), ("--layers", "names"),
        ("--lang", "ckb"), ("--scale", "200"), ("--bw",),
    ]  # fmt: skip
    pictures = [shot(tmp_path, *some) for some in options]
    assert len(set(pictures)) == len(pictures)
    assert shot(tmp_path, "--layers", "none") == shot(tmp_path, "--layers", "none")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--seat", "bagdad"), "did you mean baghdad"),
        (("--layers", "flow"), "did you mean flows"),
        (("--date", "2014-07-01"), "outside the scenario: 2014-06-03 to 2014-06-30"),
        (("--size", "4x4"), "4 is not between 320 and 8192"),
        (("--record", "nowhere.jsonl"), "nowhere.jsonl: there is no such save"),
    ],
)
def test_bad_input_is_told_in_a_line_and_nothing_is_written(tmp_path, capsys, options, says):
    out = tmp_path / "map.png"
    usual = ["--date", "2014-06-05"] if "--date" not in options else []
    try:
        status = main(["shot", *usual, *SMALL, *options, "-o", str(out)])
    except SystemExit as ended:
        status = ended.code
    assert status in (ExitStatus.USAGE, ExitStatus.PROBLEMS)
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_record_ends_where_it_ends_and_knows_its_scenario(tmp_path, record, capsys):
    out = str(tmp_path / "map.png")
    assert main(["shot", "--record", str(record), "--date", "2014-06-20", "-o", out]) == ExitStatus.USAGE
    assert "outside the game: 2014-06-03 to 2014-06-08" in capsys.readouterr().err
    assert main(["shot", "june-2014", "--record", str(record), "-o", out]) == ExitStatus.USAGE
    assert "leave the scenario out" in capsys.readouterr().err


# Films


def filmed(tmp_path, name, *options):
    out = tmp_path / name
    arguments = ["film", "--from", "2014-06-05", "--until", "2014-06-08", *SMALL, "--seconds", "0.3", *options]
    return main([*arguments, "-o", str(out)]), out


@pytest.mark.parametrize("name", ["june.gif", "june.webp"])
def test_a_film_has_a_frame_a_day(tmp_path, name, capsys):
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    status, out = filmed(tmp_path, name)
    assert status == ExitStatus.OK
    with image.open(out) as found:
        assert (found.n_frames, found.size) == (4, (480, 320))
        seen = set()
        for number in range(found.n_frames):
            found.seek(number)
            seen.add(found.convert("RGB").tobytes())
        assert len(seen) == 4
        assert found.info["duration"] == 900
    assert "2014-06-05 to 2014-06-08" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_ending_is_refused(tmp_path, capsys):
    status, _ = filmed(tmp_path, "june.mp4")
    assert status == ExitStatus.USAGE
    assert "ends in .gif or .webp" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_picture_ends_in_png(tmp_path, capsys):
    assert main(["shot", *SMALL, "-o", str(tmp_path / "map.jpg")]) == ExitStatus.USAGE
    assert "map.jpg: a picture ends in .png" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_days_the_wrong_way_round(tmp_path, capsys):
    out = str(tmp_path / "june.gif")
    assert main(["film", "--from", "2014-06-08", "--until", "2014-06-05", "-o", out]) == ExitStatus.USAGE
    assert "--from 2014-06-08 is after --until 2014-06-05" in capsys.readouterr().err


def test_without_pillow_it_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "PIL", None)
    status, _ = filmed(tmp_path, "june.gif")
    assert status == ExitStatus.PROBLEMS
    told = capsys.readouterr().err
    assert "offensive-sim[film]" in told
    assert len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_the_old_film(tmp_path, monkeypatch):
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    old = tmp_path / "june.gif"
    old.write_bytes(b"old")
    drawn = []

    def draw(self, board):
        drawn.append(board)
        if len(drawn) == 3:
            raise KeyboardInterrupt
        return pygame.Surface((480, 320))

    monkeypatch.setattr(Painter, "draw", draw)
    status, _ = filmed(tmp_path, "june.gif")
    assert status == ExitStatus.INTERRUPTED
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["june.gif"]


def test_a_film_that_cannot_be_written_is_told(tmp_path, capsys):
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    status, _ = filmed(tmp_path / "nowhere", "june.gif")
    assert status == ExitStatus.PROBLEMS
    assert "cannot be written" in capsys.readouterr().err


def test_help_needs_no_pygame(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pygame", None)
    with pytest.raises(SystemExit) as ended:
        main(["film", "--help"])
    assert ended.value.code == 0
    assert "--seconds" in capsys.readouterr().out


def test_both_endings_are_known():
    assert film.ENDINGS == (".gif", ".webp")
    assert cli.DEFAULT_SCENARIO == "june-2014"

"""Phrases of the window and of the debrief: each language has the same subjects, keys and parts."""

import re
import string
import tomllib

import pytest
from tests.scenario.helpers import ROOT

from offensive_sim.atlas.catalogue import LANGUAGES, phrases, subjects

FOLDERS = ["strings", "debrief"]
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def keys_of(file):
    return [f"{table}.{key}" for table, rows in tomllib.loads(file.read_text("utf-8")).items() for key in rows]


def parts(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_each_language_has_the_same_subjects_keys_and_parts(folder, language):
    english, other = ({file.name: keys_of(file) for file in subjects(folder, one)} for one in ("en", language))
    assert english
    assert english == other
    said, told = phrases(folder, "en"), phrases(folder, language)
    assert {key: parts(text) for key, text in said.items()} == {key: parts(text) for key, text in told.items()}
    assert [key for key, text in told.items() if said[key].strip() and not text.strip()] == []


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_subjects(folder, language):
    every = [key for file in subjects(folder, language) for key in keys_of(file)]
    assert sorted(every) == sorted(phrases(folder, language))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translated_file_is_marked_as_a_draft(folder, language):
    for file in subjects(folder, language):
        assert "Draft, needs a native reader" in file.read_text("utf-8").splitlines()[0], file


def test_every_phrase_of_the_window_is_used():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "offensive_sim").rglob("*.py"))
    asked = set(re.findall(r"""["'](\w+\.\w+)["']""", code))
    made = re.findall(r"""["'](\w+\.\w*)\{[^}]+\}(\w*)["']""", code)
    shapes = [re.compile(rf"{start}[\w-]+{end}") for start, end in made]
    unused = [key for key in phrases("strings", "en") if key not in asked and not any(s.fullmatch(key) for s in shapes)]
    assert unused == []

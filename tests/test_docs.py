"""The documents against the code: whatever a user can type, set or read about has its place in them."""

import argparse
import ast
import importlib
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from offensive_sim.cli import _parser, main
from offensive_sim.engine import dice
from offensive_sim.engine.journal import Factor
from offensive_sim.errors import ExitStatus
from offensive_sim.scenario.forces import OrderKind
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.triggers import Condition, Effect

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
SOURCES = sorted((ROOT / "src").rglob("*.py"))
GENERATED = {"scenario-format.md", "rules-numbers.md", "sources.md", "validation.md"}
PARTS = {"validation-notes.md"}
"""Pages that a generated one takes in; they have no title of their own."""
WRITTEN = [page for page in PAGES if page.name not in GENERATED]

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|tmp|opt|mnt|srv)/\w")
REGISTRY = re.compile(r"index-url|extra-index|trusted-host")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(<?([^)>\s]+)>?\)|^\[[^\]]+\]: *<?([^>\s]+)", re.MULTILINE)


def text(name):
    return (ROOT / name).read_text("utf-8")


def kinds(union):
    return [get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(union)[0])]


def without_code(page):
    """A page without fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL))


def headings(page):
    """Level-free headings outside fenced blocks."""
    plain = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ +(.+?) *$", plain, flags=re.MULTILINE)


def anchor(heading):
    words = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower())
    return re.sub(r"\s", "-", words.strip())


def section(page, title):
    """What stands under a heading, up to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,2}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {title}"
    return found[2]


def commands():
    parser = _parser()
    choices = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    return parser, dict(choices)


# docs/cli.md


@pytest.mark.parametrize("name", commands()[1])
def test_each_command_and_option_is_in_the_cli_document(name):
    part = section(text("docs/cli.md"), f"`{name}`")
    for action in commands()[1][name]._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        said = action.option_strings[-1] if action.option_strings else action.dest
        assert re.search(rf"`{re.escape(said)}[` ]", part), f"{name}: {said} is not in docs/cli.md"
        for choice in action.choices or ():
            assert f"`{choice}`" in part, f"{name} {said}: {choice} is not in docs/cli.md"


def test_the_cli_document_names_no_option_that_is_not_there():
    known = {o for one in commands()[1].values() for a in one._actions for o in a.option_strings}
    known |= {o for a in commands()[0]._actions for o in a.option_strings}
    assert set(re.findall(r"`(--[a-z-]+)", text("docs/cli.md"))) - known == set()


@pytest.mark.parametrize("status", list(ExitStatus), ids=lambda one: one.name)
def test_each_exit_status_is_in_the_cli_document(status):
    assert f"| {status.value} | {status.name} |" in section(text("docs/cli.md"), "Exit statuses")


def test_the_help_names_each_exit_status_but_those_of_signals():
    epilog = commands()[0].epilog
    assert [status.name for status in ExitStatus if not re.search(rf"\b{status.value}\b", epilog)] == []


def test_each_field_of_the_formats_is_in_the_cli_document(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["replay", "june-2014", "--until", "2014-06-12", "--quiet", "--format", "json", "--record", "a.jsonl"])
    card = json.loads(capsys.readouterr().out)
    main(["replay", "june-2014", "--until", "2014-06-04", "--quiet", "--format", "csv", "--table", "a.csv"])
    columns = [*capsys.readouterr().out.splitlines()[0].split(",")]
    columns += Path("a.csv").read_text("utf-8").splitlines()[0].split(",")
    lines = [json.loads(line) for line in Path("a.jsonl").read_text("utf-8").splitlines()]
    stretch = card["splits"]["tuned"]
    fields = [*card, *card["splits"], *stretch, *stretch["displaced"][0], *lines[0], *lines[1], *columns]
    page = section(text("docs/cli.md"), "Formats")
    assert [field for field in fields if f"`{field}`" not in page] == []


@pytest.mark.parametrize(
    "command", ["scenarios", "check june-2014", "replay june-2014 --quiet", "replay june-2014 --until 2014-06-09"]
)
def test_readme_shows_what_the_program_prints(command, capsys):
    shown = text("README.md").split(f"$ offensive-sim {command}\n")[1].split("```")[0].splitlines()
    main(command.split())
    printed = iter(line.rstrip() for line in capsys.readouterr().out.splitlines())
    # In this order, and each word for word; "..." stands for lines left out.
    assert [line for line in shown if line.strip() != "..." and line not in printed] == []


# The rulebook


@pytest.mark.parametrize("kind", [*kinds(Effect), *kinds(Condition), *get_args(OrderKind)])
def test_each_word_of_the_vocabularies_is_in_the_rulebook(kind):
    assert f"`{kind}`" in text("docs/rulebook.md")


@pytest.mark.parametrize("factor", list(Factor), ids=lambda one: one.name)
def test_each_reason_is_in_the_rulebook(factor):
    assert f"| `{factor.name}` |" in text("docs/rulebook.md")


@pytest.mark.parametrize("purpose", list(dice.Draw))
def test_each_purpose_of_chance_is_in_the_rulebook(purpose):
    assert f"| `{purpose}` |" in text("docs/rulebook.md")


@pytest.mark.parametrize("name", RULES)
def test_each_rule_number_is_listed_and_used_in_the_rulebook(name):
    assert f"| `{name}` |" in text("docs/rules-numbers.md")
    target = "n" + RULES[name].section.replace(".", "")
    assert f"[`{name}`][{target}]" in text("docs/rulebook.md"), f"{name} is not linked in the rulebook"


def test_the_rulebook_names_no_rule_number_that_is_not_there():
    assert set(re.findall(r"\[`(\w+)`\]\[n\d+\]", text("docs/rulebook.md"))) - set(RULES) == set()


def sections_named():
    """Each (module, section) that a docstring or comment of the source names."""
    for path in SOURCES:
        for number in re.findall(r"[Rr]ulebook (?:section )?(\d+(?:\.\d+)?)", path.read_text("utf-8")):
            yield path.relative_to(ROOT).as_posix(), number
    for rule in RULES.values():
        yield "rules", rule.section
    tree = ast.parse(text("src/offensive_sim/engine/turn.py"))
    for node in tree.body:
        found = re.match(r"(\d\.\d+) ", ast.get_docstring(node) or "") if isinstance(node, ast.FunctionDef) else None
        if found:
            yield "turn.py", found[1]


def test_each_section_that_the_code_names_is_in_the_rulebook():
    numbered = {found[1] for h in headings(text("docs/rulebook.md")) if (found := re.match(r"(\d+(?:\.\d+)?)\.? ", h))}
    assert {named for named in sections_named() if named[1] not in numbered} == set()


def test_the_sequence_of_play_is_numbered_in_order():
    numbers = [h.split()[0] for h in headings(text("docs/rulebook.md")) if re.match(r"4\.\d", h)]
    assert numbers == [f"4.{n}" for n in range(1, len(numbers) + 1)]
    called = re.findall(r"# (4\.\d+)", text("src/offensive_sim/engine/turn.py"))
    assert called == sorted(called, key=lambda number: int(number[2:]))


def constants():
    rows = re.findall(r"^\| `([\w/]+)\.py` \| `(\w+)` \| (.+?) \|", text("docs/rulebook.md"), re.MULTILINE)
    return [pytest.param(*row, id=row[1]) for row in rows]


@pytest.mark.parametrize(("module", "name", "value"), constants())
def test_each_constant_of_the_rulebook_is_that_of_the_code(module, name, value):
    held = getattr(importlib.import_module("offensive_sim." + module.replace("/", ".")), name)
    if isinstance(held, dict):
        said = "; ".join(f"{key} {one:g}" for key, one in held.items())
    else:
        said = "; ".join(sorted(held)) if isinstance(held, frozenset) else f"{held:g}"
    assert value == said


# README


def readme_commands():
    blocks = re.findall(r"^```console\n(.*?)^```", text("README.md"), re.MULTILINE | re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_readme_commands_run(tmp_path, monkeypatch, capsys):
    """In order and in one folder, since a later one may read what an earlier one wrote.

    README says that an ensemble may be below the bar.
    """
    monkeypatch.chdir(tmp_path)
    ours = [shlex.split(line) for line in readme_commands() if line.startswith("offensive-sim ")]
    assert ours
    for words in ours:
        status = main(words[1:])
        fine = {ExitStatus.OK, ExitStatus.BELOW_BAR} if "--replicas" in words else {ExitStatus.OK}
        assert status in fine, f"{shlex.join(words)} ended with {status}: {capsys.readouterr().err}"
        assert capsys.readouterr().out.strip()


# All documents


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_internal_links_lead_somewhere(page):
    broken = []
    for first, second in LINK.findall(without_code(page.read_text("utf-8"))):
        target = first or second
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        name, _, part = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        there = file.exists() and ROOT in file.parents
        if not there or (part and part not in {anchor(h) for h in headings(file.read_text("utf-8"))}):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_knows_the_machine_it_was_written_on(page):
    said = page.read_text("utf-8")
    assert MACHINE_PATH.findall(said) == []
    assert REGISTRY.findall(said) == []


@pytest.mark.parametrize("said", ["see /srv/x", "in `/mnt/x`", "pip --index-url x"])
def test_such_a_line_would_be_found(said):
    assert MACHINE_PATH.search(said) or REGISTRY.search(said)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_have_one_title_and_no_marks_left_by_an_editor(page):
    said = page.read_text("utf-8")
    title = re.findall(r"^# .+", re.sub(r"^```.*?^```", "", said, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    assert len(title) == (0 if page.name in PARTS else 1)
    assert re.findall(r"\b(?:TODO|FIXME|XXX|TBD)\b|%[A-Z]+%", said) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_lines_of_prose_are_short(page):
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL).splitlines()
    assert [line for line in prose if len(line) > 120 and not line.lstrip().startswith("|") and "](" not in line] == []


def test_generated_documents_are_current():
    run = subprocess.run(
        [sys.executable, ROOT / "tools/generate_docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_dependency_has_its_reason():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.match(r"[\w-]+", one)[0].lower() for one in asked]
    page = text("docs/dependencies.md").lower()
    assert [name for name in names if f"| {name} |" not in page] == []


def test_decisions_are_dated_and_numbered():
    found = sorted((DOCS / "decisions").glob("*.md"))
    for number, page in enumerate(found, start=1):
        said = page.read_text("utf-8")
        assert page.name.startswith(f"{number:04}-")
        assert said.startswith(f"# {number:04} ")
        assert re.search(r"^\d{4}-\d{2}-\d{2}\. ", said, re.MULTILINE)

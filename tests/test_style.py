"""What a machine can hold of the style: who writes the state, how long a module is, what imports what."""

import ast
import re
import sys
import tomllib
from dataclasses import fields
from itertools import chain

import pytest
from tests.scenario.helpers import ROOT

from offensive_sim.engine import axes
from offensive_sim.engine.rates import names
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World
from offensive_sim.scenario.rules import RULES

SOURCE = ROOT / "src" / "offensive_sim"
MODULES = sorted(SOURCE.rglob("*.py"))
ENGINE = sorted((SOURCE / "engine").rglob("*.py"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

MOST_LINES = 300

MAY_WRITE = {"engine/turn.py", "engine/dawn.py"}
WRITES = re.compile(r"\bstate\.\w+\[[^\]]*\](?:\s*,[^=\n]*)?\s*[-+*/|&^]?=(?!=)|\.at\(state\.\w+")


def short(path):
    return path.relative_to(SOURCE).as_posix()


# The state is written in two places


@pytest.mark.parametrize("path", ENGINE, ids=short)
def test_the_state_is_written_by_the_turn_and_by_dawn_only(path):
    found = WRITES.findall(path.read_text("utf-8"))
    assert bool(found) == (short(path) in MAY_WRITE), found


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("state.men[:] = seen.men", True),
        ("state.men[:, unit] += joins", True),
        ("state.control[:], state.contested_by[:] = a, b", True),
        ("state.status[at] = 3", True),
        ("np.add.at(state.kit, cell, stock)", True),
        ("if state.men[0] == 3:", False),
        ("held = seen.men[:]", False),
    ],
)
def test_a_write_is_recognised(line, writes):
    assert bool(WRITES.search(line)) == writes


def test_seen_is_written_nowhere():
    writes = re.compile(r"\bseen\.\w+\[[^\]]*\]\s*[-+*/|&^]?=(?!=)")
    assert [short(path) for path in MODULES if writes.search(path.read_text("utf-8"))] == []


# Shapes

AXES = set(re.findall(r"\b([A-Z])\b [a-z]", axes.__doc__))


def declared(cls, file):
    """The lines of a class that declare its fields: name to line."""
    text = (SOURCE / file).read_text("utf-8").partition(f"class {cls.__name__}")[2]
    return {f.name: re.search(rf"^    {f.name}: .*$", text, re.MULTILINE).group() for f in fields(cls)}


@pytest.mark.parametrize("name", [f.name for f in fields(State) if f.name != "day"])
def test_every_array_of_the_state_says_its_shape_replicas_first(name):
    line = declared(State, "engine/state.py")[name]
    shape = re.search(r"# \(([^)]*)\)", line)
    assert shape, line
    first, *rest = [axis.strip() for axis in shape.group(1).split(",")]
    assert first == "R", line
    assert {axis for axis in rest if axis.isalpha()} <= AXES, line


def test_every_array_of_the_world_says_its_shape():
    parts = {f.type for f in fields(World)}
    text = (SOURCE / "engine/world.py").read_text("utf-8")
    arrays = re.findall(r"^    (\w+: (?:Bools|Bytes|Floats|Ints|Longs|Shorts)\b.*)$", text, re.MULTILINE)
    assert len(arrays) > 40
    assert [line for line in arrays if "# " not in line] == []
    assert parts


# The budget


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_keeps_to_its_budget(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES, "cut it up by meaning"


# The numbers of the rules


def test_every_number_the_engine_reads_is_a_rule_and_the_other_way_round():
    assert sorted(names()) == sorted(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_range_unit_and_source(name):
    rule = RULES[name]
    assert rule.low <= rule.value <= rule.high
    assert rule.unit
    assert rule.source


def test_every_rule_is_read_by_the_engine():
    text = "\n".join(path.read_text("utf-8") for path in ENGINE if path.name != "rates.py")
    assert [name for name in RULES if f"rates.{name}" not in text] == []


# Imports


def imported(path):
    """Top-level names of everything a module imports, anywhere in it; relative imports as the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0] if not node.level else "offensive_sim")
    return found


@pytest.mark.parametrize("path", ENGINE, ids=short)
def test_the_engine_imports_numpy_and_the_standard_library_only(path):
    assert imported(path) <= {"numpy", "offensive_sim", *sys.stdlib_module_names}
    assert not imported(path) & {"random", "pickle", "time", "datetime"} - {"datetime"}
    inside = re.findall(r"^\s*(?:from|import) offensive_sim\.(\w+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(inside) <= {"engine"}


def test_only_the_window_imports_pygame():
    assert [short(path) for path in MODULES if "pygame" in imported(path) and not short(path).startswith("ui/")] == []


def test_nobody_imports_pickle_or_random():
    assert [short(path) for path in MODULES if imported(path) & {"pickle", "random"}] == []


def test_every_import_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    package_of = {"yaml": "pyyaml", "pygame": "pygame-ce", "pydantic_core": "pydantic", "PIL": "pillow"}
    extras = [line for name, some in project["optional-dependencies"].items() if name != "dev" for line in some]
    needed, extra = ({re.split(r"[><=\[; ]", s)[0].lower() for s in some} for some in (project["dependencies"], extras))
    used = set().union(*(imported(path) for path in MODULES)) - {"offensive_sim", "", *sys.stdlib_module_names}
    assert {package_of.get(name, name) for name in used} <= needed | extra
    at_once = {
        name.split(".")[0]
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        for name in names_in(node)
    } - {"offensive_sim", "", *sys.stdlib_module_names}
    assert {package_of.get(name, name) for name in at_once} <= needed, "an extra is imported before it is needed"


def names_in(node):
    """Modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


# Pins


@pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements-browser.txt"])
def test_every_pin_is_one_version_with_hashes_and_without_an_address(name):
    text = (ROOT / name).read_text("utf-8")
    pins = re.split(r"^(?=\w)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert pins
    whole = re.compile(r"[\w.-]+==[\w.]+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")
    assert [pin for pin in pins if not whole.fullmatch(pin)] == []


def test_everything_that_is_asked_for_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"], *chain(*extras)]
    for wanted, name in ((asked, "dev"), (project["dependency-groups"]["browser"], "browser")):
        pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / f"requirements-{name}.txt").read_text("utf-8"), re.MULTILINE))
        assert {re.match(r"[\w.-]+", one)[0].lower() for one in wanted} <= pinned


# What must not stand in a repository

REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|anaconda\.org|devpi|artifactory|index-url", re.I)
ABSOLUTE = re.compile(r"(?<![\w.:/~>-])/(?:home|root|work|tmp|usr|opt|var|mnt|Users)/\w")


@pytest.mark.parametrize("path", [*MODULES, *DOCUMENTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_names_a_registry_or_somebodys_folder(path):
    text = path.read_text("utf-8")
    assert REGISTRY.findall(text) == []
    assert ABSOLUTE.findall(text) == []


def test_every_module_says_what_it_is():
    texts = {short(path): path.read_text("utf-8") for path in MODULES}
    assert [name for name, text in texts.items() if text and not ast.get_docstring(ast.parse(text))] == []

# Every target makes or reuses .venv; nothing else is needed but python3 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help replay play test check bench bench-window study docs pins wheel clean

help:
	@echo "make replay   replay June 2014 and score it against the chronicle"
	@echo "make play     open the window: watch it on the map"
	@echo "make test     all tests"
	@echo "make check    lint, types, import contracts, generated documents"
	@echo "make bench    speed table; make bench-window: the window's"
	@echo "make study    play 200 replicas and write docs/validation.md and docs/what-if-results.md"
	@echo "make docs     write the generated documents anew"
	@echo "make pins     write requirements-*.txt anew from pyproject.toml, with the hashes of every file (needs uv)"

$(STAMP): pyproject.toml requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

replay: $(STAMP)
	$(BIN)/offensive-sim replay --quiet

play: $(STAMP)
	$(BIN)/offensive-sim play

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check src tests tools bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate_docs.py --check
	$(BIN)/offensive-sim check june-2014
	$(BIN)/offensive-sim check summer-2014
	$(BIN)/offensive-sim check tutorial

bench: $(STAMP)
	$(BIN)/python -m bench

bench-window: $(STAMP)
	$(BIN)/python -m bench.window

study: $(STAMP)
	$(BIN)/python tools/validate.py --replicas 200
	$(BIN)/python tools/what_if_study.py

docs: $(STAMP)
	$(BIN)/python tools/generate_docs.py

# Keeps the versions that are pinned; "make pins UPGRADE=--upgrade" moves them. Every file of a version gets its hash,
# so that the pins serve any system and any Python that the package allows.
COMPILE = uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make pins" $(UPGRADE)
pins:
	$(COMPILE) --extra dev --extra film --extra tables --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --group browser --constraint requirements-dev.txt --output-file requirements-browser.txt

wheel: $(STAMP)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

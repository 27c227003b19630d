# Two commands matter: `make demo` and `make test`. Each sets up all it needs, without root, and needs Python 3.11+.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -P -m pytest

.PHONY: demo demo-annotation test test-real check bench console goldens weights lock clean

demo: .venv/.ready-run   ## The main job on the bundled example: from declarations to a verified evidence bundle.
	@rm -rf build/demo
	YULIAO_KEYS=build/demo/keys $(BIN)/yuliao demo --out build/demo

demo-annotation: .venv/.ready-dev   ## Annotation on a real server: batches accepted, redone, void; refusals; a sample judged.
	@rm -rf build/demo-annotation
	YULIAO_KEYS=build/demo-annotation/keys $(BIN)/yuliao demo --annotation --out build/demo-annotation

test: .venv/.ready-dev .venv/.ready-browser   ## All tests but those on ../shared/data.
	$(PYTEST) -m "not realdata" -n 2 --dist loadfile

test-real: .venv/.ready-dev   ## The tests on the real corpora of ../shared/data.
	$(PYTEST) -m realdata

check: .venv/.ready-dev   ## What every commit passes.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -q tests/unit tests/property tests/conformance -n 2 --dist loadfile

bench: .venv/.ready-dev   ## Measure, on the real corpora, against the real peers in the same run.
	$(BIN)/python -P benchmarks/ingest.py --large-gigabytes 2

console: .venv/.ready-run   ## Open the console on the demo's workspace.
	YULIAO_KEYS=build/demo/keys $(BIN)/yuliao -w build/demo/workspace console

goldens: .venv/.ready-dev   ## Rebuild the bundled example and the generated pages; the diff must be clean.
	$(BIN)/python examples/build.py
	$(BIN)/python docs/build.py

weights: .venv/.ready-dev   ## Train the weights of the names anew, from own and public-domain text.
	$(BIN)/python -P -m pii.names.train --texts ../shared/data

lock:   ## Compile the locked requirements anew (needs uv).
	sh requirements/lock.sh

clean:
	rm -rf .venv build dist

.venv/.ready-run: requirements/run.txt pyproject.toml requirements/install.sh
	@PYTHON="$(PYTHON)" sh requirements/install.sh run
	@touch $@

.venv/.ready-dev: requirements/dev.txt pyproject.toml requirements/install.sh
	@PYTHON="$(PYTHON)" sh requirements/install.sh dev
	@touch $@ .venv/.ready-run

.venv/.ready-browser: .venv/.ready-dev requirements/browser.sh
	@sh requirements/browser.sh

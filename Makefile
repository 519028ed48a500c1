# Two commands: `make demo` runs the main job, `make test` passes the tests. Both make their own environment.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
CODE := kg tests training benchmarks docs

.PHONY: demo test soak train lint check-types unit lock clean

demo: .venv/ready
	$(BIN)/kg build examples
	@echo && $(BIN)/kg conflicts
	@echo && echo '$$ kg query --name two_organizations' && $(BIN)/kg query --name two_organizations
	@echo && echo 'Open outputs/graph.html in a browser.'

test: lint check-types unit

# Campaigns of hours, each with its exit status: kills, interruptions, queries without end, damaged files, long texts.
soak: demo .venv/ready-for-tests
	$(BIN)/python benchmarks/killed.py
	$(BIN)/python benchmarks/interrupted.py --data $(DATA)
	$(BIN)/python benchmarks/runaways.py outputs
	$(BIN)/python -m benchmarks.mutate_documents
	$(BIN)/python benchmarks/long_texts.py --data $(DATA)

# From the data and the passages to the models that ship; minutes on a GPU, days without. See training/README.md.
DATA ?= ../shared/data
RUNS ?= .cache/training
train: .venv/ready-for-tests
	$(BIN)/python -m training.everything --data $(DATA) --runs $(RUNS)

lint: .venv/ready-for-tests
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports

check-types: .venv/ready-for-tests
	$(BIN)/mypy kg

unit: .venv/ready-for-tests
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium >/dev/null; }
	@command -v java >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq default-jre-headless >/dev/null; }
	$(BIN)/pytest -n 2 --dist loadfile

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys, ensurepip; assert sys.version_info >= (3, 11)' 2>/dev/null \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv >/dev/null; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Writes the locks anew from pyproject.toml, newest versions that fit.
COMPILE := -m piptools compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
  --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: .venv/ready-for-tests
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/python $(COMPILE) --extra build -o requirements.lock pyproject.toml
	$(BIN)/python $(COMPILE) --extra build --extra dev --extra training -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv outputs/store outputs/snapshots outputs/graph.trig outputs/graph.html outputs/run.json outputs/fetched outputs/cluster outputs/spark.log

# Vigil's tasks. `make help` lists them.
PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
CORPUS  ?=
ARGS    ?=
UPGRADE ?=
KILLS   ?= 50
MINUTES ?= 30
PRODUCER_KILLS ?= 30
INPUTS  ?= 100000
SEED    ?=
# How many tests run side by side; 0 runs them in one process (for a debugger).
JOBS    ?= 3
SHELL   := /bin/bash

.DEFAULT_GOAL := help
.PHONY: help install demo test faults scale-faults producer-faults fuzz check bench simulate soak screenshots browser-parts real-parts format audit lock up down clean

help:  ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed  ## make the virtual environment alone (.venv/bin/vigil)

demo: $(VENV)/.installed  ## everything on this machine, a corpus replayed (CORPUS=path, ARGS="--port 8600")
	@exec $(BIN)/vigil demo $(if $(CORPUS),"$(CORPUS)") $(ARGS)

test: check browser-parts real-parts  ## all checks and all tests; says what it could not run and why
	@$(BIN)/python -m pytest -n $(JOBS) --no-loadscope-reorder $(ARGS)

faults: $(VENV)/.developing  ## kill aggregators and replays at random, KILLS=50 times a variant (a quarter of an hour; SEED=n repeats a run)
	@$(BIN)/python -m pytest tests/integration/test_faults.py tests/integration/test_replay_faults.py -s --kills $(KILLS) $(ARGS)

scale-faults: $(VENV)/.developing real-parts  ## kill every process of a cluster at random, 10,000 articles, KILLS=50; lose brokers, stores, disks, hours (SEED=n repeats)
	@$(BIN)/python -m pytest tests/integration/test_scale_faults.py tests/integration/test_brokers.py tests/integration/test_faults_of_services.py tests/integration/test_going_back.py tests/integration/test_poison.py tests/integration/test_kafka_acls.py -s -n 0 --kills $(KILLS) $(ARGS)

producer-faults: $(VENV)/.developing  ## kill push, watch and feed at random, PRODUCER_KILLS=30 times each
	@$(BIN)/python -m pytest tests/integration/test_producer_faults.py tests/integration/test_feeds.py -s -n 0 --kills $(PRODUCER_KILLS) $(ARGS)

fuzz: $(VENV)/.developing  ## give every reader of files INPUTS=100000 broken inputs (SEED=n repeats a run)
	@$(BIN)/python -m tests.fuzz $(INPUTS) $(SEED)

check: $(VENV)/.developing  ## ruff, the format, mypy strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

soak: $(VENV)/.developing browser-parts  ## a wall at an article a second for MINUTES=30; fails where memory grows or the screen is late
	@$(BIN)/python -m bench.soak --minutes $(MINUTES)

bench: $(VENV)/.developing browser-parts  ## measure, each figure beside a reference of the same run (ten minutes; ARGS="memory start" for some parts, ARGS=--help lists them)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench $(ARGS)

simulate: $(VENV)/.developing  ## measure what an article costs (two minutes) and say what carries 1, 100, 10,000 a second
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.simulate --measure $(ARGS)

screenshots: $(VENV)/.developing browser-parts  ## take the pictures of README anew
	@$(BIN)/python docs/screenshots.py

format: $(VENV)/.developing  ## put the code into form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Chromium for the browser tests, from the system's packages, where we may install them.
browser-parts:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && echo "installing Chromium for the browser tests" \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	          --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || { echo "no Chromium, and no right to install it: the browser tests will be skipped" \
	            "(as root on Debian: apt-get install chromium)"; [ -z "$$CI" ]; }

# Redis itself, for the tests that run on both pairs; Kafka comes by Maven when they ask for it.
real-parts:
	@[ -n "$$VIGIL_TEST_REDIS" ] || command -v redis-server >/dev/null || command -v redis-check-rdb >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && echo "installing Redis for the tests (it is not started)" \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	          --no-install-recommends redis-tools >/dev/null; } \
	  || { echo "no Redis, and no right to install it: tests on Redis itself will be skipped" \
	            "(as root on Debian: apt-get install redis-tools)"; [ -z "$$CI" ]; }

audit: $(VENV)/.installed  ## look for known holes in what is pinned; says so where no advisories can be reached (ARGS=--required: fails then)
	@$(BIN)/python -m tests.audit $(ARGS)

lock:  ## pin all dependencies by hash (needs uv; UPGRADE=--upgrade for newer ones)
	@uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	  $(UPGRADE) -q -o requirements.lock
	@uv pip compile pyproject.toml --extra oidc -c requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" -q -o requirements-oidc.lock
	@uv pip compile pyproject.toml --group build --group dev -c requirements-oidc.lock --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" -q -o requirements-dev.lock
	@uv pip compile --group audit --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" -q -o requirements-audit.lock

up:  ## everything in containers with Apache Kafka and Redis (needs Docker Compose)
	@deploy/secrets.sh
	@docker compose up --detach --build --wait && echo "Vigil is at http://127.0.0.1:8501"

down:  ## stop the containers; what they kept stays
	@docker compose --profile replay down

clean:  ## remove the virtual environment and everything that was built
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Vigil needs Python 3.11 or newer; $(PYTHON) is not (try make PYTHON=python3.12)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "no virtual environment could be made: on Debian, apt-get install python3-venv"; exit 1; }

# A new lock, another Python or a moved checkout installs again; otherwise this costs nothing.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing Vigil into $(VENV) (once; a few minutes at most)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# `make run` and `make test` set up everything themselves: see scripts/setup.sh.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
INPUT ?= data/raw
OUTPUT ?= data/processed

.PHONY: run test torture lint bench samples setup clean help
.DEFAULT_GOAL := help

run: $(READY) ## Convert INPUT (data/raw) into the dataset at OUTPUT (data/processed)
	@$(BIN)/cuadra run $(INPUT) --output $(OUTPUT) $(ARGS)

# Every check runs, also after one has failed, and pytest's summary comes last.
test: $(READY) ## Check the style and the types, then run the tests
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/pytest -n auto $(ARGS) || status=1; \
	exit $$status

torture: $(READY) ## The long form of the hostile set: 500 damaged reports, 50 kills, every write failing (an hour)
	CUADRA_TORTURE=1 $(BIN)/pytest tests/torture $(ARGS)

lint: $(READY) ## Check the style and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## Measure accuracy on known records, then where the time of a run goes (docs/benchmarks.md)
	$(BIN)/python benchmarks/accuracy.py
	$(BIN)/python benchmarks/run.py $(ARGS)

samples: $(READY) ## Make the sample reports of data/raw again
	$(BIN)/python scripts/make_samples.py $(ARGS)

setup: $(READY) ## Install the locked packages in .venv

clean: ## Remove what setup, tests and runs made (not the sample reports)
	rm -rf .venv .setup .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
	find data/processed -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): uv.lock pyproject.toml scripts/setup.sh
	@echo "Setting up .venv from uv.lock (once; some minutes)" >&2
	@PYTHON="$(PYTHON)" scripts/setup.sh
	@touch $@

# Onharu: two words do all the set-up on a fresh machine with Python 3 and make: `make up`, `make test`.
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= var
BIN := .venv/bin
RUNTIME := .venv/.runtime-ready
DEVELOPMENT := .venv/.development-ready

.DEFAULT_GOAL := help
.PHONY: help up test test-sqlite test-postgres check format lint types contracts migrations messages docs bench clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(RUNTIME): pyproject.toml uv.lock scripts/environment.sh
	@sh scripts/environment.sh runtime
	@touch $@

$(DEVELOPMENT): pyproject.toml uv.lock scripts/environment.sh
	@sh scripts/environment.sh development
	@touch $@ $(RUNTIME)

up: $(RUNTIME) ## run the product with a demo person (PORT=8123, HOST=0.0.0.0, DATA=folder)
	@exec $(BIN)/onharu up --demo --host $(HOST) --port $(PORT) --data $(DATA)

test: test-sqlite test-postgres ## all tests: on SQLite, then on a real PostgreSQL and Redis-protocol server

test-sqlite: $(DEVELOPMENT)
	$(BIN)/pytest -n auto

test-postgres: $(DEVELOPMENT)
	ONHARU_TEST_ENGINE=postgres $(BIN)/pytest -n auto

check: format lint types contracts migrations messages docs ## what a change must pass besides the tests

format: $(DEVELOPMENT)
	$(BIN)/ruff format --check .

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .

types: $(DEVELOPMENT)
	$(BIN)/mypy

contracts: $(DEVELOPMENT)
	$(BIN)/lint-imports

migrations: $(DEVELOPMENT)
	DEBUG=1 ONHARU_DATA=.venv/migrations $(BIN)/onharu makemigrations --check --dry-run

messages: $(DEVELOPMENT)
	$(BIN)/python scripts/compile_messages.py --check

docs: $(DEVELOPMENT)
	$(BIN)/pytest tests/test_docs.py tests/test_house.py -p no:randomly

bench: $(DEVELOPMENT) ## measure against a bare Django view on the same server
	$(BIN)/python -m bench

clean: ## remove the environment (not your data)
	rm -rf .venv .tools

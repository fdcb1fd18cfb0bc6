# Onharu: two words do all the set-up on a fresh machine with Python 3 and make: `make up`, `make test`.
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= var
BIN := .venv/bin
RUNTIME := .venv/.runtime-ready
DEVELOPMENT := .venv/.development-ready
STACK := .venv/.stack-ready

.DEFAULT_GOAL := help
.PHONY: help up test test-sqlite test-postgres stack-test check format lint types contracts migrations messages docs mutants bench clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(RUNTIME): pyproject.toml uv.lock scripts/environment.sh
	@sh scripts/environment.sh runtime
	@touch $@

$(DEVELOPMENT): pyproject.toml uv.lock scripts/environment.sh
	@sh scripts/environment.sh development
	@touch $@ $(RUNTIME)

$(STACK): pyproject.toml uv.lock scripts/environment.sh
	@sh scripts/environment.sh stack
	@touch $@ $(RUNTIME) $(DEVELOPMENT)

up: $(RUNTIME) ## run the product with a demo person (PORT=8123, HOST=0.0.0.0, DATA=folder)
	@exec $(BIN)/onharu up --demo --host $(HOST) --port $(PORT) --data $(DATA)

test: test-sqlite test-postgres ## all tests: on SQLite, then on a real PostgreSQL and Redis-protocol server

# WORDS are handed to pytest: make test-sqlite WORDS="-m journey"
test-sqlite: $(DEVELOPMENT)
	$(BIN)/pytest -n auto $(WORDS)

test-postgres: $(DEVELOPMENT)
	ONHARU_TEST_ENGINE=postgres $(BIN)/pytest -n auto $(WORDS)

stack-test: $(STACK) ## boot all of production on loopback and break its parts under load
	$(BIN)/pytest tests/stack -m stack -n0 $(WORDS)

check: format lint types contracts migrations messages docs deploy bandit secrets ## what a change must pass besides the tests

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

mutants: $(DEVELOPMENT) ## break the product in one place at a time, and see that its tests notice
	$(BIN)/python scripts/mutants.py --jobs 2

deploy: $(DEVELOPMENT) ## Django's own check, with the settings of a production server
	@mkdir -p .venv/deploy
	DEBUG=0 BEHIND_TLS=1 ALLOWED_HOSTS=diary.example PUBLIC_URL=https://diary.example ONHARU_DATA=.venv/deploy \
		$(BIN)/onharu check --deploy --fail-level WARNING

bandit: $(DEVELOPMENT)
	$(BIN)/python scripts/bandit_scan.py

secrets: $(DEVELOPMENT)
	$(BIN)/python scripts/secrets_scan.py

bench: $(DEVELOPMENT) ## measure against a bare Django view on the same server
	$(BIN)/python -m bench

clean: ## remove the environment (not your data)
	rm -rf .venv .tools

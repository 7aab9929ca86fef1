# The two commands that matter: `make demo` starts Drieklank, `make test` checks it.
PYTHON ?= python3
VENV := .venv/bin
ROOMS := site stories factsheets campaigns
CODE := manage.py $(ROOMS) scripts tests
LOCK := --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test lint format messages compile update bench faults clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*##/ {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## Start Drieklank with sample content on http://localhost:8000 (PORT= chooses another port)
	@$(PYTHON) -m scripts.demo

test: dev  ## Run every check: lint, types, floors, migrations, texts, tests
	@$(VENV)/python -m scripts.check

lint: dev  ## Run the checks that need no test: style, types, floors
	@$(VENV)/python -m scripts.check --only-static

format: dev  ## Put Python code and imports in shape
	@$(VENV)/ruff check --fix-only --quiet .
	@$(VENV)/ruff format .

messages: dev  ## Bring locale/*.po up to date with the source and list what is not translated
	@$(VENV)/python -m scripts.messages update

compile: dev  ## Compile locale/*.po
	@$(VENV)/python -m scripts.messages compile

update: dev  ## Renew requirements.lock and requirements-dev.lock
	@$(VENV)/uv pip compile pyproject.toml --upgrade $(LOCK) --output-file requirements.lock
	@$(VENV)/uv pip compile pyproject.toml --group dev --upgrade $(LOCK) --constraint requirements.lock \
		--output-file requirements-dev.lock

bench: dev  ## Measure speed and scale on made-up content, each figure against its limit
	@$(VENV)/python -m benchmarks

faults: dev  ## Publish 2,000 posts while workers are killed and networks misbehave; nothing may be doubled, lost or stuck
	@PYTHONPATH=site:. $(VENV)/python -m tests.faults

clean:  ## Remove the virtual environment, the local database and every cache (uploads in media/ stay)
	rm -rf .venv var staticfiles .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.PHONY: dev
dev:
	@$(PYTHON) -m scripts.environment requirements-dev.lock

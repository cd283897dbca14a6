PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help run test lint bench lock

help: ## Show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock setup.cfg
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

run: $(READY) ## Score the sample round and print its certificates into out/
	$(BIN)/evaluator round rules/2026 examples/2026/round.xlsx --out out
	$(BIN)/evaluator certificates out/results.parquet --out out/certificates.pdf

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest

lint: $(READY) ## Check style, types, the import law and the rule sets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/evaluator rules check rules/2026 examples/schemes

bench: $(READY) ## Measure speed against named peers; writes benchmarks/latest.json
	$(BIN)/python -m benchmarks

lock: ## Renew requirements.lock from setup.cfg
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra test --extra bench setup.cfg requirements.in -o requirements.lock

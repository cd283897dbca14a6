PYTHON ?= python3
STEP ?= review
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .venv/.tools
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run sample test lint bench lock

help: ## Show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock setup.cfg
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $(READY)

# What only tests and benchmarks need: among it Spark with its Java, and a browser with Chinese fonts.
$(TOOLS): $(READY) requirements-test.lock
	$(INSTALL) --require-hashes -r requirements-test.lock
	command -v java >/dev/null || { apt-get update -qq && apt-get install -qq -y default-jre-headless; }
	command -v chromium >/dev/null || { apt-get update -qq && apt-get install -qq -y chromium fonts-noto-cjk; }
	touch $(TOOLS)

# Over plain HTTP on this machine alone a browser would not send back a cookie marked as secure.
run: export EVALUATOR_SESSION_COOKIE_SECURE = false
run: $(READY) ## Start the platform with the sample round at http://127.0.0.1:8000 (STEP=defence, …)
	$(BIN)/evaluator demonstration load examples/2026/round.xlsx --step $(STEP)
	$(BIN)/evaluator serve

sample: $(READY) ## Score the sample round and print its certificates into out/, without the platform
	$(BIN)/evaluator round rules/2026 examples/2026/round.xlsx --out out
	$(BIN)/evaluator certificates out/results.parquet --out out/certificates.pdf

test: $(TOOLS) ## Run the tests
	$(BIN)/python -m pytest

lint: $(TOOLS) ## Check style, types, the import law and the rule sets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/evaluator rules check rules/2026 examples/schemes

bench: $(TOOLS) ## Measure speed against named peers, for more than an hour; writes benchmarks/latest.json
	$(BIN)/python -m benchmarks

lock: ## Renew both lock files from setup.cfg
	$(PYTHON) -m venv .venv
	$(INSTALL) uv
	$(COMPILE) setup.cfg requirements.in -o requirements.lock
	$(COMPILE) --extra test --extra bench -c requirements.lock setup.cfg requirements.in -o requirements-test.lock

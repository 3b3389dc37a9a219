# evalwidgets. `make` alone lists what there is to do.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
PRACTICE_NOTEBOOK ?= notebooks/02_practice.ipynb
PRACTICE_IP ?= 127.0.0.1

.PHONY: help lab practice test test-fast check format notebooks screenshots benchmark benchmark-stage benchmark-explorer benchmark-statistics schema lock clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-21s %s\n", $$1, $$2}'

lab: .venv/ready ## Set everything up and open the workspace on the built-in demo
	$(PYTHON) data/builder
	JUPYTER_CONFIG_PATH="$(CURDIR)/src/evalwidgets/command/jupyter" .venv/bin/jupyter lab --ServerApp.root_dir="$(CURDIR)" \
		--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb \
		$(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_FLAGS)

practice: .venv/ready ## Serve the practice notebook to trainees, who can run no code of their own
	$(PYTHON) data/builder
	$(PYTHON) -m voila $(PRACTICE_NOTEBOOK) --Voila.config_file_paths="$(CURDIR)/tools/voila" \
		--Voila.ip=$(PRACTICE_IP) $(PRACTICE_FLAGS)

test: .venv/ready node_modules/ready ## Set everything up and run every test, Chromium included
	tools/find_chromium.sh > /dev/null
	$(PYTHON) data/builder
	npm test --silent
	CHROMIUM="$$(tools/find_chromium.sh)" $(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
	$(PYTHON) -m pytest --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks

test-fast: .venv/ready ## Run the tests that need neither a browser nor minutes
	$(PYTHON) -m pytest -m "not browser and not slow" --ignore=tests/notebooks

check: .venv/ready node_modules/ready ## Lint, types (Python and JavaScript), arrows between layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	npm run check --silent

format: .venv/ready ## Format the Python code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

notebooks: .venv/ready ## Run every notebook and save its outputs
	$(PYTHON) data/builder
	$(PYTHON) tools/run_notebooks.py

screenshots: .venv/ready ## Take the pictures of docs/images in a real browser
	$(PYTHON) data/builder
	CHROMIUM="$$(tools/find_chromium.sh)" $(PYTHON) tools/screenshots.py

benchmark: .venv/ready ## Measure submit to next picture against other widgets
	CHROMIUM="$$(tools/find_chromium.sh)" $(PYTHON) benchmarks/advance.py

benchmark-stage: .venv/ready ## Measure how smoothly 24 megapixels move and how fast the next come, against other widgets
	CHROMIUM="$$(tools/find_chromium.sh)" $(PYTHON) benchmarks/stage.py

benchmark-explorer: .venv/ready ## Measure how soon 20,000 tasks with 100,000 reviews are open, filtered and scrolled
	CHROMIUM="$$(tools/find_chromium.sh)" $(PYTHON) benchmarks/explorer.py

benchmark-statistics: .venv/ready ## Measure the statistics against other libraries, and how often intervals cover
	$(PYTHON) benchmarks/agreement.py
	$(PYTHON) benchmarks/coverage.py

schema: .venv/ready ## Write rubrics/schema.json from the models
	$(PYTHON) -m evalwidgets schema

lock: .venv/ready ## Renew the lock files
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --generate-hashes \
		--extra demo --extra postgresql --extra practice --group dev pyproject.toml -o requirements.lock
	npm install --package-lock-only --silent

clean: ## Remove what was set up and built; reviews in data/work stay
	rm -rf .venv node_modules data/demo

.venv/ready: pyproject.toml requirements.lock
	tools/setup.sh
	@touch $@

node_modules/ready: package.json package-lock.json
	npm ci --silent
	@touch $@

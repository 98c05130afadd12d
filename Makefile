# Two commands for newcomers: `make demo` and `make test`. `make help` lists the rest.

VENV ?= .venv
BIN := $(VENV)/bin
# Test processes: one per core, four at most; `make test JOBS=1` runs everything in one.
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); [ $$n -gt 4 ] && n=4; echo $$n)
SPREAD := $(if $(filter-out 1,$(JOBS)),-n $(JOBS) --dist loadfile)
SOURCES := core bot tests scripts examples odoo_addon
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

export VENV
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo demo-bot test test-odoo demo-odoo check lint types bench fmt i18n docs lock clean system

help: ## lista los comandos
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

demo: $(VENV)/.emitir-runtime ## emite comprobantes de Perú y de Paraguay contra el sandbox (KEEP=1 lo deja encendido, PORT=8000)
	@$(BIN)/emitir demo $(if $(filter-out 0 no,$(KEEP)),--keep) $(if $(PORT),--port $(PORT)) \
		--out build/demo --env-file demo.env

demo-bot: $(VENV)/.emitir-dev ## conversa con el bot de Telegram sin Telegram (con TELEGRAM_TOKEN, con el de verdad)
	@PYTHONPATH=core:bot:. $(BIN)/python scripts/demo_bot.py

test: $(VENV)/.emitir-dev system ## corre todas las pruebas (ARGS="-k algo -x" se pasa a pytest)
	@$(BIN)/pytest $(SPREAD) $(ARGS)

test-odoo: $(VENV)/.emitir-dev system ## corre solo las pruebas con un Odoo 19 de verdad (la primera vez lo descarga)
	@scripts/odoo/browser
	@$(BIN)/pytest tests/odoo $(ARGS)

demo-odoo: $(VENV)/.emitir-dev system ## Odoo 19 en el navegador, con tres facturas ya aceptadas por el sandbox (PORT=8069, PAIS=py para Paraguay)
	@$(BIN)/python -m scripts.odoo.demo $(if $(PORT),--port $(PORT)) $(if $(PAIS),--pais $(PAIS))

check: lint types system ## formato, estilo, tipos y pruebas rápidas
	@$(BIN)/pytest -q $(SPREAD) -m "not slow" $(ARGS)

lint: $(VENV)/.emitir-dev ## formato y estilo (ruff)
	@$(BIN)/ruff check --quiet $(wildcard $(SOURCES))
	@$(BIN)/ruff format --check --quiet $(wildcard $(SOURCES)) || { \
		echo 'Hay archivos sin formato: corra «make fmt».' >&2; exit 1; }

types: $(VENV)/.emitir-dev ## tipos (mypy --strict)
	@$(BIN)/mypy

bench: $(VENV)/.emitir-dev ## mide y escribe build/bench.json
	@$(BIN)/python scripts/bench/run.py $(ARGS)

fmt: $(VENV)/.emitir-dev ## da formato al código
	@$(BIN)/ruff check --quiet --fix-only $(wildcard $(SOURCES))
	@$(BIN)/ruff format --quiet $(wildcard $(SOURCES))

i18n: $(VENV)/.emitir-dev ## extrae los textos, actualiza y compila los catálogos
	@$(BIN)/python scripts/i18n.py

docs: $(VENV)/.emitir-dev ## genera los documentos que salen del código (docs/errores.md, docs/peru/rules-coverage.md…)
	@$(BIN)/python scripts/docs.py
	@$(BIN)/python scripts/peru_coverage.py

lock: $(VENV)/.emitir-dev ## vuelve a resolver las dependencias (ARGS=--upgrade las renueva)
	@$(UV_COMPILE) $(ARGS) pyproject.toml --extra dev --group build -o requirements-dev.lock
	@$(UV_COMPILE) $(ARGS) pyproject.toml --extra service --extra bot --group build -c requirements-dev.lock -o requirements.lock
	@$(UV_COMPILE) $(ARGS) --no-deps requirements-xsd.in -o requirements-xsd.lock

clean: ## borra lo generado, el entorno incluido
	rm -rf $(VENV) build dist demo.env .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find core bot tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@scripts/system-packages

$(VENV)/.emitir-runtime: requirements.lock pyproject.toml scripts/venv
	@scripts/venv runtime

$(VENV)/.emitir-dev: requirements-dev.lock requirements-xsd.lock pyproject.toml scripts/venv
	@scripts/venv dev

# report   train BlockDrop and standard finetuning on easy-VQA, then build the site with them in it
# own      the page of your own runs of seed 0, without training
# test     everything that can be checked
# site     build the site from the stored outputs (Quarto if there is one, else smalldocs)
# preview  the same, served on this machine and rebuilt as files change
# sweep    every run of recipes/sweep.yaml that is not complete yet, as many at a time as there are cores, then pages; PLAN=file for another plan
# pages    execute the pages of the report in place, from the runs that are there
# data     the official files of VQA v2, about 50 MB packed, and region stores of published features that lie in data/vqa_v2; WHAT=vqa_cp_v2 for VQA-CP v2
# benchmark  what each strategy costs on this machine: operations, seconds, memory

.PHONY: report own test site preview sweep pages benchmark data
.DEFAULT_GOAL := report

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export OMP_WAIT_POLICY := PASSIVE

READY := .venv/.installed
RUN    = results/easy_vqa/$(1)/seed0/run.json
QUARTO = $$(command -v quarto || command -v smalldocs)

report: $(call RUN,blockdrop)
	@test -f $(call RUN,standard) || { $(MAKE) own site && echo "The first figures are in _site/results/own/index.html; now standard finetuning"; }
	$(MAKE) $(call RUN,standard)
	$(MAKE) own site
	@echo "The report is _site/index.html, its page with your own runs _site/results/own/index.html. To browse it: make preview"

# the page of your own runs
own: results/own/index.ipynb

OWN = $(wildcard results/*/*/seed0/run.json)

results/own/index.ipynb: nbs/report/runs.ipynb $(OWN) | $(READY)
	papermill $<

results/easy_vqa/%/seed0/run.json: | $(READY)
	papermill nbs/train.ipynb -p strategy $*

test: $(READY)
	python nbs/tests/run.py

site: $(READY)
	$(QUARTO) render

preview: $(READY)
	$(QUARTO) preview

sweep: $(READY)
	papermill nbs/sweep.ipynb $(if $(PLAN),-p plan $(PLAN))
	$(MAKE) pages

PAGES = nbs/index.ipynb $(filter-out nbs/report/runs.ipynb,$(wildcard nbs/report/*.ipynb))

pages: $(READY)
	jupyter nbconvert --to notebook --execute --inplace $(PAGES)
	nbdev_clean
	@test -z "$(OWN)" || echo "Your $(words $(OWN)) runs of seed 0 stand on these pages, marked as yours. Before you commit pages, move the runs away and type: make pages"

data: $(READY)
	python -c "import sys; from adaptive_vlbert.vqa_v2 import make_data; sys.exit(make_data('$(or $(WHAT),vqa_v2)'))"

benchmark: $(READY)
	papermill nbs/benchmarks/strategies.ipynb

# Changing a requirement or an entry point brings the environment up to date.
#
# uv installs the lock in seconds where pip takes minutes; it reads no pip.conf, so pip's settings are passed on. Without an NVIDIA GPU
# it takes the CPU build of PyTorch, a third of the size, if PyTorch's own index can be reached; CPU=1 or CPU=0 decides by hand.
# If uv fails, pip installs.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11 python3.10,\
  $(shell $(p) -c 'import sys; sys.version_info >= (3, 10) and print("$(p)")' 2>/dev/null)))
CPU ?= $(if $(wildcard /dev/nvidia0 /dev/dxg)$(filter Darwin,$(shell uname)),0,1)
TORCH_INDEX = https://download.pytorch.org/whl/cpu/torch/

$(READY): requirements.lock settings.ini setup.py pyproject.toml
	$(if $(PYTHON),,$(error Python 3.10 or newer is needed and none was found; name one with `make PYTHON=/path/to/python3`))
	$(PYTHON) -m venv .venv
	@get() { python -m pip config get global.$$1 2>/dev/null | tr -s ' \n' '[,*]' | sed 's/,$$//'; }; \
	 reached() { python -c "from urllib.request import urlopen; urlopen('$(TORCH_INDEX)', timeout=5)" 2>/dev/null; }; \
	 links=$$(get find-links) indexes=$$(get extra-index-url) index=$$(get index-url); \
	 test "$(CPU)" = 1 && reached && set -- --torch-backend cpu; \
	 python -m pip install --quiet --disable-pip-version-check uv && UV_FIND_LINKS=$$links UV_INDEX=$$(echo $$indexes | tr , ' ') \
	   UV_DEFAULT_INDEX=$${index:-https://pypi.org/simple} python -m uv pip install --index-strategy unsafe-best-match "$$@" -r requirements.lock \
	 || python -m pip install --disable-pip-version-check -r requirements.lock
	python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

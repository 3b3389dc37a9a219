#!/usr/bin/env bash
# Make .venv with everything that requirements.lock names. Needs Python 3.11 or newer.
set -euo pipefail
cd "$(dirname "$0")/.."

python=""
for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if command -v "$name" > /dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python="$name"
    break
  fi
done
if [ -z "$python" ]; then
  echo "evalwidgets needs Python 3.11 or newer; none was found. Install one, or name it: make PYTHON=... " >&2
  exit 1
fi

# Debian and Ubuntu package venv apart from Python.
if ! "$python" -c 'import ensurepip' 2> /dev/null; then
  version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    apt-get update -qq && apt-get install -y -qq "python$version-venv"
  else
    echo "This Python cannot make virtual environments. Run: sudo apt-get install python$version-venv" >&2
    exit 1
  fi
fi

echo "Setting up evalwidgets in .venv (once; a minute or two) ..."
"$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .

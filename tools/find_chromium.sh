#!/usr/bin/env bash
# Print the path of a Chromium or Chrome; install one when there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

look() {
  if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  for app in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -x "$app" ]; then echo "$app"; return; fi
  done
  # Playwright's own, if it was installed before.
  .venv/bin/python - <<'PY'
import pathlib
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = pathlib.Path(playwright.chromium.executable_path)
    print(path if path.exists() else "", end="")
PY
}

install() {
  if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq chromium || .venv/bin/playwright install --with-deps chromium
  elif command -v apt-get > /dev/null && sudo -n true 2> /dev/null; then
    sudo apt-get update -qq && sudo apt-get install -y -qq chromium || .venv/bin/playwright install --with-deps chromium
  else
    .venv/bin/playwright install chromium
  fi
}

found="$(look)"
if [ -z "$found" ]; then
  echo "No Chromium found; installing it for the browser tests ..." >&2
  install >&2
  found="$(look)"
fi
if [ -z "$found" ]; then
  echo "Chromium could not be installed. Install chromium or Google Chrome, or set CHROMIUM to its path." >&2
  exit 1
fi
echo "$found"

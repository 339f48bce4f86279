#!/usr/bin/env bash
# Set up .venv from uv.lock: needs python3 (3.11 or newer) with pip or venv, and nothing else.
# Everything lands inside the project: uv in .setup/, the packages in .venv/.
set -eu

UV_VERSION=0.13.8
PYTHON="${PYTHON:-python3}"
cd "$(dirname "$0")/.."
uv=".setup/uv-$UV_VERSION/bin/uv"

fail() {
    printf 'cuadra: %s\n' "$1" >&2
    exit 1
}

# A folder of its own, so that neither PEP 668 ("externally managed") nor a missing root matters.
install_with_pip() {
    "$PYTHON" -m pip --version >/dev/null 2>&1 &&
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir \
            --root-user-action=ignore --target "$1" "uv==$UV_VERSION"
}

install_with_venv() {
    "$PYTHON" -m venv "$1" &&
        "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "uv==$UV_VERSION"
}

install_uv() {
    local folder=".setup/uv-$UV_VERSION"
    rm -rf "$folder"
    mkdir -p .setup
    install_with_pip "$folder" || { rm -rf "$folder"; install_with_venv "$folder"; } ||
        fail "could not install uv $UV_VERSION: needs python3 with pip (apt-get install python3-pip) and a package index"
}

"$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' ||
    fail "needs Python 3.11 to 3.14; name one with PYTHON=/path/to/python3"

"$uv" --version >/dev/null 2>&1 || install_uv

# A user without a home of his own (a service, a container) gets the cache in the project.
if [ -z "${UV_CACHE_DIR:-}" ] && ! mkdir -p "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/uv" 2>/dev/null; then
    export UV_CACHE_DIR="$PWD/.setup/cache"
fi
export UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}"
# The certificates that the system trusts, for a network that has its own; uv brings the usual ones.
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"; fi
unset VIRTUAL_ENV

"$uv" sync --frozen --quiet --python "$PYTHON" </dev/null ||
    fail "could not install the locked packages: see the message above; a second try continues where this one stopped"

# Scanned pages are read with tesseract's Spanish; all else works without it.
has_spanish() {
    local folder
    for folder in "${TESSDATA_PREFIX:-/usr/share/tesseract-ocr/5/tessdata}" /usr/share/tesseract-ocr/*/tessdata \
        /usr/share/tessdata /usr/share/tesseract/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata; do
        if [ -e "$folder/spa.traineddata" ]; then return 0; fi
    done
    return 1
}

install_spanish() {
    local root=""
    if [ "$(id -u)" != 0 ]; then root="sudo -n"; fi
    command -v apt-get && $root true || return 1
    local get="$root timeout 300 apt-get -qq -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60"
    export DEBIAN_FRONTEND=noninteractive
    $get install -y --no-install-recommends $OCR_PACKAGES ||
        { $get update && $get install -y --no-install-recommends $OCR_PACKAGES; }
}

OCR_PACKAGES="tesseract-ocr-spa tesseract-ocr-osd"
has_spanish || install_spanish </dev/null >/dev/null 2>&1 || printf '%s\n' \
    "cuadra: scanned pages will not be read: tesseract's Spanish is missing. To install it:" \
    "    sudo apt-get install $OCR_PACKAGES" >&2

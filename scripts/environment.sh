#!/bin/sh
# Makes the project's environment on a machine with nothing but Python 3: finds an interpreter that really runs,
# brings uv into .tools, and installs what uv.lock says. Usage: environment.sh runtime|development|stack
set -eu

works() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

find_python() {
    # Version managers leave shims in PATH that exist and fail, so each candidate is tried.
    for name in ${PYTHON:-} python3 python3.12 python3.13 python3.11 \
        /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
        found=$(command -v "$name" 2>/dev/null) || continue
        if works "$found"; then
            "$found" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    echo "Onharu needs Python 3.11, 3.12 or 3.13, and none that runs was found in PATH." >&2
    return 1
}

install_uv() {
    wanted='uv>=0.9,<1'
    if "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$1" -m venv .tools
        .tools/bin/python -m pip install --quiet --disable-pip-version-check "$wanted"
    elif "$1" -m pip --version >/dev/null 2>&1; then
        "$1" -m pip install --quiet --disable-pip-version-check --target .tools/lib "$wanted"
        mkdir -p .tools/bin
        ln -sf ../lib/bin/uv .tools/bin/uv
    else
        echo "This Python has neither venv nor pip. Install its venv package (on Debian: python3-venv) and try again." >&2
        return 1
    fi
}

python=$(find_python)
if [ ! -x .tools/bin/uv ] || ! .tools/bin/uv --version >/dev/null 2>&1; then
    echo "Setting up the tools with $python …"
    rm -rf .tools
    install_uv "$python"
fi

if [ -x .venv/bin/python ] && works .venv/bin/python; then
    python=.venv/bin/python
fi
groups="--extra prod"
[ "$1" = runtime ] && groups=--no-dev
[ "$1" = stack ] && groups="--extra prod --group stack"
echo "Installing what uv.lock says ($1) …"
unset VIRTUAL_ENV
sync() {
    .tools/bin/uv sync --quiet --frozen --inexact --no-python-downloads $groups --python "$python" "$@"
}
# Behind a proxy with a certificate of its own, only the system knows whom to trust.
sync 2>/dev/null || sync --system-certs

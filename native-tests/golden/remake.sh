#!/bin/sh
# Makes every golden file again, from the digit generator as it is now.
#   native-tests/golden/remake.sh [QUARTERTURN]     QUARTERTURN: the native program (default build/native/quarterturn)
# Needs python3 >= 3.11 with venv; TensorFlow goes into build/golden-venv.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-$root/build/native/quarterturn}
venv=$root/build/golden-venv
seed=1

if [ ! -x "$program" ]; then
  echo "$program is missing: build it with 'cmake --preset native && cmake --build --preset native', or name it" >&2
  exit 1
fi
if ! "$venv/bin/python" -c 'import tensorflow, safetensors' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
digits=$(mktemp -d)
trap 'rm -rf "$digits"' EXIT
"$program" digits --count 1928 --test-count 1 --seed $seed --out "$digits"
"$venv/bin/python" "$here/make_golden.py" --seed $seed \
  --images "$digits/train-images-idx3-ubyte" --labels "$digits/train-labels-idx1-ubyte"
"$venv/bin/python" "$here/compare_golden.py" "$here/golden.json"

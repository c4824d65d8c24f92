#!/bin/sh
# Makes every golden file again, from the stored images.
#   native-tests/golden/remake.sh
# Needs python3 >= 3.11 with venv; TensorFlow goes into build/golden-venv.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/build/golden-venv
seed=1

if ! "$venv/bin/python" -c 'import tensorflow, safetensors' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
digits=$(mktemp -d)
trap 'rm -rf "$digits"' EXIT
gunzip -c "$here/images-idx3-ubyte.gz" > "$digits/images"
gunzip -c "$here/labels-idx1-ubyte.gz" > "$digits/labels"
"$venv/bin/python" "$here/make_golden.py" --seed $seed \
  --images "$digits/images" --labels "$digits/labels"
"$venv/bin/python" "$here/compare_golden.py" "$here/golden.json"

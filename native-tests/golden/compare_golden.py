#!/usr/bin/env python3
"""How far golden runs lie apart: compare_golden.py A.json [B.json].

One file: its float32 against its float64 figures. Two: float32 of one against float32 of the other.
Prints for each run the largest relative difference of a step's loss, and the first step, counted from 1, at which the
difference exceeds 1e-5 and 1e-4.
"""

import json
import pathlib
import sys


def first_above(differences, limit):
    return next((f"step {i + 1}" for i, d in enumerate(differences) if d > limit), "never")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    files = [json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]]
    for i, run in enumerate(files[0]["runs"]):
        a = run["figures"]["float32"]["steps"]
        b = (files[1]["runs"][i]["figures"]["float32"] if len(files) == 2 else run["figures"]["float64"])["steps"]
        differences = [abs(p[0] - q[0]) / abs(q[0]) for p, q in zip(a, b, strict=True)]
        print(
            f"{run['biases']:6} {run['preset']:8} {run['run']:15} {len(a):2} steps, loss {a[0][0]:8.4f} .. {a[-1][0]:7.4f}: "
            f"largest {max(differences):7.1e}, above 1e-5: {first_above(differences, 1e-5)}, "
            f"above 1e-4: {first_above(differences, 1e-4)}"
        )


if __name__ == "__main__":
    main()

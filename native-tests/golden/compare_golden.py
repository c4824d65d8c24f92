#!/usr/bin/env python3
"""How far golden runs lie apart: compare_golden.py A.json [B.json].

One file: its float32 against its float64 and the worst of its perturbed figures. Two: float32 of one against float32
of the other.
Prints for each run the largest relative difference of a step's loss, and the first step, counted from 1, at which the
difference exceeds 2e-5 and 1e-4.
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
        figures = run["figures"]
        losses = [row[0] for row in figures["float32"]["steps"]]
        print(f"{run['biases']} {run['preset']} {run['run']}: {len(losses)} steps, loss {losses[0]:.4f} .. {losses[-1]:.4f}")

        def show(name, differences, end=""):
            print(
                f"  {name:9} largest {max(differences):7.1e}, above 2e-5: {first_above(differences, 2e-5)}, "
                f"above 1e-4: {first_above(differences, 1e-4)}{end}"
            )

        if len(files) == 2:
            others = {"float32": files[1]["runs"][i]["figures"]["float32"]}
        else:
            others = {"float64": figures["float64"]} if "float64" in figures else {}
        for name, other in others.items():
            show(name, [abs(a / b[0] - 1) for a, b in zip(losses, other["steps"], strict=True)])
        if len(files) == 1 and "perturbed" in figures:
            end = figures["perturbed"].get("end")
            show(
                "perturbed",
                [row[0] for row in figures["perturbed"]["steps"]],
                f", last weights {end:.1e} of the way off" if end is not None else "",
            )


if __name__ == "__main__":
    main()

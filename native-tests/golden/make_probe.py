"""Writes probe.json: what scikit-learn's StandardScaler and RidgeClassifierCV find.

    python3 -m venv build/axes-venv && build/axes-venv/bin/pip install -r native-tests/golden/axes_requirements.txt
    build/axes-venv/bin/python native-tests/golden/make_probe.py

The points are multiples of 1/8 from a formula that native-tests/analysis_probe_test.cpp repeats, so that they are not
stored.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import RidgeClassifier, RidgeClassifierCV
from sklearn.preprocessing import StandardScaler

PENALTIES = np.logspace(-2, 4, 13)
TESTED = 40
SHOWN = 5  # test rows whose scores are stored

# name, rows, columns, labels, penalty
CASES = [
    ("more rows than features", 60, 6, [0, 1, 2], None),
    ("fewer rows than features", 12, 20, [0, 1, 2], None),
    ("as many rows as features", 20, 20, [0, 1, 2, 3], None),
    ("classes that no row has", 50, 12, [1, 4, 7, 9], None),
    ("two classes", 40, 5, [3, 8], None),
    ("a row a class", 10, 288, list(range(10)), None),
    ("a network's features, few labels", 100, 288, list(range(10)), None),
    ("a network's features, many labels", 400, 288, list(range(10)), None),
    ("a given penalty", 60, 30, [0, 1, 2], 7.5),
    ("a given penalty, fewer rows than features", 25, 30, [0, 1, 2], 0.125),
]


def points(rows, columns, labels):
    """Point r has label labels[r % len(labels)]; every seventh feature is constant, others are ReLU-like."""
    x = np.empty((rows, columns))
    y = np.array([labels[r % len(labels)] for r in range(rows)])
    state = 12345
    for r in range(rows):
        for c in range(columns):
            state = (state * 1103515245 + 12345) % 2**31
            noise = (state >> 16) % 33 - 16
            value = noise * (4 + c % 5) + 6 * ((y[r] * 5 + c * 7) % 11)
            x[r, c] = 0.625 if c % 7 == 6 else max(value, 0) / 8 if c % 4 == 3 else value / 8
    return x, y


def main():
    cases = []
    for name, rows, columns, labels, penalty in CASES:
        x, y = points(rows + TESTED, columns, labels)
        scaler = StandardScaler().fit(x[:rows])
        train, test = scaler.transform(x[:rows]), scaler.transform(x[rows:])
        case = {"name": name, "rows": rows, "columns": columns, "labels": labels, "sum": float(x.sum())}
        if penalty is None:
            ridge = RidgeClassifierCV(alphas=PENALTIES, store_cv_results=True).fit(train, y[:rows])
            targets = ridge.cv_results_.shape[1]
            # The sum over rows and classes; of two classes scikit-learn has one column, whose other is its negative.
            sums = ridge.cv_results_.sum(axis=(0, 1)) * (2 if targets == 1 else 1)
            case |= {"penalty": float(ridge.alpha_), "given": False, "errors": sums.tolist()}
        else:
            ridge = RidgeClassifier(alpha=penalty).fit(train, y[:rows])
            case |= {"penalty": penalty, "given": True}
        scores = ridge.decision_function(test)
        if scores.ndim == 1:
            scores = np.stack([-scores, scores], axis=1)
        # No answer may hang on rounding.
        best = np.sort(scores, axis=1)
        assert (best[:, -1] - best[:, -2]).min() > 1e-6, name
        case |= {"scores": scores[:SHOWN].tolist(), "answers": ridge.predict(test).tolist()}
        cases.append(case)
    text = json.dumps({"tested": TESTED, "cases": cases}, indent=1)
    (Path(__file__).parent / "probe.json").write_text(text + "\n")


main()

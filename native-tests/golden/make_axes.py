"""Writes axes.json: principal components and linear discriminants as numpy, scipy and scikit-learn find them.

    python3 -m venv build/axes-venv && build/axes-venv/bin/pip install -r native-tests/golden/axes_requirements.txt
    build/axes-venv/bin/python native-tests/golden/make_axes.py

The points are multiples of 1/8 from a formula that native-tests/axes_golden.hpp and wasm-tests/agreement.test.mjs repeat,
so that they are not stored.
"""

import json
from pathlib import Path

import numpy as np
import scipy.linalg
from sklearn.covariance import ledoit_wolf
from sklearn.decomposition import PCA

# name, rows, columns, classes
CASES = [
    ("more rows than columns", 60, 6, 3),
    ("fewer rows than columns", 12, 20, 3),
    ("two classes", 40, 5, 2),
    ("a network's features", 400, 288, 10),  # the number of columns that an engine takes
]


def points(rows, columns, classes):
    """Point r belongs to class r % classes; values are multiples of 1/8, some columns are ReLU-like."""
    x = np.empty((rows, columns))
    labels = np.arange(rows) % classes
    state = 12345
    for r in range(rows):
        for c in range(columns):
            state = (state * 1103515245 + 12345) % 2**31
            noise = (state >> 16) % 33 - 16
            value = noise * (1 + c % 3) + 6 * ((labels[r] * 5 + c * 7) % 11)
            x[r, c] = max(value, 0) / 8 if c % 4 == 3 else value / 8
    return x, labels


def signed(axis):
    return axis if axis[np.argmax(np.abs(axis))] > 0 else -axis


def discriminants(x, labels):
    """S_between v = lambda S_within v, S_within shrunk as scikit-learn's ledoit_wolf does."""
    mean = x.mean(axis=0)
    inner = x.copy()
    between = np.zeros((x.shape[1], x.shape[1]))
    for label in np.unique(labels):
        rows = labels == label
        centre = x[rows].mean(axis=0)
        inner[rows] -= centre
        between += rows.mean() * np.outer(centre - mean, centre - mean)
    within, shrinkage = ledoit_wolf(inner, assume_centered=True)
    values, vectors = scipy.linalg.eigh(between, within)
    number = min(2, len(np.unique(labels)) - 1)
    order = np.argsort(values)[::-1][:number]
    return {
        "shrinkage": float(shrinkage),
        "explained": [float(values[i] / values.sum()) for i in order],
        # scipy's vectors have v' S_within v = 1.
        "axes": [signed(vectors[:, i]).tolist() for i in order],
    }


def main():
    cases = []
    for name, rows, columns, classes in CASES:
        x, labels = points(rows, columns, classes)
        pca = PCA(n_components=2, svd_solver="full").fit(x)
        axes = [signed(axis) for axis in pca.components_]
        cases.append(
            {
                "name": name,
                "rows": rows,
                "columns": columns,
                "classes": classes,
                "sum": float(x.sum()),
                "mean": pca.mean_.tolist(),
                "pca": {
                    "explained": pca.explained_variance_ratio_.tolist(),
                    "axes": [axis.tolist() for axis in axes],
                    "last": [float((x[-1] - pca.mean_) @ axis) for axis in axes],
                },
                "lda": discriminants(x, labels),
            }
        )
    text = json.dumps({"cases": cases}, indent=1)
    (Path(__file__).parent / "axes.json").write_text(text + "\n")


main()

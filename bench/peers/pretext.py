"""The pretext task for the peers in Python: its rotated digits, how a peer is timed, and what it prints."""

import argparse
import gzip
import json
import statistics
import time

import numpy as np

BATCH = 192
IMAGES = 10_000
STEPS = -(-4 * IMAGES // BATCH)  # 209 steps an epoch, the last of 64 rows


def arguments():
    parser = argparse.ArgumentParser(description="Times the pretext step and epoch; prints one line of JSON a variant.")
    parser.add_argument("--images", required=True, help="IDX file with at least 10,000 images, plain or .gz")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=20.0, help="seconds for each variant, after its warm-up")
    return parser.parse_args()


def rotated_digits(path):
    """Images 1, 2, ..., 9999, 0, four quarter turns each: float32 (40000, 28, 28) in 0..1, and int64 labels."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        data = file.read()
    pixels = np.frombuffer(data, np.uint8, offset=16)[: IMAGES * 784].reshape(IMAGES, 28, 28)
    turned = np.stack([np.rot90(pixels, turn, axes=(1, 2)) for turn in range(4)], axis=1)
    rows = np.roll(turned, -1, axis=0).reshape(4 * IMAGES, 28, 28)
    return rows.astype(np.float32) / np.float32(255), np.tile(np.arange(4, dtype=np.int64), IMAGES)


def batch_rows(step):
    """The rows of a step, counted from the start of training."""
    first = step % STEPS * BATCH
    return slice(first, min(first + BATCH, 4 * IMAGES))


def time_steps(take_step, seconds, warm_up=10):
    """take_step(i) trains on batch i and returns when the weights have moved. Whole epochs where one fits into
    `seconds`, else as many steps as fit, at least ten: the epoch is then the median step times 209."""
    for step in range(warm_up):
        take_step(step)
    steps, epochs = [], []
    start = time.perf_counter()
    number = warm_up
    while len(steps) < 10 or time.perf_counter() - start < min(seconds, 3):
        before = time.perf_counter()
        take_step(number)
        if number % STEPS != STEPS - 1:  # the short batch is no typical step
            steps.append(time.perf_counter() - before)
        number += 1
    # An epoch starts at its own first batch.
    while statistics.median(steps) * STEPS < seconds - (time.perf_counter() - start):
        before = time.perf_counter()
        for step in range(STEPS):
            take_step(step)
        epochs.append(time.perf_counter() - before)
    return steps, epochs


def report(peer, version, threads, variant, steps, epochs, loss_first, loss_last):
    """`loss_first` and `loss_last`: cross-entropy of the first batch before and after all of the training."""
    line = {
        "peer": peer,
        "version": version,
        "threads": threads,
        "variant": variant,
        "step_seconds": steps,
        "epoch_seconds": epochs or [statistics.median(steps) * STEPS],
        "epoch_from_steps": not epochs,
        "loss_first": float(loss_first),
        "loss_last": float(loss_last),
    }
    print(json.dumps(line), flush=True)

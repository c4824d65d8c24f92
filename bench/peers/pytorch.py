"""The pretext step in eager PyTorch: plain, channels_last, and channels_last with the fused Adam."""

import torch
import torch.nn.functional as F
from torch import nn

import pretext

BETA2, EPSILON = 0.999, 1e-7


class RotNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3, stride=2)
        self.conv2 = nn.Conv2d(64, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, 16, 3, stride=2, padding=1)
        self.dense = nn.Linear(64, 4)
        for layer in (self.conv1, self.conv2, self.conv3, self.dense):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        # SAME at stride 2 over 28 pads after only; over 3 (the third convolution) on both sides.
        x = F.max_pool2d(F.relu(self.conv1(F.pad(x, (0, 1, 0, 1)))), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.dense(F.relu(self.conv3(x)).flatten(1))


def measure(variant, images, labels, threads, seconds):
    torch.manual_seed(1)
    layout = torch.contiguous_format if variant == "plain" else torch.channels_last
    model = RotNet().to(memory_format=layout)
    # Of the fused kernel and the loop over tensors only one may be asked for; None is PyTorch's own choice.
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True if "fused" in variant else None)
    batches = [
        (images[rows].to(memory_format=layout), labels[rows])
        for rows in (pretext.batch_rows(step) for step in range(pretext.STEPS))
    ]

    def first_batch_loss():
        with torch.no_grad():
            return F.cross_entropy(model(batches[0][0]), batches[0][1]).item()

    taken = 0

    def take_step(step):
        nonlocal taken
        taken += 1
        # Keras adds epsilon outside of the bias correction.
        adam.param_groups[0]["eps"] = EPSILON / (1 - BETA2**taken) ** 0.5
        x, y = batches[step % pretext.STEPS]
        adam.zero_grad(set_to_none=True)
        F.cross_entropy(model(x), y).backward()
        adam.step()

    loss_first = first_batch_loss()
    steps, epochs = pretext.time_steps(take_step, seconds)
    pretext.report("PyTorch", torch.__version__, threads, variant, steps, epochs, loss_first, first_batch_loss())


def main():
    options = pretext.arguments()
    torch.set_num_threads(options.threads)
    torch.set_num_interop_threads(1)
    rows, turns = pretext.rotated_digits(options.images)
    images, labels = torch.from_numpy(rows).unsqueeze(1), torch.from_numpy(turns)
    for variant in ("plain", "channels_last", "channels_last, fused Adam"):
        measure(variant, images, labels, options.threads, options.seconds)


main()

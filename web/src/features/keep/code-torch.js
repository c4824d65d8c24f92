// A run as a PyTorch script. Pure: settings in, text out.
import {
  FILE_NAMES,
  QUESTIONS_NOTE,
  TABLE_PART,
  WILSON_PART,
  answersOf,
  argumentsPart,
  dataPart,
  head,
  importsPart,
  mapsPart,
  settingsPart,
} from './code-run.js';

const LOADING = `        from torchvision.datasets import MNIST

        loaded = [MNIST("mnist", train=train, download=True) for train in (True, False)]
        sets = [(each.data.numpy(), each.targets.numpy()) for each in loaded]`;

/** @param {import('./code-run.js').CodeRun} run @returns {string} */
export const torchScript = (run) => `${head(run, {
  library: 'PyTorch',
  install: 'torch torchvision',
  loader: 'torchvision',
  file: FILE_NAMES.torch,
  own: "PyTorch's own",
})}
${importsPart(run.settings.task.name)}
import numpy as np
import torch
from torch import nn

${settingsPart(run)}

# ---- data and question -----------------------------------------------------------------------------------------------


${dataPart(LOADING)}

${mapsPart(run.settings.task.name)}

def as_input(images):
    return torch.from_numpy(images.reshape(-1, 1, 28, 28).astype("float32") * np.float32(SCALE))


class Questions:
${QUESTIONS_NOTE}

    def __init__(self, images, maps):
        self.images, self.maps = images, maps

    def __len__(self):
        return len(self.images) * len(self.maps)

    def __getitem__(self, rows):
        answers = rows % len(self.maps)
        images = (rows // len(self.maps) + 1) % len(self.images)
        seen = np.take_along_axis(self.images[images], self.maps[answers], axis=1)
        return as_input(seen), torch.from_numpy(answers)


class Labelled:
    """Images with their labels."""

    def __init__(self, images, labels):
        self.images, self.labels = images, labels

    def __len__(self):
        return len(self.images)

    def __getitem__(self, rows):
        return as_input(self.images[rows]), torch.from_numpy(self.labels[rows])


# ---- networks --------------------------------------------------------------------------------------------------------


def initialised(layer):
    """As Keras does: Glorot's uniform weights, biases of zero."""
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Trunk(nn.Module):
    """The two convolutions that all networks share; they give 32 maps of 3x3 = 288 features."""

    def __init__(self):
        super().__init__()
        self.conv1 = initialised(nn.Conv2d(1, 64, 3, stride=2))
        self.conv2 = initialised(nn.Conv2d(64, 32, 3, padding=1))

    def forward(self, images):
        # TensorFlow's "same" for stride 2 on 28 pixels: none before, one after.
        maps = nn.functional.pad(images, (0, 1, 0, 1))
        maps = nn.functional.max_pool2d(self.conv1(maps).relu(), 2)
        return nn.functional.max_pool2d(self.conv2(maps).relu(), 2)


class PretextNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.conv3 = initialised(nn.Conv2d(32, 16, 3, stride=2, padding=1))
        self.answers = initialised(nn.Linear(64, ${answersOf(run.settings.task.name)}))  # the softmax is in the loss

    def forward(self, images):
        maps = self.conv3(self.trunk(images)).relu()
        return self.answers(maps.permute(0, 2, 3, 1).flatten(1))  # flattened as Keras does, channels last


class Classifier(nn.Module):
    """The trunk and one layer that reads digits."""

    def __init__(self, pretext, arm):
        super().__init__()
        self.trunk = Trunk()
        self.digits = initialised(nn.Linear(288, 10))
        if arm["trunk"] == "pretext":
            self.trunk.load_state_dict(pretext.trunk.state_dict())
        self.trunk.requires_grad_(not arm["frozen"])

    def forward(self, images):
        return self.digits(self.trunk(images).permute(0, 2, 3, 1).flatten(1))


def trained(network):
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def count(parameters):
    return sum(parameter.numel() for parameter in parameters)


def optimizer_of(network, fit, kind):
    if kind == "sgd":
        return torch.optim.SGD(trained(network), lr=fit["rate"], momentum=0.9)
    return torch.optim.Adam(trained(network), lr=fit["rate"], eps=1e-7)  # Keras' epsilon


def evaluate(network, data, rows):
    """Mean loss, and how many are right."""
    loss, right = 0.0, 0
    with torch.no_grad():
        for part in np.split(rows, range(500, len(rows), 500)):
            images, answers = data[part]
            logits = network(images)
            loss += nn.functional.cross_entropy(logits, answers, reduction="sum").item()
            right += (logits.argmax(1) == answers).sum().item()
    return loss / max(1, len(rows)), right


def fit_network(name, network, data, fit, kind="adam"):
    """Trains and says so, an epoch a line; returns how many epochs it took."""
    print(f"\\n{name}\\n{network}\\n{count(trained(network)):,} of {count(network.parameters()):,} parameters are trained\\n")
    optimizer = optimizer_of(network, fit, kind)
    held = math.ceil(len(data) * round(fit["validation"] * 1e6) / 1e6)
    rows, validation = np.split(np.arange(len(data)), [len(data) - held])
    best, waited, epoch = -1.0, 0, 0
    for epoch in range(1, fit["epochs"] + 1):
        order = np.random.permutation(rows) if fit["shuffle"] else rows
        loss_sum, right = 0.0, 0
        for part in np.split(order, range(fit["batch"], len(order), fit["batch"])):
            images, answers = data[part]
            logits = network(images)
            loss = nn.functional.cross_entropy(logits, answers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            # As Keras does, while the weights move.
            loss_sum += loss.item() * len(part)
            right += (logits.argmax(1) == answers).sum().item()
        accuracy = right / len(rows)
        line = f"epoch {epoch}: loss {loss_sum / len(rows):.4f}, accuracy {accuracy:.4f}"
        if held:
            validation_loss, validation_right = evaluate(network, data, validation)
            line += f", validation loss {validation_loss:.4f}, accuracy {validation_right / held:.4f}"
        print(line)
        # Early stopping on the training accuracy.
        best, waited = (accuracy, 0) if accuracy > best else (best, waited + 1)
        if fit["patience"] and waited >= fit["patience"]:
            break
    return epoch


# ---- the experiment --------------------------------------------------------------------------------------------------


def main():
${argumentsPart('PyTorch')}
    torch.manual_seed(given.seed)
    np.random.seed(given.seed)

    train, train_labels, test, test_labels = load_data(given.folder)
    maps = pixel_maps()

    pretext = PretextNetwork()
    fit_network("pretext", pretext, Questions(train[PRETEXT_IMAGES], maps), PRETEXT)
    asked = Questions(test[PRETEXT_TEST_IMAGES], maps)
    _, right = evaluate(pretext, asked, np.arange(len(asked)))
    print(f"\\npretext: {100 * right / len(asked):.2f} % of {len(asked)} questions right, on images never seen\\n")

    rows = []
    labelled = Labelled(train[LABELLED_IMAGES], train_labels[LABELLED_IMAGES])
    for name, arm in ARMS.items():
        network = Classifier(pretext, arm)
        epochs = fit_network(name, network, labelled, arm, arm["optimizer"])
        right_few, right_all = (
            evaluate(network, Labelled(test[part], test_labels[part]), np.arange(part.stop - part.start))[1]
            for part in (TEST_IMAGES, ALL_TEST_IMAGES)
        )
        rows.append((name, epochs, count(trained(network)), count(network.parameters()), right_few, right_all))
    print_table(rows)


${WILSON_PART}

${TABLE_PART}

if __name__ == "__main__":
    main()
`;

"""Twenty runs that no threshold was chosen on: written down when `tuned.py` was done, other data, other layers.

Their labels follow from how they were set up, not from what came of them. The first examination gave no false alarm and
one miss: "80 pictures of clothing by heart" has a large gap, but its validation loss has not risen. It was left as it
is. Whoever changes a threshold after looking at these must write new ones.
"""

from tests.simulator.analysis.doctor.courses import (
    ADAM,
    ELU,
    LEAKY,
    NORM,
    PLAIN,
    RELU,
    SIGMOID,
    TANH,
    XAVIER,
    Course,
    constant,
    dense,
    network,
    normal,
    stack,
)

DROPOUT = {"kind": "dropout", "probability": 0.4}
ORTHOGONAL = {"kind": "orthogonal", "gain": 2**0.5}

HEALTHY = (
    Course("four clouds", network({"kind": "blobs", "classes": 4}, dense(8), ELU, rate=0.01, optimizer=ADAM), 200),
    Course("xor with tanh", network("xor", dense(24, XAVIER), TANH, rate=0.1), 500),
    Course(
        "moons with leaky ReLU",
        network("moons", *stack(2, dense(24), LEAKY), rate=0.03, batch_size=16, seeds={"data": 5}),
        500,
    ),
    Course(
        "digits with PReLU and RMSprop",
        network("digits", dense(64), {"kind": "prelu"}, rate=1e-3, optimizer={"kind": "rmsprop"}, pre="standardise"),
        200,
    ),
    Course("digits decorrelated", network("digits", dense(32), RELU, rate=0.01, pre="decorrelate"), 250),
    Course(
        "clothing with two layers and Adam",
        network("fashion", *stack(2, dense(80), RELU), rate=1e-3, optimizer=ADAM, batch_size=64, pre="standardise"),
        100,
    ),
    Course(
        "dropout, a small penalty and a cosine",
        network(
            "digits",
            dense(120),
            RELU,
            DROPOUT,
            rate=0.05,
            l2=1e-4,
            epochs=10,
            schedule={"kind": "cosine"},
            pre="standardise",
        ),
        300,
    ),
    Course(
        "five layers of tanh under batch norm",
        network("digits", *stack(5, dense(32, XAVIER), NORM, TANH), rate=0.1, batch_size=64, pre="standardise"),
        150,
    ),
    Course(
        "three arms with maxout",
        network({"kind": "spiral", "classes": 3}, *stack(2, {"kind": "maxout", "units": 16}), seeds={"weights": 3}),
        800,
    ),
    Course(
        "twelve layers from orthogonal weights",
        network("digits", *stack(12, dense(32, ORTHOGONAL), RELU), rate=0.01, pre="standardise"),
        200,
    ),
)

SICK = (
    Course(
        "every weight 0.2, sigmoid",
        network("moons", *stack(2, dense(20, constant(0.2)), SIGMOID), output={"weights": constant(0.2)}),
        200,
        "identical_units",
    ),
    Course(
        "seven layers of sigmoid on clothing",
        network("fashion", *stack(7, dense(40, XAVIER), SIGMOID), rate=0.1, pre="standardise"),
        100,
        "vanishing",
    ),
    Course(
        "ten layers of ELU from 0.6",
        network("circles", *stack(10, dense(40, normal(0.6)), ELU), rate=1e-3),
        100,
        "exploding",
    ),
    Course(
        "sigmoid from 3",
        network("digits", *stack(2, dense(50, normal(3)), SIGMOID), rate=0.01, pre="standardise"),
        60,
        "saturated",
    ),
    Course("biases of -8 on clothing", network("fashion", dense(60, bias=-8), RELU, pre="standardise"), 64, "dead"),
    Course("rate 4 on circles", network("circles", dense(16), LEAKY, rate=4), 400, "rate_too_large"),
    Course(
        "rate 1e-4 without momentum",
        network(
            "digits", *stack(2, dense(40, XAVIER), TANH), rate=1e-4, optimizer=PLAIN, batch_size=64, pre="standardise"
        ),
        300,
        "rate_too_small",
    ),
    Course(
        "80 pictures of clothing by heart",
        network("fashion", dense(120, XAVIER), TANH, rate=0.01, split={"train_on": 80}, pre="standardise"),
        200,
        "overfitting",
    ),
    Course("one unit for the spiral", network("spiral", dense(1, XAVIER), TANH), 600, "underfitting"),
    Course(
        "18 validation examples",
        network({"kind": "spiral", "noise": 0.1}, dense(24), RELU, split={"validation": 0.045}),
        300,
        "evaluation_noise",
    ),
)

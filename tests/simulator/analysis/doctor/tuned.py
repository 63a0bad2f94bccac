"""The runs on which the thresholds of the doctor were chosen: half healthy. The thresholds hold for all of them."""

from tests.simulator.analysis.doctor.courses import (
    ADAM,
    LEAKY,
    NORM,
    PLAIN,
    RELU,
    SIGMOID,
    TANH,
    XAVIER,
    Course,
    built_in,
    dense,
    network,
    normal,
    stack,
)

HEALTHY = (
    Course("digits", built_in("digits"), 150),
    Course("spiral", built_in("spiral"), 800),
    Course("two layers on the spiral", built_in("A4"), 400),
    Course("tanh on the spiral", built_in("B8-tanh"), 600),
    Course("sigmoid on digits", built_in("B6-sigmoid"), 300),
    Course("batches of 2", built_in("H2-noise"), 700),
    Course("digits, centred only", built_in("C1-centre"), 200),
    Course(
        "a rate that steps down",
        network(
            "digits",
            dense(50),
            RELU,
            rate=0.5,
            batch_size=100,
            optimizer=PLAIN,
            schedule={"kind": "step_decay", "factor": 0.1, "period": 10},
            pre="standardise",
        ),
        300,
    ),
    Course("raw clothing from tiny weights", built_in("F7"), 64),
    Course("batch norm from tiny weights", built_in("E1"), 48),
    Course("eight layers from He", network("digits", *stack(8, dense(40), RELU), rate=0.02, pre="standardise"), 200),
    Course("circles", network("circles", dense(16), TANH), 400),
    Course("blobs without a hidden layer", network("blobs"), 200),
    Course(
        "Adam on digits",
        network("digits", dense(50), RELU, rate=3e-3, optimizer=ADAM, batch_size=64, pre="standardise"),
        200,
    ),
    Course(
        "large weights under batch norm",
        network("digits", *stack(2, dense(40, normal(1)), NORM, TANH), pre="standardise"),
        200,
    ),
    Course("points that overlap", network({"kind": "moons", "noise": 0.35}, dense(16), RELU), 400),
)

SICK = (
    Course("W = 0 with tanh", built_in("D1"), 150, "identical_units"),
    Course("every weight the same", built_in("D1-constant"), 150, "identical_units"),
    Course("W = 0 with ReLU", built_in("H2-flat"), 150, "identical_units"),
    Course(
        "eight layers of tanh from 0.01",
        network(
            "digits", *stack(8, dense(40, normal(0.01)), TANH), output={"weights": normal(0.01)}, pre="standardise"
        ),
        100,
        "vanishing",
    ),
    Course(
        "six layers of sigmoid",
        network("digits", *stack(6, dense(30, XAVIER), SIGMOID), pre="standardise"),
        150,
        "vanishing",
    ),
    Course("on the plateau", built_in("H2"), 30, "vanishing"),
    Course(
        "eight layers of tanh from 1",
        network("digits", *stack(8, dense(60, normal(1)), TANH), rate=0.01, pre="standardise"),
        100,
        "saturated",
    ),
    Course(
        "raw clothing into tanh", network("fashion", *stack(2, dense(50, XAVIER), TANH), rate=0.01), 48, "saturated"
    ),
    Course(
        "eight layers of leaky ReLU from 0.5",
        network("digits", *stack(8, dense(50, normal(0.5)), LEAKY), rate=0.001, pre="standardise"),
        50,
        "exploding",
    ),
    Course("a high rate", built_in("H1-high"), 300, "rate_too_large"),
    Course("a very high rate", built_in("H1-very-high"), 150, "rate_too_large"),
    Course("rate 0.03 on raw clothing", built_in("F6"), 48, "rate_too_large"),
    Course(
        "Adam at 1",
        network("digits", dense(50), RELU, rate=1, optimizer=ADAM, pre="standardise"),
        100,
        "rate_too_large",
    ),
    Course("rate 1e6", built_in("F5"), 20, "divergence"),
    Course("a low rate", built_in("H1-low"), 300, "rate_too_small"),
    Course("rate 1e-5 on raw clothing", built_in("F4"), 130, "rate_too_small"),
    Course(
        "small steps on moons", network("moons", dense(16), RELU, rate=1e-3, optimizer=PLAIN), 300, "rate_too_small"
    ),
    Course("negative biases on moons", built_in("B7"), 200, "dead"),
    Course(
        "two layers with negative biases",
        network("digits", *stack(2, dense(50, bias=-4), RELU), pre="standardise"),
        150,
        "dead",
    ),
    Course("100 digits by heart", built_in("H3"), 60, "overfitting"),
    Course("a line through the spiral", built_in("A4-linear"), 400, "underfitting"),
    Course("two units for ten digits", built_in("H3-small"), 450, "underfitting"),
    Course("a line through circles", network("circles"), 300, "underfitting"),
    Course("12 validation examples", network("moons", dense(16), RELU, split={"at_most": 12}), 200, "evaluation_noise"),
)

"""The slides of the lecture, section by section, and what each of them shows. Data only."""

from dataclasses import dataclass
from typing import Final

from simulator.message import N_

DEAD: Final = N_("dead units")
SATURATION: Final = N_("saturation")
PLATEAU: Final = N_("plateau")
DIVERGENCE: Final = N_("divergence")
OVERFITTING: Final = N_("overfitting")
SPIKES: Final = N_("spikes")
NOISE: Final = N_("noise")
VANISHING: Final = N_("vanishing")
SYMMETRY: Final = N_("symmetry")
EXPLODING: Final = N_("exploding")

TAGS: Final = (
    DEAD,
    SATURATION,
    PLATEAU,
    DIVERGENCE,
    OVERFITTING,
    SPIKES,
    NOISE,
    VANISHING,
    SYMMETRY,
    EXPLODING,
)
"""What an experiment may show, as marked words."""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    id
        Letter of its section and number, such as "F4".
    title
        Marked words: what is seen.
    line
        Marked sentence: the question, or what it is about.
    tags
        What it shows, of `TAGS`.
    view
        Id of the view that shows it, where no experiment does.
    opens
        Built-in experiments, where they do not bear the slide's id.
    """

    id: str
    title: str
    line: str
    tags: tuple[str, ...] = ()
    view: str = ""
    opens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A section of the lecture: its letter and marked title."""

    letter: str
    title: str
    slides: tuple[Slide, ...]


SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        "A",
        N_("What training is"),
        (
            Slide("A1", N_("Mini-batch steps"), N_("Are 640 rough steps better than 20 exact ones?"), (NOISE,)),
            Slide("A2", N_("Forward and backward"), N_("What does each gate pass on, and what does it send back?")),
            Slide("A3", N_("A neuron"), N_("What do weights and bias make of the inputs?")),
            Slide("A4", N_("Layers bend the border"), N_("Can a straight line part the two arms of a spiral?")),
            Slide("A5", N_("A little history"), N_("Which papers do the slides stand on?")),
        ),
    ),
    Section(
        "B",
        N_("Activation functions"),
        (
            Slide("B1", N_("Gallery"), N_("What does each activation make of a number?")),
            Slide(
                "B2",
                N_("Saturation"),
                N_("How much gradient is left at −10, 0 and 10?"),
                (SATURATION, VANISHING),
            ),
            Slide("B3", N_("Zig-zag"), N_("What do the gradients look like when all inputs are positive?"), (NOISE,)),
            Slide("B4", N_("exp() costs"), N_("How much of a training step does exp take?")),
            Slide("B5", N_("Centred on 0?"), N_("What is the mean output of an activation?")),
            Slide("B6", N_("ReLU converges faster"), N_("Six times faster than tanh: is it so here?")),
            Slide("B7", N_("Dead ReLU"), N_("Which units are never active again, and why?"), (DEAD,)),
            Slide("B8", N_("All on one problem"), N_("Which activation learns the spiral fastest?"), (SATURATION,)),
        ),
    ),
    Section(
        "C",
        N_("Preprocessing"),
        (
            Slide("C1", N_("Centred, normalised"), N_("How much larger a learning rate do centred data bear?")),
            Slide("C2", N_("The mean image"), N_("Is it enough for pictures to subtract the mean?")),
        ),
    ),
    Section(
        "D",
        N_("Weights at the start"),
        (
            Slide("D1", N_("W = 0"), N_("What happens when every weight is 0 at the start?"), (SYMMETRY, PLATEAU)),
            Slide(
                "D2", N_("tanh, 0.01 · randn"), N_("Activations vanish. What happens to the gradients?"), (VANISHING,)
            ),
            Slide(
                "D3",
                N_("tanh, 1.0 · randn"),
                N_("Nearly every unit is saturated. Are all gradients 0?"),
                (SATURATION, EXPLODING),
            ),
            Slide("D4", N_("tanh, Xavier"), N_("How far does the signal come with Xavier?")),
            Slide("D5", N_("ReLU, Xavier"), N_("Why does the signal shrink again?"), (VANISHING,)),
            Slide("D6", N_("ReLU, He"), N_("What does dividing by 2 change?"), (DEAD,)),
            Slide(
                "D7",
                N_("30 layers: Xavier, He"),
                N_("Does so deep a network learn from Xavier?"),
                (PLATEAU, VANISHING),
            ),
            Slide("D8", N_("Further schemes"), N_("What does each scheme promise, and does it keep it?")),
        ),
    ),
    Section(
        "E",
        N_("Batch normalisation"),
        (
            Slide(
                "E1", N_("Before the activation"), N_("What does batch norm make of a layer's values?"), (SATURATION,)
            ),
            Slide("E2", N_("Gamma and beta"), N_("Can the network undo batch norm?")),
            Slide(
                "E3",
                N_("Ten layers, any start"),
                N_("Which starts learn with batch norm, which without?"),
                (PLATEAU, VANISHING, EXPLODING),
            ),
            Slide("E4", N_("Test data"), N_("Does an answer depend on its neighbours in the batch?"), (NOISE,)),
        ),
    ),
    Section(
        "F",
        N_("Watching over a training"),
        (
            Slide("F1", N_("The first loss"), N_("Why is the first loss ln 10?")),
            Slide("F2", N_("First loss, reg 1000"), N_("How much does the penalty add to the first loss?")),
            Slide("F3", N_("Overfit 20 pictures"), N_("Can the network learn 20 pictures by heart?"), (OVERFITTING,)),
            Slide(
                "F4",
                N_("Flat loss, rising accuracy"),
                N_("The loss does not fall, yet accuracy climbs: why?"),
                (PLATEAU,),
            ),
            Slide("F5", N_("Breaks off: NaN"), N_("What goes wrong at so large a learning rate?"), (DIVERGENCE,)),
            Slide("F6", N_("The loss explodes"), N_("How large may the learning rate be?"), (EXPLODING, DIVERGENCE)),
            Slide("F7", N_("Cross-validation"), N_("Does one validation set judge the model well enough?"), (NOISE,)),
        ),
    ),
    Section(
        "G",
        N_("Hyperparameters"),
        (
            Slide("G1", N_("Coarse search"), N_("Which learning rates and penalties are worth a closer look?")),
            Slide("G2", N_("Fine search"), N_("How much better is the best of a narrower range?")),
            Slide(
                "G3", N_("Best at the edge"), N_("The best trial lies at the edge of the range: should it worry us?")
            ),
            Slide("G4", N_("Random or grid"), N_("Which tries more values of what matters?"), (NOISE,)),
            Slide("G5", N_("Stopped early"), N_("Which trials are not worth training on?"), (DIVERGENCE,)),
            Slide("G6", N_("A cluster"), N_("What would 70 machines change?")),
            Slide("G7", N_("The knobs"), N_("Which hyperparameters are there to turn?")),
            Slide("G8", N_("Log or linear"), N_("From which space should a learning rate be drawn?")),
        ),
    ),
    Section(
        "H",
        N_("Reading the curves"),
        (
            Slide("H1", N_("Four learning rates"), N_("Which curve belongs to which learning rate?"), (DIVERGENCE,)),
            Slide(
                "H2",
                N_("Odd curves"),
                N_("What is behind each of these curves?"),
                (PLATEAU, SPIKES, NOISE, DIVERGENCE, OVERFITTING),
            ),
            Slide("H3", N_("The gap"), N_("Does the network learn, or learn by heart?"), (OVERFITTING,)),
            Slide(
                "H4", N_("Update : weight"), N_("How far does one update move the weights?"), view="update_ratio_time"
            ),
            Slide("H5", N_("Summary"), N_("What remains of the lecture, in six lines?")),
        ),
    ),
    Section(
        "I",
        N_("For next time"),
        (
            Slide("I1", N_("Update rules"), N_("Which update rule wants which learning rate?"), opens=("digits",)),
            Slide(
                "I2",
                N_("Lowering the rate"),
                N_("What does a schedule gain over one rate all the time?"),
                opens=("H2-steps", "H2-cosine"),
            ),
            Slide("I3", N_("Range test"), N_("Which learning rates learn at all?"), (DIVERGENCE,), view="range_test"),
            Slide(
                "I4", N_("Gradient check"), N_("Does the backward pass agree with differences?"), view="gradient_check"
            ),
            Slide(
                "I5",
                N_("Dropout and penalties"),
                N_("What keeps the validation loss from turning up?"),
                (OVERFITTING,),
                opens=("H2-overfitting",),
            ),
        ),
    ),
)

SLIDES: Final[dict[str, Slide]] = {slide.id: slide for section in SECTIONS for slide in section.slides}
"""All slides by id, in the order of the lecture."""

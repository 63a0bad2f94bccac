"""What the user builds: one frozen value."""

from typing import Annotated, Literal

import msgspec

from simulator.data.preprocessing import AnyPreprocessing
from simulator.data.preprocessing.none import NoPreprocessing
from simulator.data.sources import AnySource
from simulator.data.sources.spiral import Spiral
from simulator.data.split import Split
from simulator.declaration import Field
from simulator.initializers import AnyInitializer
from simulator.initializers.he import He
from simulator.layers import AnyLayer
from simulator.losses import AnyLoss
from simulator.losses.softmax_cross_entropy import SoftmaxCrossEntropy
from simulator.message import N_
from simulator.optimizers import AnyOptimizer
from simulator.optimizers.sgd import SGD
from simulator.schedules import AnySchedule
from simulator.schedules.constant import ConstantRate

LARGEST_SEED = 2**31 - 1
LONGEST_NAME = 200


class Output(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last dense layer: as many units as the data have classes, so it cannot be wrong."""

    weights: Annotated[AnyInitializer, Field(N_("Weights at the start"), help=N_("How the weights are drawn."))] = (
        msgspec.field(default_factory=He)
    )
    bias: Annotated[
        float,
        Field(N_("Biases at the start"), low=-100, high=100, help=N_("The value every bias starts from.")),
    ] = 0.0


class Divergence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a growing loss stops the run. A loss or weight that is no finite number always does."""

    enabled: Annotated[
        bool,
        Field(N_("Stop when the loss explodes"), live=True, help=N_("Stops a run that has left the road.")),
    ] = True
    factor: Annotated[
        float,
        Field(
            N_("Times the initial loss"),
            low=1,
            high=1e6,
            scale="logarithmic",
            live=True,
            help=N_("How many times the initial loss the mean loss may reach."),
            source="F6, G5",
        ),
    ] = 1000.0
    judged: Annotated[
        Literal["step", "epoch"],
        Field(
            N_("Check the loss"),
            live=True,
            help=N_("At every step, over the last epoch or 100 steps; or at the end of each epoch, over all of it."),
            words={"step": N_("at every step"), "epoch": N_("at epoch ends")},
        ),
    ] = "step"


class Training(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the network is trained: every field is live."""

    learning_rate: Annotated[
        float,
        Field(
            N_("Learning rate"),
            low=0,
            high=1e9,
            scale="logarithmic",
            live=True,
            help=N_("How far one step goes against the gradient."),
            source="F4-F6",
        ),
    ] = 0.1
    batch_size: Annotated[
        int,
        Field(
            N_("Mini-batch"),
            low=1,
            high=100_000,
            unit=N_("examples"),
            scale="logarithmic",
            live=True,
            help=N_("How many examples one step looks at."),
            source="A1",
        ),
    ] = 32
    optimizer: Annotated[
        AnyOptimizer, Field(N_("Optimizer"), live=True, help=N_("The rule that turns gradients into steps."))
    ] = msgspec.field(default_factory=SGD)
    schedule: Annotated[
        AnySchedule, Field(N_("Schedule"), live=True, help=N_("How the learning rate changes from epoch to epoch."))
    ] = msgspec.field(default_factory=ConstantRate)
    l2: Annotated[
        float,
        Field(
            N_("L2 penalty"),
            low=0,
            high=1e6,
            scale="logarithmic",
            live=True,
            help=N_("Adds 0.5 · L2 · sum of squared weights to the loss; biases are free."),
            source="F2",
        ),
    ] = 0.0
    l1: Annotated[
        float,
        Field(
            N_("L1 penalty"),
            low=0,
            high=1e6,
            scale="logarithmic",
            live=True,
            help=N_("Adds L1 · sum of the sizes of the weights to the loss: many weights become 0."),
        ),
    ] = 0.0
    max_norm: Annotated[
        float | None,
        Field(
            N_("Weight length limit"),
            low=1e-6,
            high=1e6,
            scale="logarithmic",
            live=True,
            help=N_("Shrinks longer incoming weights of a unit to this length (max norm); none = no limit."),
            source="Srebro and Shraibman 2005",
        ),
    ] = None
    clip_norm: Annotated[
        float | None,
        Field(
            N_("Gradient clipping"),
            low=1e-6,
            high=1e6,
            scale="logarithmic",
            live=True,
            help=N_("Shrinks the gradient of all weights together to this length where it is longer; none = no limit."),
            source="Pascanu et al. 2013",
        ),
    ] = None
    epochs: Annotated[
        int | None,
        Field(
            N_("Epochs"),
            low=1,
            high=1_000_000,
            live=True,
            help=N_("Play stops after so many epochs; none = never."),
        ),
    ] = None
    patience: Annotated[
        int | None,
        Field(
            N_("Early stopping"),
            low=1,
            high=10_000,
            unit=N_("epochs"),
            live=True,
            help=N_("Stops when the validation loss has not fallen for so many epochs; none = never."),
        ),
    ] = None
    divergence: Divergence = msgspec.field(default_factory=Divergence)


class Seeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where every random choice comes from."""

    data: Annotated[int, Field(N_("Data seed"), low=0, high=LARGEST_SEED, help=N_("Points and split."))] = 0
    weights: Annotated[
        int, Field(N_("Weight seed"), low=0, high=LARGEST_SEED, help=N_("The weights at the start."))
    ] = 0
    order: Annotated[int, Field(N_("Order seed"), low=0, high=LARGEST_SEED, help=N_("The order of mini-batches."))] = 0


class Experiment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a run depends on. Two equal experiments give bitwise equal runs on one machine."""

    name: Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)] = ""
    data: Annotated[AnySource, Field(N_("Data set"), help=N_("What the network learns from."))] = msgspec.field(
        default_factory=Spiral
    )
    split: Split = msgspec.field(default_factory=Split)
    preprocessing: Annotated[
        AnyPreprocessing,
        Field(N_("Preprocessing"), help=N_("What is done to the features before the first layer."), source="C1"),
    ] = msgspec.field(default_factory=NoPreprocessing)
    network: Annotated[tuple[AnyLayer, ...], Field(N_("Layers"))] = ()
    output: Output = msgspec.field(default_factory=Output)
    loss: Annotated[AnyLoss, Field(N_("Loss"), help=N_("What training makes small."), source="F1")] = msgspec.field(
        default_factory=SoftmaxCrossEntropy
    )
    training: Training = msgspec.field(default_factory=Training)
    seeds: Seeds = msgspec.field(default_factory=Seeds)

    @property
    def ends(self) -> bool:
        """Whether a run comes to an end by itself, if it does not diverge: early stopping needs what validates."""
        return self.training.epochs is not None or (self.training.patience is not None and self.split.validation > 0)

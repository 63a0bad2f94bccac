"""What `bench` trains."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Workload:
    """A network with softmax, trained with SGD and momentum 0.9, or with Adam.

    `sizes` are the widths from the input to the output; every hidden layer has batch norm, activation and dropout as
    told. With the activation "maxout" hidden layers have two pieces and no other activation.
    """

    name: str
    sizes: tuple[int, ...]
    batch: int
    activation: str = "relu"
    batch_norm: bool = False
    dropout: float = 0.0
    optimizer: str = "sgd"

    @property
    def plain(self) -> bool:
        """Tell whether the plain NumPy peer knows it."""
        return (self.activation, self.batch_norm, self.dropout, self.optimizer) == ("relu", False, 0.0, "sgd")

    @property
    def dense_flops(self) -> int:
        """Multiplications and additions of the dense layers in one step; the first needs no gradient of its input."""
        products = [k * m for k, m in pairwise(self.sizes)]
        return 2 * self.batch * (3 * sum(products) - products[0])

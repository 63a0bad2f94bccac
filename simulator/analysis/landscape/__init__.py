"""The loss as a landscape: bowls, slices, and the zig-zag down them."""

from typing import TYPE_CHECKING

from simulator.analysis.landscape.loss_bowl import Bowl
from simulator.analysis.landscape.slices import LossLine, LossPlane
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.landscape.loss_slice import loss_line, loss_plane
else:
    __getattr__ = late(__name__, loss_slice=("loss_line", "loss_plane"))

__all__ = ["Bowl", "LossLine", "LossPlane", "loss_line", "loss_plane"]

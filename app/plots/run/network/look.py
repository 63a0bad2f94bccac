"""How a scene is looked at."""

from dataclasses import dataclass

from app.plots.run.network.scene import Unit, Wire


@dataclass(frozen=True)
class Look:
    """What is chosen, and whether there is room for titles over the layers and numbers under the units: `large`."""

    large: bool = False
    unit: Unit | None = None
    wire: Wire | None = None

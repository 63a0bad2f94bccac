"""From a frame to what the picture draws. No Qt."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.plots.run.network.values import Net, NetLayer, Quantity, flow_of
from simulator.data import Dataset
from simulator.training import LayerWiring, NetworkWiring


def net_of(
    wiring: NetworkWiring,
    dataset: Dataset,
    quantity: Quantity,
    names: Sequence[tuple[str, str]],
    *,
    signal: bool,
    shares: bool,
) -> Net:
    """Return what is drawn of a wiring.

    Parameters
    ----------
    names
        What each layer is called, and what it is made of.
    signal
        Whether the numbers of the wiring's example run through.
    shares
        Whether the loss makes shares of the scores: then these are the numbers of the output.
    """
    last = len(wiring.layers) - 1
    layers = []
    for number, (layer, (name, detail)) in enumerate(zip(wiring.layers, names, strict=True)):
        outputs = softmax(layer.outputs) if shares and number == last else layer.outputs
        unit_names = {0: dataset.feature_names, last: dataset.class_names}.get(number, ())
        layers.append(
            NetLayer(
                name=name,
                detail=detail,
                units=layer.units,
                known=tuple(layer.drawn.tolist()),
                silent=silent_units(layer),
                flow=flow_of(layer.connections, quantity),
                weighted=layer.connections is not None,
                inputs=0 if layer.connections is None else layer.connections.inputs,
                outgoing=layer.outgoing,
                maps=None if layer.maps is None else layer.maps.outputs,
                tile=tile_of(dataset, wiring.example) if number == 0 else None,
                unit_names=tuple(unit_names) if len(unit_names) == layer.units else (),
                values=outputs if signal else None,
            )
        )
    return Net(tuple(layers), spot_of(dataset, wiring) if signal else None)


def softmax(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the shares that scores (classes,) stand for."""
    with np.errstate(invalid="ignore"):  # scores of a run that exploded
        apart = np.exp(scores.astype(np.float64) - np.max(scores))
    return np.asarray(apart / apart.sum())


def silent_units(layer: LayerWiring) -> NDArray[np.bool_]:
    """Return (units,): whether a unit is silent on every example; without an activation none is."""
    return np.zeros(layer.units, np.bool_) if layer.active is None else np.asarray(layer.active == 0)


def tile_of(dataset: Dataset, example: int) -> NDArray[np.uint8] | None:
    """Return an example as a picture; None where the data are none."""
    if dataset.image_shape is None:
        return None
    pixels = np.asarray(dataset.features[example], np.float64).reshape(dataset.image_shape)
    low, high = float(dataset.features.min()), float(dataset.features.max())
    return np.rint((pixels - low) * (255 / max(high - low, 1e-9))).astype(np.uint8)


def spot_of(dataset: Dataset, wiring: NetworkWiring) -> tuple[float, float] | None:
    """Return where the example lies on the maps, in shares from the left and from below."""
    if wiring.extent is None:
        return None
    left, bottom, side = wiring.extent
    x, y = (float(value) for value in dataset.features[wiring.example])
    return (x - left) / side, (y - bottom) / side

"""Where units stand, which of them, and what joins them: held against numbers worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from app.plots.run.network.layout import Room, chosen, chosen_units, columns, importance, shown_layers
from app.plots.run.network.scene import Scene
from app.plots.run.network.values import Net, NetLayer
from app.plots.run.network.wires import ends, width
from simulator.training import Flow

ROOM = Room(left=10, top=0, right=410, bottom=200, side=28, end_side=40)


def flow(between: list[list[float]], largest: float | None = None) -> Flow:
    made = np.array(between, np.float32)[:, None, :]
    size = np.sqrt(np.mean(made**2, axis=(1, 2)))
    return Flow(made, None, size, float(np.abs(made).max()) if largest is None else largest)


def layer(name: str, units: int, into: Flow | None = None, **other: object) -> NetLayer:
    inputs = 0 if into is None else into.between.shape[2]
    made = NetLayer(name, "", units, tuple(range(units)), np.zeros(units, bool), into, into is not None, inputs)
    return replace(made, **other)


def laid_out(*layers: NetLayer, units: tuple[tuple[int, ...], ...] | None = None) -> Scene:
    every = tuple(tuple(range(each.units)) for each in layers)
    return Scene.of(Net(layers), units or every, ROOM)


@pytest.mark.parametrize(("units", "height"), [(8, 188), (3, 100), (9, 200)])
def test_that_units_never_touch_nor_leave_the_room(units, height):
    room = replace(ROOM, bottom=height)
    fit = min(units, room.rows)
    [_, column, _] = columns([2, units, 2], [(0, 1), tuple(range(fit)), (0, 1)], room)
    assert column.side >= 20
    assert column.y[0] - column.side / 2 >= 0
    assert column.y[-1] + column.side / 2 <= height
    assert np.diff(column.y).min() >= column.side + 4


def test_that_as_many_units_fit_as_there_is_height_for_twenty_pixels_and_a_gap():
    assert replace(ROOM, bottom=188).rows == 8
    assert replace(ROOM, bottom=187).rows == 7
    assert replace(ROOM, bottom=10).rows == 1


def test_that_the_units_with_the_largest_weights_going_out_are_drawn_in_their_own_order():
    assert chosen(np.array([0.1, 5.0, 0.2, 7.0, 6.0]), 3) == (1, 3, 4)
    assert chosen(np.array([1.0, 1.0, 1.0]), 2) == (0, 1)
    assert chosen(np.array([3.0, 1.0]), 5) == (0, 1)


def test_that_dead_units_are_drawn_by_their_share_and_a_chosen_one_always():
    sizes = np.arange(16, 0, -1.0)
    one, many = np.zeros((2, 16), bool)
    one[15], many[2:] = True, True
    assert chosen(sizes, 7, one) == (0, 1, 2, 3, 4, 5, 15)
    assert chosen(sizes, 7, many) == (0, 2, 3, 4, 5, 6, 7), "6 of 7 are 14 of 16"
    assert chosen(sizes, 7, one, kept=12) == (0, 1, 2, 3, 4, 12, 15)
    net = Net((layer("Input", 2), layer("Dense 1", 16, silent=one), layer("Output", 2)))
    assert 15 in chosen_units(net, 4)[1]
    assert {12, 15} <= set(chosen_units(net, 4, (1, 12))[1])


def test_that_units_in_front_of_a_layer_without_weights_are_as_important_as_where_they_lead():
    strengths, into = np.array([1.0, 3.0, 2.0]), flow([[0, 1, 0], [3, 0, 4]])
    net = Net((layer("Input", 3), layer("ReLU", 3, outgoing=strengths), layer("Output", 2, into)))
    found = importance(net)
    assert np.array_equal(found[0], strengths)
    assert found[2] == pytest.approx([1 / np.sqrt(3), 5 / np.sqrt(3)])


def test_that_a_weight_that_is_no_number_makes_a_unit_unimportant():
    net = Net((layer("Input", 2, outgoing=np.array([np.nan, 1.0])), layer("Output", 1, flow([[1, 1]]))))
    assert np.array_equal(importance(net)[0], [0.0, 1.0])


def test_that_connections_under_three_percent_of_the_largest_are_left_out():
    scene = laid_out(layer("Input", 3), layer("Output", 2, flow([[1.0, -0.5, 0.02], [0.031, 0.0, np.nan]])))
    [wires] = scene.wires
    drawn = {(s, t): v for s, t, v in zip(wires.source.tolist(), wires.target.tolist(), wires.value, strict=True)}
    assert drawn == {(0, 0): 1.0, (1, 0): -0.5, (0, 1): pytest.approx(0.031)}
    assert wires.share == pytest.approx([1.0, 0.5, 0.031])


def test_that_twelve_percent_are_asked_for_where_units_are_left_out():
    first, second = layer("Input", 3), layer("Output", 2, flow([[1.0, -0.5, 0.1], [0.11, 0.0, 0.13]]))
    whole, some = laid_out(first, second), laid_out(first, second, units=((0, 1, 2), (0,)))
    assert whole.wires[0].count == 5
    assert [(wires.source.tolist(), wires.target.tolist()) for wires in some.wires] == [([0, 1], [0, 0])]


def test_that_the_largest_of_the_whole_layer_gives_the_measure():
    [wires] = laid_out(layer("Input", 1), layer("Output", 1, flow([[1.0]], largest=4.0))).wires
    assert wires.share == pytest.approx([0.25])
    assert width(wires.share, 200, large=False) == pytest.approx([0.8 + 4.2 / 4])
    assert width(wires.share, 200, large=True) == pytest.approx([1 + 6 / 4])


def test_that_more_than_sixteen_inputs_become_one_ribbon_a_unit_as_wide_as_their_rms():
    between = np.zeros((2, 17))
    between[0, 0], between[1] = 17.0, 1.0
    scene = laid_out(layer("Input", 17), layer("Output", 2, flow(between.tolist())))
    [wires] = scene.wires
    assert wires.kind == "ribbon"
    assert wires.value == pytest.approx([np.sqrt(17), 1.0])
    start, end = ends(wires, *scene.columns)
    assert start[:, 1] == pytest.approx(scene.columns[0].middle)
    assert end[:, 1] == pytest.approx(scene.columns[1].y)


def test_that_sixteen_inputs_are_still_drawn_one_by_one():
    [wires] = laid_out(layer("Input", 16), layer("Output", 1, flow([[1.0] * 16]))).wires
    assert (wires.kind, wires.count) == ("each", 16)


def test_that_a_layer_without_weights_leads_every_unit_into_its_own():
    scene = laid_out(layer("Input", 3), layer("ReLU", 3), units=((0, 2), (1, 2)))
    [wires] = scene.wires
    assert (wires.kind, wires.source.tolist(), wires.target.tolist()) == ("through", [1], [1])


def test_that_a_maxout_unit_shows_the_strongest_of_its_pieces():
    between = np.array([[[1.0, 0.5], [-3.0, 0.2]]], np.float32)
    made = Flow(between, None, np.ones(1, np.float32), 3.0)
    [wires] = laid_out(layer("Input", 2), layer("Maxout 1", 1, made, inputs=2)).wires
    assert wires.value == pytest.approx([-3.0, 0.5])


def test_that_the_first_and_the_last_layers_are_drawn_where_not_all_fit():
    assert shown_layers(12, 14) == tuple(range(12))
    assert shown_layers(10, 5) == (0, 1, 7, 8, 9)


def test_that_no_wire_crosses_layers_that_are_left_out():
    narrow = replace(ROOM, right=ROOM.left + 20 + 2 * 34)
    net = Net(tuple(layer(f"Dense {n}", 1, flow([[1.0]]) if n else None) for n in range(6)))
    scene = Scene.of(net, ((0,),) * 6, narrow)
    assert [column.layer for column in scene.columns] == [0, 4, 5]
    assert [wires.count for wires in scene.wires] == [0, 1]


def test_that_what_lies_under_the_mouse_is_found():
    scene = laid_out(layer("Input", 2), layer("Output", 2, flow([[1.0, 0.9], [0.0, 0.8]])))
    first, last = scene.columns
    assert scene.unit_at(last.x, float(last.y[1])) == (1, 1)
    assert scene.unit_at(last.x, float(last.y[0]) + last.side) is None
    middle = (first.x + last.x) / 2
    assert scene.wire_at(middle, float(first.y[0] + 1)) == (1, 0, 0)
    assert scene.wire_at(middle, float(first.y[1] - 1)) == (1, 1, 1)
    assert scene.wire_at(middle, 199) is None


def test_that_arrows_go_to_the_nearest_unit_of_the_next_column():
    scene = laid_out(
        layer("Input", 2), layer("Dense 1", 4, flow([[1.0, 1.0]] * 4)), layer("Output", 1, flow([[1.0] * 4]))
    )
    assert scene.beside((0, 0), 1, 0) in ((1, 0), (1, 1))
    assert scene.beside((1, 3), 1, 0) == (2, 0)
    assert scene.beside((1, 3), 0, 1) is None
    assert scene.beside((0, 0), -1, 0) is None


def test_that_ten_layers_of_five_hundred_units_are_few_things_to_paint():
    between = np.ones((32, 1, 32), np.float32)
    into = Flow(between, None, np.ones(32, np.float32), 1.0)
    first = layer("Input", 500, known=tuple(range(32)))
    rest = [layer(f"Dense {n}", 500, into, inputs=500, known=tuple(range(32))) for n in range(11)]
    net = Net((first, *rest))
    scene = Scene.of(net, chosen_units(net, ROOM.rows), ROOM)
    assert len(scene.columns) == 12
    # a unit and a ribbon a place
    assert scene.drawn <= 2 * len(scene.columns) * ROOM.rows

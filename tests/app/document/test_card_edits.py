from hypothesis import given
from hypothesis import strategies as st

from app.document.card_edits import (
    ACTIVATIONS,
    LINEAR,
    activation_of,
    with_activation,
    with_card,
    with_copy,
    with_move,
    without_card,
)
from simulator.declaration import kind_of
from simulator.experiment import cards, from_plain, with_keys
from simulator.layers import LAYERS, Layer
from tests.app.samples import spiral

SPIRAL = spiral().network


def kinds(network: tuple[Layer, ...]) -> list[str]:
    return [entry.kind for entry in network]


def test_that_an_activation_is_replaced_taken_away_and_put_back() -> None:
    card = cards(SPIRAL)[0]
    other = with_activation(SPIRAL, card, "tanh")
    assert kinds(other) == ["dense", "tanh", "dense", "relu"]
    none = with_activation(other, cards(other)[0], LINEAR)
    assert kinds(none) == ["dense", "dense", "relu"]
    assert activation_of(cards(none)[0]) == LINEAR
    assert with_activation(none, cards(none)[0], "relu") == SPIRAL


def test_that_a_new_layer_is_as_wide_as_its_neighbour_and_gets_a_key_of_its_own() -> None:
    network = with_keys(with_card(SPIRAL, 1, "dense", "tanh"))
    assert kinds(network) == ["dense", "relu", "dense", "tanh", "dense", "relu"]
    new = cards(network)[1].entries[0]
    assert isinstance(new, LAYERS["dense"])
    assert new.units == 16
    assert [card.entries[0].key for card in cards(network)] == [1, 3, 2]


def test_that_the_first_layer_is_as_declared() -> None:
    network = with_card((), 0, "dense", LINEAR)
    assert network == (LAYERS["dense"](),)


def test_that_the_deepest_layer_can_go_and_a_copy_stands_below_its_model() -> None:
    assert kinds(without_card(SPIRAL, 2)) == ["dense", "relu"]
    assert with_copy(SPIRAL, 1) == SPIRAL[:2] + SPIRAL


def test_that_a_move_takes_the_whole_card() -> None:
    network = with_activation(SPIRAL, cards(SPIRAL)[1], LINEAR)
    assert with_move(network, 2, 1) == (network[2], *network[:2])
    assert with_move(with_move(network, 2, 1), 1, 2) == network


networks = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([kind_of(kind) for kind in ACTIVATIONS])), min_size=1, max_size=5
).map(
    lambda layers: (
        from_plain(
            {
                "network": [
                    entry
                    for units, kind in layers
                    for entry in ({"kind": "dense", "units": units}, {"kind": kind})
                    if entry.get("kind") != LINEAR
                ]
            }
        ).network
    )
)


@given(networks, st.data())
def test_that_edits_touch_their_card_alone(network: tuple[Layer, ...], data: st.DataObject) -> None:
    known = [card.entries for card in cards(network)]
    number = data.draw(st.integers(1, len(known)))
    to = data.draw(st.integers(1, len(known)))

    moved = [card.entries for card in cards(with_move(network, number, to))]
    assert moved[to - 1] == known[number - 1]
    assert moved[: to - 1] + moved[to:] == known[: number - 1] + known[number:]
    rest = [card.entries for card in cards(without_card(network, number))]
    assert rest == known[: number - 1] + known[number:]
    assert with_move(with_copy(network, number), number, number + 1) == with_copy(network, number)
    for kind in ACTIVATIONS:
        changed = cards(with_activation(network, cards(network)[number - 1], kind_of(kind)))
        assert activation_of(changed[number - 1]) == kind_of(kind)
        assert len(changed) == len(known)

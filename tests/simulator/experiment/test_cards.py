"""How the flat network falls into cards, and how layers keep their identity."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.cards import cards, parameter_count, with_keys
from simulator.experiment.experiment import Experiment
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh
from tests import reference
from tests.strategies import small_dense, small_experiments, small_networks


def keys(network):
    return [entry.key for entry in network if isinstance(entry, Dense)]


@given(small_networks(8))
def test_that_the_cards_hold_every_entry_once_and_in_order(network):
    found = cards(network)
    assert [entry for card in found for entry in card.entries] == list(network)
    assert [card.number for card in found] == list(range(1, len(found) + 1))
    for card in found:
        assert card.entries == network[card.first : card.last + 1]


@given(small_networks(8))
def test_that_only_the_first_entry_of_a_card_has_weights(network):
    for card in cards(network):
        assert not any(entry.weighted for entry in card.entries[1:])
        assert card.entries[0].weighted or card.number == 1


@given(small_networks(8))
def test_that_an_activation_is_found_where_it_stands(network):
    for card in cards(network):
        if card.activation is None:
            assert card.activation_at == card.first + 1
        else:
            assert network[card.activation_at] == card.activation


def test_that_a_network_without_layers_has_no_cards():
    assert cards(()) == ()


def test_that_a_card_is_called_by_its_kind_and_number():
    found = cards((Dense(key=1), ReLU(), Dense(key=2), Tanh()))
    assert [str(card.name) for card in found] == ["Dense 1", "Dense 2"]
    assert [card.activation for card in found] == [ReLU(), Tanh()]


def test_that_entries_before_the_first_weights_are_a_card_of_their_own():
    found = cards((Tanh(), Dense(key=1)))
    assert [(card.first, card.last) for card in found] == [(0, 0), (1, 1)]


# --- keys ---


@given(small_networks(8))
def test_that_every_layer_gets_a_key_of_its_own(network):
    found = keys(with_keys(network))
    assert len(set(found)) == len(found)
    assert all(key > 0 for key in found)


@given(small_networks(8))
def test_that_keys_once_given_stay(network):
    once = with_keys(network)
    assert with_keys(once) == once


@given(st.lists(small_dense(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_that_layers_keep_their_keys_when_they_change_places(layers, random):
    network = list(with_keys(tuple(layers)))
    random.shuffle(network)
    assert with_keys(tuple(network)) == tuple(network)


@given(st.lists(small_dense(), min_size=1, max_size=6), st.data())
def test_that_a_copy_gets_the_next_key_and_the_rest_stay(layers, data):
    network = with_keys(tuple(layers))
    place = data.draw(st.integers(0, len(network) - 1))
    copied = with_keys((*network[: place + 1], network[place], *network[place + 1 :]))
    assert copied[: place + 1] == network[: place + 1]
    assert copied[place + 2 :] == network[place + 1 :]
    assert keys(copied)[place + 1] == max(keys(network)) + 1


@given(st.lists(small_dense(), min_size=2, max_size=6), st.data())
def test_that_removing_a_layer_leaves_the_keys_of_the_others(layers, data):
    network = with_keys(tuple(layers))
    place = data.draw(st.integers(0, len(network) - 1))
    left = network[:place] + network[place + 1 :]
    assert with_keys(left) == left


def test_that_a_layer_without_a_key_gets_the_next_free_one():
    assert keys(with_keys((Dense(), Dense(key=4), Dense(), Dense(key=-3)))) == [5, 4, 6, 7]


# --- counts ---


@given(small_experiments(), st.integers(1, 9), st.integers(2, 9))
def test_that_the_parameters_are_as_many_as_are_drawn(experiment, width, classes):
    drawn = reference.initial_weights(experiment, width, classes)
    assert parameter_count(experiment, width, classes) == reference.flat(drawn).size


def test_that_the_lecture_s_cifar_network_has_154_160_parameters():
    assert parameter_count(Experiment(network=(Dense(units=50), ReLU())), 3072, 10) == 154_160

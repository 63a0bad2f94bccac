"""What a click on a title or on a name makes of the hierarchy of Watch."""

import pytest

from app.arrangement.hierarchy import FOUR, NETWORK, ON_A_PLANE, OTHER, PLANE, Choice, as_it_comes, chosen

KNOWN = (*FOUR, PLANE, NETWORK, "units", "confusion")


def test_that_the_boundary_stands_in_the_networks_place_when_another_view_is_promoted() -> None:
    order = as_it_comes(PLANE).promoted("loss")
    assert (order.large, order.beside) == ("loss", PLANE)
    order = order.promoted("accuracy")
    assert (order.large, order.beside) == ("accuracy", PLANE)


def test_that_what_was_large_stands_in_the_networks_place() -> None:
    order = as_it_comes("loss").promoted("accuracy")
    assert (order.large, order.beside) == ("accuracy", "loss")
    order = order.promoted("gradient_flow")
    assert (order.large, order.beside) == ("gradient_flow", "loss")


@pytest.mark.parametrize("home", [PLANE, "loss"])
@pytest.mark.parametrize("view", ["accuracy", "activations", NETWORK, "units"])
def test_that_promoting_what_was_large_first_brings_everything_back(home: str, view: str) -> None:
    order = as_it_comes(home)
    assert order.promoted(view) != order
    assert order.promoted(view).promoted(home) == order
    assert order.promoted(home) == order


def test_that_a_name_takes_the_networks_place_and_gives_it_back() -> None:
    order = as_it_comes("loss").with_beside("units")
    assert (order.large, order.beside) == ("loss", "units")
    assert order.without("units") == as_it_comes("loss")
    on_plane = as_it_comes(PLANE).promoted("loss").with_beside("units")
    assert on_plane.without("units").beside == PLANE


def test_that_a_large_view_that_goes_leaves_things_as_they_come() -> None:
    assert as_it_comes("loss").promoted("confusion").without("confusion") == as_it_comes("loss")


def test_that_a_choice_is_found_again() -> None:
    order = as_it_comes(PLANE).promoted("accuracy").with_beside("units")
    assert chosen(ON_A_PLANE, order.choice, KNOWN) == order
    assert chosen(OTHER, None, KNOWN) == as_it_comes("loss")


@pytest.mark.parametrize("choice", [Choice("gone", NETWORK), Choice(PLANE, NETWORK), Choice("", "")])
def test_that_a_choice_of_a_view_that_is_no_more_counts_for_nothing(choice: Choice) -> None:
    assert chosen(OTHER, choice, KNOWN) == as_it_comes("loss")


def test_that_a_view_beside_that_is_no_more_gives_its_place_back() -> None:
    assert chosen(OTHER, Choice("accuracy", "gone"), KNOWN).beside == NETWORK
    assert chosen(ON_A_PLANE, Choice("accuracy", "gone"), KNOWN).beside == PLANE

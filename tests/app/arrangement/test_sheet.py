"""Where the cards of Watch stand, at every size and in every hierarchy."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.arrangement.hierarchy import FOUR, HOMES, NETWORK, ON_A_PLANE, OTHER, PLANE, Hierarchy, as_it_comes
from app.arrangement.sheet import Rect, Room, Sheet, lay_out

EXTRAS = (NETWORK, "update_ratio", "units", "confusion")
ON_PLANE = (NETWORK, PLANE, "update_ratio", "units")
ROOMY = Room(1016, 715, gap=16)
LAPTOP_CLOSED, LAPTOP_OPEN = Room(886, 616), Room(582, 616)
SMALL_OPEN, SMALLEST = Room(528, 560), Room(800, 480)
SIZES = [ROOMY, LAPTOP_CLOSED, LAPTOP_OPEN, Room(832, 560), SMALL_OPEN, SMALLEST]

clicks = st.lists(st.sampled_from([*FOUR, *ON_PLANE]), max_size=5)
rooms = st.builds(
    Room,
    width=st.integers(300, 2600),
    height=st.integers(200, 1600),
    scale=st.sampled_from([1.0, 1.15, 1.3, 1.6]),
    gap=st.sampled_from([8, 16]),
)


def after(home: str, views: list[str]) -> Hierarchy:
    order = as_it_comes(home)
    for view in views:
        order = order.promoted(view)
    return order


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def assert_sound(sheet: Sheet, room: Room) -> None:
    assert set(FOUR) <= set(sheet.places)
    rects = [*sheet.places.values(), *([sheet.strip] if sheet.strip else [])]
    for rect in rects:
        assert rect.x >= 0
        assert rect.y >= 0
        assert rect.x + rect.width <= max(room.width, round(520 * room.scale))
        assert rect.y + rect.height <= sheet.height
        assert rect.width > 0
        assert rect.height > 0
    assert not any(overlap(one, other) for one, other in itertools.combinations(rects, 2))
    for view in sheet.names:
        assert view not in FOUR


@given(rooms, st.sampled_from([PLANE, "loss"]), clicks, st.sampled_from([None, "units", "confusion"]))
def test_that_nothing_overlaps_and_the_four_plots_are_always_there(room, home, views, beside) -> None:
    extras = ON_PLANE if home == PLANE else EXTRAS
    order = after(home, [view for view in views if view in (*FOUR, *extras)])
    if beside is not None:
        order = order.with_beside(beside)
    sheet = lay_out(room, order, extras)
    assert_sound(sheet, room)
    assert order.large in sheet.places
    if home == PLANE and beside is None:
        assert PLANE in sheet.places, "a boundary that is not large is small"
        beside_all = room.height - round(80 * room.scale) - room.gap
        assert sheet.places[PLANE].height >= min(round(160 * room.scale), beside_all - 1)


@pytest.mark.parametrize("room", [Room(740, 384, 1.3), Room(936, 364, 1.6), Room(996, 469, 1.3), Room(1022, 464, 1.6)])
@pytest.mark.parametrize("large", [PLANE, *FOUR])
def test_that_nothing_scrolls_where_the_text_is_large(room: Room, large: str) -> None:
    sheet = lay_out(room, after(PLANE, [large]), ON_PLANE)
    assert_sound(sheet, room)
    assert sheet.height == room.height


@given(rooms, clicks)
def test_that_it_does_without_a_picture_of_the_network(room, views) -> None:
    order = after("loss", [view for view in views if view in FOUR])
    assert_sound(lay_out(room, order, ()), room)


def test_that_a_wide_window_stands_as_drawn() -> None:
    sheet = lay_out(ROOMY, as_it_comes(PLANE), ON_PLANE)
    places = sheet.places
    assert places[PLANE] == Rect(0, 0, 524, 555)
    assert places[NETWORK].width == 476
    assert places[NETWORK].height == pytest.approx(276, abs=12)
    assert places["loss"].y == places["accuracy"].y
    assert places["loss"].height == pytest.approx(128, abs=8)
    assert places["gradient_flow"].height == pytest.approx(120, abs=8)
    assert places["activations"] == Rect(0, 571, 1016, 96)
    assert sheet.strip == Rect(0, 683, 1016, 32)
    assert sheet.names == ("update_ratio", "units")
    assert sheet.slim == "activations"


def test_that_an_open_drawer_takes_room_from_the_small_views() -> None:
    places = lay_out(LAPTOP_OPEN, as_it_comes("loss"), EXTRAS).places
    assert places["loss"] == Rect(0, 0, 582, pytest.approx(304, abs=4))
    assert places["activations"].height == pytest.approx(104, abs=4)
    assert places["accuracy"].y == places["gradient_flow"].y
    assert places["accuracy"].height == pytest.approx(152, abs=4)
    assert lay_out(LAPTOP_OPEN, as_it_comes("loss"), EXTRAS).names == EXTRAS
    small = lay_out(SMALL_OPEN, as_it_comes("loss"), EXTRAS).places
    heights = [small[view].height for view in ("loss", "activations", "accuracy")]
    assert heights == pytest.approx([264, 96, 144], abs=8)


def test_that_the_loss_stands_beside_a_large_boundary_in_a_narrow_stage() -> None:
    places = lay_out(LAPTOP_OPEN, as_it_comes(PLANE), ON_PLANE).places
    assert places[PLANE].x == 0
    assert places["loss"].x > places[PLANE].width
    assert places["loss"].height == places[PLANE].height
    assert places["accuracy"].y == places["gradient_flow"].y > places["activations"].y


def test_that_a_closed_drawer_has_the_large_view_at_the_left() -> None:
    sheet = lay_out(LAPTOP_CLOSED, as_it_comes(PLANE), ON_PLANE)
    places = sheet.places
    assert NETWORK in sheet.names
    assert places["loss"].x == places["accuracy"].x == places["gradient_flow"].x > places[PLANE].width
    assert places["loss"].y < places["accuracy"].y < places["gradient_flow"].y
    assert places["activations"].height == 88
    assert places["activations"].width == 886


def test_that_the_smallest_window_has_no_strip() -> None:
    sheet = lay_out(SMALLEST, as_it_comes("loss"), EXTRAS)
    assert sheet.strip is None
    assert sheet.height == 480
    assert sheet.places["accuracy"].width >= 264


@pytest.mark.parametrize("room", SIZES)
@pytest.mark.parametrize("kind", [ON_A_PLANE, OTHER])
@pytest.mark.parametrize("large", FOUR)
def test_that_a_promoted_plot_is_the_largest(room: Room, kind: str, large: str) -> None:
    home = HOMES[kind]
    places = lay_out(room, as_it_comes(home).promoted(large), ON_PLANE if home == PLANE else EXTRAS).places
    area = {view: rect.width * rect.height for view, rect in places.items()}
    assert max(area, key=lambda view: area[view]) == large


def test_that_cards_grow_with_the_text() -> None:
    plain = lay_out(LAPTOP_OPEN, as_it_comes("loss"), EXTRAS)
    large = lay_out(Room(round(582 * 1.3), round(616 * 1.3), scale=1.3), as_it_comes("loss"), EXTRAS)
    for view, rect in plain.places.items():
        assert large.places[view].height == pytest.approx(1.3 * rect.height, rel=0.03)

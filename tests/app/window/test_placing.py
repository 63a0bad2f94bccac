"""The window stays inside its screen, frame included."""

from hypothesis import given
from hypothesis import strategies as st

from app.window.placing import Box, Frame, inside, smallest

FRAME = Frame(1, 31, 1, 1)
PLACES = st.integers(-3000, 3000)
SIZES = st.integers(0, 4000)


@given(st.builds(Box, PLACES, PLACES, SIZES, SIZES), st.builds(Box, PLACES, PLACES, *[st.integers(400, 4000)] * 2))
def test_that_the_frame_is_within_the_room_wherever_the_window_was(wanted: Box, room: Box) -> None:
    place = inside(wanted, room, FRAME)
    assert room.x <= place.x - FRAME.left
    assert room.y <= place.y - FRAME.top
    assert place.x + place.width + FRAME.right <= room.x + room.width
    assert place.y + place.height + FRAME.bottom <= room.y + room.height
    assert (place.width, place.height) >= (0, 0)
    assert inside(place, room, FRAME) == place


def test_that_a_window_that_fits_stays_where_it_was() -> None:
    wanted = Box(100, 200, 1200, 700)
    assert inside(wanted, Box(0, 28, 1920, 1052), FRAME) == wanted


def test_that_a_small_screen_takes_its_room_from_the_window_not_from_the_title_bar() -> None:
    room = Box(0, 0, 1366, 728)
    assert inside(Box(0, 0, 1600, 900), room, FRAME) == Box(1, 31, 1364, 696)
    assert smallest(room, FRAME) == (1022, 608)
    assert smallest(Box(0, 0, 1000, 600), FRAME) == (998, 568)

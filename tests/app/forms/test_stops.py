from collections.abc import Iterator

import pytest

from app.forms.stops import stops
from simulator.data import SOURCES
from simulator.declaration import DeclaredField, Field, declared_fields
from simulator.experiment import Experiment, Seeds, Training
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.optimizers import OPTIMIZERS


def number_fields() -> Iterator[DeclaredField]:
    structs = [*SOURCES.values(), *LAYERS.values(), *INITIALIZERS.values(), *OPTIMIZERS.values()]
    structs += [Training, Seeds, type(Experiment().split), type(Experiment().training.divergence)]
    for struct in structs:
        yield from (field for field in declared_fields(struct) if field.type in (int, float))


def field_of(struct: type, name: str) -> DeclaredField:
    return next(field for field in declared_fields(struct) if field.name == name)


@pytest.mark.parametrize("field", list(number_fields()), ids=lambda field: field.name)
def test_that_stops_are_ascending_allowed_and_not_too_many(field: DeclaredField) -> None:
    found = stops(field)
    assert list(found) == sorted(set(found))
    assert len(found) <= 1001
    assert all(type(stop) is int for stop in found) or field.type is float
    if found:
        assert field.about.low is not None
        assert field.about.high is not None
        assert field.about.low == found[0]
        assert found[-1] <= field.about.high
        assert field.default in found


def test_that_a_learning_rate_slider_goes_from_0_over_a_millionth_to_10() -> None:
    found = stops(field_of(Training, "learning_rate"))
    assert found[:2] == (0, 1e-6)
    assert found[-1] == 10
    assert 0.003 in found


def test_that_widths_stop_at_powers_of_two_and_at_both_ends() -> None:
    found = stops(field_of(LAYERS["dense"], "units"))
    assert {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 10, 50, 100} <= set(found)


def test_that_a_seed_has_no_slider() -> None:
    assert stops(field_of(Seeds, "weights")) == ()


def test_that_a_wide_linear_range_and_a_range_without_end_have_no_slider() -> None:
    assert stops(DeclaredField("x", float, 0.0, Field("X", low=-100, high=100))) == ()
    assert stops(DeclaredField("x", float, 0.0, Field("X", low=0))) == ()


def test_that_a_linear_range_has_round_steps_and_both_ends() -> None:
    found = stops(DeclaredField("x", float, 0.0, Field("X", low=0, high=0.999)))
    assert found[:3] == (0, 0.005, 0.01)
    assert found[-2:] == (0.995, 0.999)

"""How far a run is from a number of examples seen: what keeps lanes in step."""

from simulator.training.run.trainer import Trainer


def at_epoch_end(trainer: Trainer) -> int:
    """Return the examples seen at the end of the present epoch."""
    return (trainer.position.epoch + 1) * trainer.orders.examples.size


def after(trainer: Trainer, steps: int) -> int:
    """Return the examples seen after `steps` further steps at the batch size in force."""
    orders = trainer.orders
    return orders.seen(orders.after(trainer.position, steps, trainer.experiment.training.batch_size))


def has_room(trainer: Trainer, examples: int) -> bool:
    """Tell whether a further step at the batch size in force ends with at most `examples` examples seen."""
    return trainer.steps_within(examples) > 0

"""The machine: the loop that runs a program. It knows no layer kind, only a table of kernel addresses.

Arguments that stand for the same thing everywhere:

    forward       int64 (operations + 1,): native addresses, the loss last
    backward      int64 (operations,)
    layout        int64 (rows, COLUMNS): operations, loss, then what comes after the backward pass
    arrays        (constants, parameters, gradients, state, activations, deltas, workspace), flat, of one real type
    pixels        uint8 (examples, features), raw, or no rows where the data are float32
    numbers       float32 (examples, features), raw, or no rows where the data are uint8
    shift, scale  real (features,): what preprocessing makes of x: (x - shift) * scale
    targets       int64 (examples,)
"""

import numpy as np

from simulator.kernels.columns import EVALUATE, TRAIN, WORKSPACE
from simulator.machine.compiled import machine_function, machine_part
from simulator.machine.intrinsics import call_kernel

GOING, BAD_LOSS, BAD_PARAMETER, EXPLODED = 0, 1, 2, 3  # why the loop stopped
CHECK_EVERY = 64  # steps between two looks at the parameters, besides those at epoch ends
# Columns of the plan, one row a step.
BEGIN, SIZE, EPOCH_ENDS = 0, 1, 2
# The stopping rule's state.
SPOT, SUM, COUNT, INITIAL_LOSS, EPOCH_SUM, EPOCH_COUNT, MEAN = 0, 1, 2, 3, 4, 5, 6
TALLY = 7


@machine_part
def gather(pixels, numbers, shift, scale, targets, order, begin, batch, layout, activations, workspace, loss_row):
    """Copy the examples order[begin : begin + batch], preprocessed, to the input of the first operation."""
    features = shift.size
    own = layout[loss_row, WORKSPACE] + 2
    real = activations.dtype.type
    for i in range(batch):
        example = order[begin + i]
        workspace[own + i] = targets[example]
        at = i * features
        if pixels.shape[0] > 0:
            for j in range(features):
                activations[at + j] = (real(pixels[example, j]) - shift[j]) * scale[j]
        else:
            for j in range(features):
                activations[at + j] = (real(numbers[example, j]) - shift[j]) * scale[j]


@machine_part
def run_forward(forward, layout, arrays, first, last, batch, mode, seed, step):
    """Run the operations `first` to `last` - 1 forward."""
    for o in range(first, last):
        call_kernel(forward[o], layout, o, arrays, batch, mode, seed, step)


@machine_part
def run_backward(backward, layout, arrays, first, last, batch, mode, seed, step):
    """Run the operations `last` - 1 down to `first` backward."""
    for o in range(last - 1, first - 1, -1):
        call_kernel(backward[o], layout, o, arrays, batch, mode, seed, step)


@machine_function
def evaluate(forward, layout, arrays, pixels, numbers, shift, scale, targets, sample, piece, seed, step):
    """Return (mean loss, share right) of the examples `sample` in evaluation mode, in pieces of `piece`."""
    activations, workspace = arrays[4], arrays[6]
    loss_row = forward.size - 1
    own = layout[loss_row, WORKSPACE]
    loss = right = 0.0
    begin = 0
    while begin < sample.size:
        batch = min(piece, sample.size - begin)
        gather(pixels, numbers, shift, scale, targets, sample, begin, batch, layout, activations, workspace, loss_row)
        run_forward(forward, layout, arrays, 0, loss_row + 1, batch, EVALUATE, seed, step)
        loss += workspace[own] * batch
        right += workspace[own + 1]
        begin += batch
    if sample.size == 0:
        return np.nan, np.nan
    return loss / sample.size, right / sample.size


@machine_part
def all_finite(values):
    """Tell whether no value is NaN or infinite: x * 0 is 0 for finite x alone."""
    total = values.dtype.type(0)
    for i in range(values.size):
        total += values[i] * values.dtype.type(0)
    return total == 0


@machine_function
def train(
    forward,
    backward,
    after,
    penalty_count,
    layout,
    arrays,
    optimizer_state,
    pixels,
    numbers,
    shift,
    scale,
    targets,
    order,
    plan,
    rates,
    seed,
    first_step,
    losses,
    penalties,
    previous,
    rule,
    recent,
    tally,
    sample,
    validation,
    piece,
    readings,
    attention,
):  # fmt: skip
    """Make the steps of `plan` and return (steps made, why it stopped).

    Parameters
    ----------
    after, penalty_count
        int64: addresses of what follows the backward pass: so many penalties, then what is done to the gradients, the
        update rule, and what is done to the weights.
    order, plan
        Example numbers, and for each step (begin in `order`, size, whether an epoch ends).
    rates
        real (steps,): learning rates.
    losses, penalties
        float64 (steps,), filled: data loss of the mini-batch before its update, and penalty.
    previous
        real (parameters,) or (0,): filled with the parameters before the last step's update.
    rule
        float64 (3,): stop on explosion (0 or 1), factor, judged at epoch ends only (0 or 1).
    recent, tally
        float64 (window,) and (TALLY,): the rule's memory, carried from call to call.
    sample, validation, readings
        Read at every epoch end into float64 (epoch ends, 4): training accuracy, validation accuracy, their losses.
    attention
        int64 (1,): where another thread makes it other than 0, the step at hand is the last. Read without any lock.
    """
    constants, parameters, gradients, activations, deltas, workspace = (
        arrays[0],
        arrays[1],
        arrays[2],
        arrays[4],
        arrays[5],
        arrays[6],
    )
    loss_row = forward.size - 1
    loss_at = layout[loss_row, WORKSPACE]
    rate_at = 0  # the learning rate is the first of all constants
    update_arrays = (constants, parameters, gradients, optimizer_state, activations, deltas, workspace)
    ends = 0
    for i in range(plan.shape[0]):
        step = first_step + i
        last = i == plan.shape[0] - 1 or attention[0] != 0
        batch = plan[i, SIZE]
        gather(
            pixels,
            numbers,
            shift,
            scale,
            targets,
            order,
            plan[i, BEGIN],
            batch,
            layout,
            activations,
            workspace,
            loss_row,
        )
        run_forward(forward, layout, arrays, 0, loss_row + 1, batch, TRAIN, seed, step)
        run_backward(backward, layout, arrays, 0, loss_row, batch, TRAIN, seed, step)
        penalty = 0.0
        for o in range(penalty_count):
            call_kernel(after[o], layout, loss_row + 1 + o, arrays, batch, TRAIN, seed, step)
            penalty += workspace[layout[loss_row + 1 + o, WORKSPACE]]
        losses[i], penalties[i] = workspace[loss_at], penalty
        loss = workspace[loss_at] + penalty
        if not np.isfinite(loss):
            return i, BAD_LOSS
        if last and previous.size > 0:
            for j in range(parameters.size):
                previous[j] = parameters[j]
        constants[rate_at] = rates[i]
        for o in range(penalty_count, after.size):
            call_kernel(after[o], layout, loss_row + 1 + o, update_arrays, batch, TRAIN, seed, step)
        due = plan[i, EPOCH_ENDS] == 1 or step % CHECK_EVERY == CHECK_EVERY - 1
        if due and not all_finite(parameters):
            return i + 1, BAD_PARAMETER
        if exploded(loss, plan[i, EPOCH_ENDS] == 1, rule, recent, tally):
            return i + 1, EXPLODED
        if plan[i, EPOCH_ENDS] == 1:
            for part in range(2):  # one call of `evaluate`, so that it is compiled in once
                chosen = sample if part == 0 else validation
                read = evaluate(
                    forward, layout, arrays, pixels, numbers, shift, scale, targets, chosen, piece, seed, step
                )
                readings[ends, part], readings[ends, 2 + part] = read[1], read[0]
            ends += 1
        if last:
            return i + 1, GOING
    return 0, GOING


@machine_part
def exploded(loss, epoch_ends, rule, recent, tally):
    """Take note of one loss and tell whether the rule calls it an explosion.

    Judged at every step: the mean of the last `recent.size` losses exceeds factor times the initial loss.
    Judged at epoch ends: the mean of the epoch does.
    """
    spot = int(tally[SPOT])
    tally[SUM] += loss - recent[spot]
    recent[spot] = loss
    spot += 1
    if spot == recent.size:
        spot = 0
        total = 0.0  # summed anew, so that rounding does not pile up
        for i in range(recent.size):
            total += recent[i]
        tally[SUM] = total
    tally[SPOT] = spot
    tally[COUNT] += 1
    tally[EPOCH_SUM] += loss
    tally[EPOCH_COUNT] += 1
    mean = np.nan
    if rule[2] == 1:
        if epoch_ends:
            mean = tally[EPOCH_SUM] / tally[EPOCH_COUNT]
    elif tally[COUNT] >= recent.size:
        mean = tally[SUM] / recent.size
    if epoch_ends:
        tally[EPOCH_SUM] = tally[EPOCH_COUNT] = 0
    tally[MEAN] = mean
    return rule[0] == 1 and mean > rule[1] * tally[INITIAL_LOSS]

"""Where one stands in a step of training: how many examples have gone forward and back, and what comes after."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

PHASES: Final = 4
"""Sample; forward, add the loss; backward, add the gradient; average and update."""


@dataclass(frozen=True)
class Stand:
    """A position: examples sent forward and back so far, and which of the two came last; what is done after them."""

    sampled: bool = False
    forward: int = 0
    backward: int = 0
    turned: bool = False
    averaged: bool = False
    updated: bool = False

    @property
    def phase(self) -> int:
        """The phase that one is in, from 1; 0 before the first."""
        if self.averaged:
            return 4
        if self.turned:
            return 3
        return 2 if self.forward > 0 else int(self.sampled)

    @property
    def example(self) -> int:
        """The row of the example that has just gone forward or back; -1 for none."""
        return (self.backward if self.turned else self.forward) - 1


@dataclass
class PhaseWalk:
    """Goes on by a single example or by a whole phase, and back the way it came.

    Attributes
    ----------
    size
        Examples of the mini-batch.
    apart
        Whether examples go back one at a time; else all together.
    """

    size: int
    apart: bool
    stand: Stand = Stand()
    _before: list[Stand] = field(default_factory=list)

    @property
    def at_start(self) -> bool:
        """Whether nothing has been done."""
        return self.stand == Stand()

    def one_on(self) -> None:
        """Send the next example forward, or the one that is there back; then average, then update."""
        stand = self.stand
        if not stand.sampled:
            self._go(sampled=True)
        elif stand.forward < self.size and (stand.forward == stand.backward or not self.apart):
            self._go(forward=stand.forward + 1, turned=False)
        elif stand.backward < stand.forward:
            self._go(backward=stand.backward + 1 if self.apart else self.size, turned=True)
        elif not stand.averaged:
            self._go(averaged=True)
        elif not stand.updated:
            self._go(updated=True)

    def phase_on(self) -> None:
        """Do the rest of the present phase, or the whole of the next one."""
        stand = self.stand
        if not stand.sampled:
            self._go(sampled=True)
        elif stand.forward < self.size:
            self._go(forward=self.size, turned=False)
        elif stand.backward < self.size:
            self._go(backward=self.size, turned=True)
        elif not stand.updated:
            self._go(averaged=True, updated=True)

    def back(self) -> None:
        """Go back to where one came from."""
        if self._before:
            self.stand = self._before.pop()

    def rewind(self) -> None:
        """Go back to the beginning."""
        self.stand = Stand()
        self._before.clear()

    def go_to_phase(self, phase: int) -> None:
        """Go to the end of a phase."""
        self.rewind()
        for _done in range(phase):
            self.phase_on()

    def _go(self, **changes: Any) -> None:
        self._before.append(self.stand)
        self.stand = replace(self.stand, **changes)

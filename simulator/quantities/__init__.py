"""Numbers by name: what can be asked of a run, a bench or a lab, each declared once. Lessons and reports use them.

`measure(run, names)` gives the values; the vocabulary itself loads no numba.
"""

from typing import TYPE_CHECKING

from simulator.late import late
from simulator.quantities.name import Name, read_name
from simulator.quantities.quantity import COSTS, Quantity, Value
from simulator.quantities.register import declared, quantities

if TYPE_CHECKING:
    from simulator.quantities.measuring import measure
    from simulator.quantities.subject import Subject
else:
    __getattr__ = late(__name__, measuring=("measure",), subject=("Subject",))

__all__ = [
    "COSTS",
    "Name",
    "Quantity",
    "Subject",
    "Value",
    "declared",
    "measure",
    "quantities",
    "read_name",
]

"""Columns of the layout table: what a kernel reads of its row. All offsets count numbers, not bytes.

Offsets of `INPUT` and `OUTPUT` are for one example: in an arena filled with `batch` examples a block begins at
offset * batch and holds (batch, size) numbers, example after example.
"""

N_IN = 0  # numbers of one example going in
N_OUT = 1  # numbers of one example coming out
INPUT = 2
OUTPUT = 3
WORKSPACE = 4  # the operation's own numbers, kept from forward to backward
CONSTANTS = 5  # its real numbers in the table of constants
STATE = 6  # its running statistics; for an update rule the start of its slots
FIRST = 7  # 1 where no gradient of the input is asked for while training
BLOCKS = 8  # offsets of up to four parameter blocks: columns 8 to 11
OWN = 12  # whole numbers of the kind itself: columns 12 to 15
OPERATION = 16  # the number of the operation, for random draws
COLUMNS = 18

TRAIN, EVALUATE, PROBE = 0, 1, 2  # modes

"""The window: `python -m app [FILE]`."""

import os
import sys

# Before NumPy and SciPy load: two BLAS threads give other bits and slow two runs down.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app.bootstrap import run


def main() -> int:
    """Open the window; return the exit code."""
    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m simulator`: list, run, layers, check, bench."""

import sys

from simulator.headless.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``python -m offensive_sim``."""

import sys

from offensive_sim.cli import main

if __name__ == "__main__":
    sys.exit(main())

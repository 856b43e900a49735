"""`python -m lsq`: the same as `lsq`."""

from __future__ import annotations

import sys

from lsq.cli import main

if __name__ == "__main__":
    sys.exit(main())

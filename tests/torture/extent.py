"""The short form runs with the other tests, the long one by `make torture`."""

import os

LONG = bool(os.environ.get("CUADRA_TORTURE"))

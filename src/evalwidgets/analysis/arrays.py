"""The array types of the statistics, named once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
Level: TypeAlias = Any
"""One declared value of a scale: an int, a text, or a tuple of texts for `multi`."""
Levels: TypeAlias = Sequence[Level]

"""Words of texts by how telling they are (TF-IDF), for likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array, diags_array

from evalwidgets.analysis.arrays import FloatArray

_WORD = re.compile(r"\w\w+")


class WordWeights:
    """The words of many texts, each weighed by how few texts have it.

    Parameters
    ----------
    texts : sequence of str
        One for each task, in their order; an empty one has no words.

    Notes
    -----
    Counts times ``ln((1 + n) / (1 + texts with the word)) + 1``, each text scaled to length
    one: the formula, and the words of two letters and more, of scikit-learn's
    `TfidfVectorizer` (Salton and Buckley, 1988), which a test compares with.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_WORD.findall(text.lower())) for text in texts]
        self._words = sorted({word for one in counts for word in one})
        place = {word: at for at, word in enumerate(self._words)}
        rows = np.repeat(np.arange(len(texts)), [len(one) for one in counts])
        columns = np.array([place[word] for one in counts for word in one], dtype=np.int64)
        times = np.array([n for one in counts for n in one.values()], dtype=float)
        having = np.bincount(columns, minlength=len(self._words))
        weights = times * (np.log((1 + len(texts)) / (1 + having)) + 1)[columns]
        table = csr_array((weights, (rows, columns)), shape=(len(texts), len(self._words)))
        length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        self._said = length > 0
        self.table = csr_array(diags_array(1 / np.where(self._said, length, 1)) @ table)
        """One row a text, one column a word."""

    def cosines(self, at: int) -> FloatArray:
        """Return the cosine of one text with every text, 0 to 1; NaN where one has no words."""
        both = (self.table @ self.table[[at]].T).toarray().ravel()
        return np.where(self._said & self._said[at], np.clip(both, 0, 1), np.nan)

    def shared(self, at: int, other: int, most: int) -> list[str]:
        """Return the words that bring two texts together, the most telling first."""
        product = self.table[[at]].multiply(self.table[[other]]).tocoo()
        best = np.argsort(-product.data, kind="stable")[:most]
        return [self._words[column] for column in product.col[best]]

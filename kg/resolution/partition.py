"""Union-find."""

from __future__ import annotations

from collections import defaultdict

__all__ = ["Partition"]


class Partition:
    """Sets over things known by their index, the smallest index of a set standing for it."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        """The one that stands for the set of this item."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, left: int, right: int) -> None:
        """Makes one set of two."""
        low, high = sorted((self.root(left), self.root(right)))
        self._parent[high] = low

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, in the order of their smallest."""
        found: dict[int, list[int]] = defaultdict(list)
        for item in range(len(self._parent)):
            found[self.root(item)].append(item)
        return list(found.values())

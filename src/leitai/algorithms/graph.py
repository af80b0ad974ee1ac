"""Which entries can be compared at all.

Two entries can be compared across jurors when a path of sheets leads from one to the other:
juror A saw both X and Y, juror B both Y and Z. The parts that no path joins are the connected
components of the juror–entry graph.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from leitai.algorithms.notes import Id, in_order


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the graph in which everything can be compared with everything."""

    entries: tuple[Id, ...]
    jurors: tuple[Id, ...]


def label(
    *, entry: np.ndarray, juror: np.ndarray, n_entries: int, n_jurors: int
) -> tuple[np.ndarray, np.ndarray]:
    """The component number of every entry and of every juror, numbered from 0 in one series."""
    size = n_entries + n_jurors
    arcs = (np.ones(len(entry), dtype=np.int8), (entry, juror + n_entries))
    labels = connected_components(coo_array(arcs, shape=(size, size)), directed=False)[1]
    return labels[:n_entries], labels[n_entries:]


def components(pairs: Iterable[tuple[Id, Id]], *, alone: Collection[Id] = ()) -> list[Component]:
    """The parts of the graph of (entry, juror) pairs, those with most entries first.

    `alone` names entries without any sheet: each is a part of its own.
    """
    pairs = list(pairs)
    entries = in_order({entry for entry, _ in pairs} | set(alone))
    jurors = in_order({juror for _, juror in pairs})
    at_entry = {entry: i for i, entry in enumerate(entries)}
    at_juror = {juror: i for i, juror in enumerate(jurors)}
    of_entry, of_juror = label(
        entry=np.array([at_entry[e] for e, _ in pairs], dtype=np.int64),
        juror=np.array([at_juror[j] for _, j in pairs], dtype=np.int64),
        n_entries=len(entries),
        n_jurors=len(jurors),
    )
    parts: dict[int, tuple[list[Id], list[Id]]] = {}
    for i, part in enumerate(of_entry.tolist()):
        parts.setdefault(part, ([], []))[0].append(entries[i])
    for i, part in enumerate(of_juror.tolist()):
        parts.setdefault(part, ([], []))[1].append(jurors[i])
    found = [Component(tuple(e), tuple(j)) for e, j in parts.values()]
    return sorted(found, key=lambda part: -len(part.entries))

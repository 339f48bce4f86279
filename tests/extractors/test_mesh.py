"""Cells between the rules drawn: every place of a grid is covered once, whatever is drawn."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from extractors.geometry import Flags
from extractors.tables.grid import Grid
from extractors.tables.mesh import _cells


@st.composite
def rules(draw: st.DrawFn) -> tuple[Flags, Flags]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    lies = draw(arrays(np.bool_, (rows + 1, columns)))
    stands = draw(arrays(np.bool_, (rows, columns + 1)))
    return lies, stands


@given(rules())
def test_every_place_is_covered_once(drawn: tuple[Flags, Flags]) -> None:
    lies, stands = drawn
    rows, columns = stands.shape[0], lies.shape[1]
    covered = np.zeros((rows, columns), dtype=int)
    for cell in _cells(lies, stands):
        covered[
            cell.row : cell.row + cell.row_span, cell.column : cell.column + cell.column_span
        ] += 1
    assert (covered == 1).all()


@given(rules())
def test_a_printed_cell_has_no_rule_inside(drawn: tuple[Flags, Flags]) -> None:
    lies, stands = drawn
    for cell in _cells(lies, stands):
        bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
        if cell.printed:
            assert not lies[cell.row + 1 : bottom, cell.column : right].any()
            assert not stands[cell.row : bottom, cell.column + 1 : right].any()


@given(rules())
def test_rules_everywhere_part_every_place(drawn: tuple[Flags, Flags]) -> None:
    lies, stands = np.ones_like(drawn[0]), np.ones_like(drawn[1])
    cells = _cells(lies, stands)
    assert len(cells) == lies.shape[1] * stands.shape[0]
    assert all(cell.printed for cell in cells)


def test_a_point_finds_its_cell() -> None:
    cells = _cells(np.ones((3, 2), np.bool_), np.ones((2, 3), np.bool_))
    grid = Grid((0.0, 50.0, 90.0), (0.0, 20.0, 40.0), cells, "ruled")
    found = grid.find_cells(np.array([10.0, 60.0, 90.0, -1.0]), np.array([30.0, 5.0, 5.0, 5.0]))
    assert found.tolist() == [2, 1, -1, -1]

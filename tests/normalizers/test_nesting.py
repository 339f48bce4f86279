"""Which line of a budget stands under which."""

from decimal import Decimal

import pytest

from normalizers.nesting import Draft, is_above, is_total_label, levels, nest


def draft(code: str = "", label: str = "", *amounts: str, depth: int = 0) -> Draft:
    return Draft(code, label, depth, {at: Decimal(one) for at, one in enumerate(amounts)})


def parents(*lines: Draft) -> list[int | None]:
    nest(lines)
    return [line.parent for line in lines]


@pytest.mark.parametrize(("upper", "lower", "above"), [
    ("2.1", "2.1.3", True), ("2.1", "2.10", False), ("10000", "11300", True),
    ("11000", "11300", True), ("10000", "20000", False), ("51", "510105", True),
    ("9_5", "9_51", True), ("1", "1", False), ("", "1", False), ("1.3. 39", "1.3. 39. 29", True),
])  # fmt: skip
def test_codes_above_others(upper: str, lower: str, above: bool) -> None:
    assert is_above(upper, lower) is above


@pytest.mark.parametrize(("label", "total"), [
    ("TOTAL", True), ("T O T A L E S", True), ("Sub total", True), ("Gran total", True),
    ("Parcial fte. 1", True), ("Suma", True), ("Total de actividades", False),
    ("Sumas de dinero", False), ("Monto total en soles", False), ("Servicios", False),
])  # fmt: skip
def test_labels_of_sums(label: str, total: bool) -> None:
    assert is_total_label(label) is total


def test_codes_nest_lines() -> None:
    lines = [draft("10000", "A", "5", "9"), draft("11000", "B", "2", "4"),
             draft("12000", "C", "3", "5"), draft("20000", "D", "1", "1")]  # fmt: skip
    assert parents(*lines) == [None, 0, 0, None]
    assert levels(lines) == [1, 2, 2, 1]


def test_numbers_of_a_list_are_no_hierarchy() -> None:
    lines = [draft(str(at), "x", "1", "2") for at in range(1, 12)]
    assert set(parents(*lines)) == {None}


def test_codes_that_never_add_up_are_no_hierarchy() -> None:
    assert parents(draft("T3", "A", "10"), draft("T3-05", "B", "99")) == [None, None]


def test_the_place_of_a_label_nests_lines() -> None:
    lines = [
        draft("", "Impuestos", "5"),
        draft("", "Predial", "5", depth=1),
        draft("", "Otros", "1"),
    ]
    assert parents(*lines) == [None, 0, None]


def test_a_line_printed_above_its_parts() -> None:
    lines = [draft("", "01 Ordinarios", "5", "9"), draft("", "Bienes", "2", "4"),
             draft("", "Personal", "3", "5"), draft("", "02 Propios", "1", "1")]  # fmt: skip
    assert parents(*lines) == [None, 0, 0, None]


def test_sums_hold_the_lines_they_close() -> None:
    lines = [draft("", "A", "1", "2"), draft("", "B", "3", "4"), draft("", "Subtotal", "4", "6"),
             draft("", "C", "5", "5"), draft("", "Subtotal", "5", "5"),
             draft("", "TOTAL", "9", "11")]  # fmt: skip
    assert parents(*lines) == [2, 2, 5, 4, 5, None]
    assert levels(lines) == [2, 2, 1, 2, 1, 0]


def test_a_sum_with_one_figure_wrong_still_holds_its_lines() -> None:
    lines = [draft("", "A", "1", "2"), draft("", "B", "3", "4"), draft("", "Total", "4", "7")]
    assert parents(*lines) == [2, 2, None]


def test_a_sum_that_closes_nothing_holds_nothing() -> None:
    assert parents(draft("", "A", "1"), draft("", "Total", "70")) == [None, None]


def test_a_sum_that_is_not_called_one() -> None:
    lines = [draft("1", "A", "1", "2"), draft("2", "B", "3", "4"), draft("9", "Aprobado", "4", "6")]
    assert parents(*lines) == [2, 2, None]
    assert lines[2].total


def test_nothing_is_no_hierarchy() -> None:
    assert parents() == []
    assert parents(draft("", "A")) == [None]

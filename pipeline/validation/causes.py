"""The likely cause of a sum that does not add up: named only when the digits show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

FACTORS = (Decimal(10), Decimal(100), Decimal(1000))


@dataclass(frozen=True, slots=True)
class Addition:
    """A printed sum, the amounts it should add, whether these are sums, and the sum before it."""

    stated: Decimal
    amounts: Sequence[Decimal]
    are_sums: bool = False
    earlier: Decimal | None = None

    @property
    def excess(self) -> Decimal:
        """How much the printed sum is above its rows."""
        return self.stated - sum(self.amounts, Decimal(0))


def likely_cause(addition: Addition) -> tuple[str, Decimal] | None:
    """A cause of the catalogue ("cause.*") and the amount it shows in; None when none shows."""
    tests = (_subtotal_added, _separator, _line_missing_or_twice, _digits_swapped)
    return next((cause for test in tests for cause in test(addition)), None)


def _subtotal_added(addition: Addition) -> Iterator[tuple[str, Decimal]]:
    if addition.earlier and addition.excess == addition.earlier:
        yield "subtotal_as_line", addition.earlier
    if addition.are_sums and addition.excess and addition.stated == 2 * addition.excess:
        yield "counted_twice_over", addition.stated


def _separator(addition: Addition) -> Iterator[tuple[str, Decimal]]:
    expected = addition.stated - addition.excess
    for factor in FACTORS:
        if addition.stated in (expected * factor, expected / factor):
            yield "separator", addition.stated
    for amount in addition.amounts:
        for factor in FACTORS:
            if addition.excess in (amount * factor - amount, amount / factor - amount):
                yield "separator", amount


def _line_missing_or_twice(addition: Addition) -> Iterator[tuple[str, Decimal]]:
    for amount in addition.amounts:
        if amount and addition.excess == -amount:
            yield "line_left_out", amount
        if amount and addition.excess == amount:
            yield "sum_twice" if addition.are_sums else "line_twice", amount


def _digits_swapped(addition: Addition) -> Iterator[tuple[str, Decimal]]:
    expected = addition.stated - addition.excess
    if expected in swaps(addition.stated):
        yield "digits_swapped", addition.stated
    for amount in addition.amounts:
        if amount + addition.excess in swaps(amount):
            yield "digits_swapped", amount


def swaps(amount: Decimal) -> set[Decimal]:
    """The amounts that two neighbouring digits, changed about, would have made of this one."""
    digits = f"{amount:f}".replace(".", "")
    places = max(0, len(f"{amount:f}".partition(".")[2]))
    swapped = (
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and (digits[at] + digits[at + 1]).isdigit()
    )
    return {Decimal(text).scaleb(-places) for text in swapped}

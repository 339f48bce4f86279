"""Good reports with faults put in by a seeded hand: the same seed gives the same bytes."""

import random
from collections.abc import Callable
from pathlib import Path

Mutation = Callable[[bytearray, random.Random], None]


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_tail(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def cut_piece(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 5_000)]


def repeat_piece(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randint(1, 2_000)] * chance.randint(1, 20)


def put_zeros(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start : start + 200] = bytes(chance.randint(1, 400))


def swap_digits(data: bytearray, chance: random.Random) -> None:
    """Numbers are lengths and places: the cruellest bytes of a PDF."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    for _ in range(chance.randint(1, 30) if digits else 0):
        data[chance.choice(digits)] = chance.randint(48, 57)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, cut_tail, cut_piece, repeat_piece, put_zeros, swap_digits,
)  # fmt: skip


def mutate(reports: list[Path], count: int) -> dict[str, bytes]:
    """So many damaged copies by name, one kind of fault after the other."""
    made = {}
    for seed in range(count):
        chance = random.Random(seed)
        report = reports[seed % len(reports)]
        mutation = MUTATIONS[seed % len(MUTATIONS)]
        data = bytearray(report.read_bytes())
        mutation(data, chance)
        made[f"{mutation.__name__}-{seed:03d}{report.suffix}"] = bytes(data)
    return made

"""A Reading as data and back: JSON, compressed, by the declared types of the model; never pickle.

Each dataclass is a list of its fields in order. Blocks are listed once, those that a Block is made
of before it, and stand elsewhere as their place in that list: a cell is held by its table and by
the values read from it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pipeline.model import Block, Reading

LARGEST = 2**30  # bytes of JSON that are unpacked at most
_LEVEL = 1  # zlib: 4 times as fast as the default, a tenth larger


class NotDecoded(ValueError):
    """Bytes that are not a Reading as this version of the program writes one."""


@dataclass(frozen=True, slots=True)
class _Coding:
    """How values of one declared type go out and come back; both raise for another type."""

    encode: Callable[[Any, _Blocks], Any]
    decode: Callable[[Any, _Blocks], Any]


class _Blocks:
    """The Blocks of one Reading, in the order of the list."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}  # by identity: equal ones may be many, and cost no more
        self.encoded: list[Any] = []
        self.decoded: list[Block] = []

    def put(self, block: Block) -> int:
        place = self.places.get(id(block))
        if place is None:
            told = [getattr(block, name) for name in _BLOCK_FIELDS]
            told[-1] = [self.put(part) for part in block.parts]
            self.encoded.append(told)
            place = self.places[id(block)] = len(self.encoded) - 1
        return place

    def take(self, place: Any) -> Block:
        if type(place) is not int or not 0 <= place < len(self.decoded):
            raise NotDecoded("block")
        return self.decoded[place]

    def restore(self, blocks: list[Any]) -> None:
        for values in blocks:
            *plain, parts = values
            told = zip(_BLOCK_CODINGS.items(), plain, strict=True)
            checked = {name: coding.decode(value, self) for (name, coding), value in told}
            self.decoded.append(Block(**checked, parts=tuple(map(self.take, parts))))


def encode_reading(reading: Reading) -> bytes:
    """The Reading in bytes; the same Reading gives the same bytes."""
    blocks = _Blocks()
    told = _coding(Reading).encode(reading, blocks)
    content = json.dumps([blocks.encoded, told], separators=(",", ":"), default=_plain)
    return zlib.compress(content.encode("ascii"), _LEVEL)


def decode_reading(data: bytes) -> Reading:
    """The Reading that these bytes tell, equal to the one encoded. Raises NotDecoded."""
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(data, LARGEST)
        if not unpacker.eof:
            raise NotDecoded("size")
        told_blocks, told = json.loads(content)
        blocks = _Blocks()
        blocks.restore(told_blocks)
        reading: Reading = _coding(Reading).decode(told, blocks)
    except (ValueError, TypeError, KeyError, zlib.error, InvalidOperation, RecursionError) as fault:
        raise NotDecoded(type(fault).__name__) from fault
    return reading


def _plain(value: Any) -> Any:
    """NumPy's numbers, which readers may leave in a Block, as Python's own."""
    return value.item()


@cache
def _coding(kind: Any) -> _Coding:
    """The coding of a declared type: resolved once, for the model never changes."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Block:
        return _Coding(lambda block, blocks: blocks.put(block), lambda at, blocks: blocks.take(at))
    if is_dataclass(kind):
        return _record_coding(kind)
    if origin in (Union, UnionType):
        return _union_coding(parts)
    if origin is tuple:
        return _list_coding(_coding(parts[0])) if parts[1:] == (...,) else _tuple_coding(parts)
    if origin is frozenset:
        return _set_coding(_coding(parts[0]))
    if origin in (Mapping, AnyMapping):
        return _mapping_coding(_coding(parts[1]))
    return _plain_coding(str if origin is Literal else kind)


def _plain_coding(kind: type) -> _Coding:
    def decode(value: Any, blocks: _Blocks) -> Any:
        if kind is float and type(value) is int:
            return value  # a whole number that a reader left where fractions may stand
        if type(value) is not kind:
            raise NotDecoded(kind.__name__)
        return value

    return _Coding(lambda value, blocks: value, decode)


def _record_coding(kind: Any) -> _Coding:
    hints = get_type_hints(kind)
    codings = [(one.name, _coding(hints[one.name])) for one in fields(kind)]

    def encode(value: Any, blocks: _Blocks) -> list[Any]:
        return [coding.encode(getattr(value, name), blocks) for name, coding in codings]

    def decode(told: Any, blocks: _Blocks) -> Any:
        pairs = zip(codings, told, strict=True)
        return kind(**{name: coding.decode(value, blocks) for (name, coding), value in pairs})

    return _Coding(encode, decode)


def _list_coding(item: _Coding) -> _Coding:
    return _Coding(
        lambda values, blocks: [item.encode(value, blocks) for value in values],
        lambda told, blocks: tuple(item.decode(value, blocks) for value in _expect(list, told)),
    )


def _tuple_coding(parts: tuple[Any, ...]) -> _Coding:
    items = [_coding(part) for part in parts]

    def encode(values: Any, blocks: _Blocks) -> list[Any]:
        return [item.encode(value, blocks) for item, value in zip(items, values, strict=True)]

    def decode(told: Any, blocks: _Blocks) -> tuple[Any, ...]:
        return tuple(item.decode(value, blocks) for item, value in zip(items, told, strict=True))

    return _Coding(encode, decode)


def _set_coding(item: _Coding) -> _Coding:
    return _Coding(
        lambda values, blocks: sorted(item.encode(value, blocks) for value in values),
        lambda told, blocks: frozenset(item.decode(value, blocks) for value in told),
    )


def _mapping_coding(item: _Coding) -> _Coding:
    def encode(values: Any, blocks: _Blocks) -> dict[str, Any]:
        return {name: item.encode(value, blocks) for name, value in values.items()}

    def decode(told: Any, blocks: _Blocks) -> dict[str, Any]:
        return {name: item.decode(value, blocks) for name, value in _expect(dict, told).items()}

    return _Coding(encode, decode)


_TAGS: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("d", Decimal),
    date: ("t", date.fromisoformat),
}


def _union_coding(parts: tuple[Any, ...]) -> _Coding:
    """Nothing, or one of the others; where there are several, JSON or a tag tells which."""
    others = [part for part in parts if part is not NoneType]
    if len(others) == 1:
        return _optional_coding(_coding(others[0]))
    tags = {tag: parse for kind, (tag, parse) in _TAGS.items() if kind in others}
    plain = {kind for kind in others if kind not in _TAGS}

    def encode(value: Any, blocks: _Blocks) -> Any:
        tag = _TAGS.get(type(value))
        return [tag[0], str(value)] if tag else value

    def decode(told: Any, blocks: _Blocks) -> Any:
        if isinstance(told, list):
            tag, text = told
            return tags[tag](_expect(str, text))
        if told is not None and type(told) not in plain:
            raise NotDecoded(type(told).__name__)
        return told

    return _Coding(encode, decode)


def _optional_coding(item: _Coding) -> _Coding:
    return _Coding(
        lambda value, blocks: None if value is None else item.encode(value, blocks),
        lambda told, blocks: None if told is None else item.decode(told, blocks),
    )


def _expect(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise NotDecoded(kind.__name__)
    return value


def _block_codings() -> Iterator[tuple[str, _Coding]]:
    hints = get_type_hints(Block)
    for one in fields(Block):
        if one.name != "parts":
            yield one.name, _coding(hints[one.name])


_BLOCK_CODINGS = dict(_block_codings())
_BLOCK_FIELDS = (*_BLOCK_CODINGS, "parts")

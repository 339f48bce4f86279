"""A Reading as data: equal when it comes back, and refused when it was tampered with."""

import json
import zlib
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from sample_readings import FAMILIES, read_sample

from pipeline.ledger.codec import NotDecoded, decode_reading, encode_reading
from pipeline.model import Block, Document, Profile, Reading, Record, Repair, Table, Value

SHA = "ab" * 32
CELL = Block("72 %", 9, None, (1.5, 2.0, 3.25, 0.1), "text", 0.5, 1, 2, 3, 1, 2)
CUT = Block("a b", parts=(CELL, Block("\udcf1 \0 \u202e", line=3)))


def make_reading() -> Reading:
    table = Table(
        number=1,
        rows=((CELL, None), (CUT, CELL)),
        caption=CUT,
        repairs=(Repair("cut", CUT, {"a": "b"}),),
        names=(None, CELL),
        shapes=("percent",),
        breaks=frozenset({3, 1}),
        totals=frozenset({2}),
    )
    values = [None, "x", 7, Decimal("1.50"), Decimal("NaN"), date(2020, 5, 1), "2020-05-01"]
    fields = {f"field_{place}": Value(value, CELL) for place, value in enumerate(values)}
    record = Record("activity", "a-a001", "a", fields, (("printed:x", Value(Decimal(0))),))
    document = Document("a\udcf1o.pdf", SHA, "application/pdf", 9, tables=(table,), repairs=())
    profile = Profile("plan", {"es": "Plan"}, {"a+": 0.5}, ignore=("x",))
    return Reading(document, profile, 0.75, (record,))


def test_everything_comes_back_with_its_type():
    reading = make_reading()
    again = decode_reading(encode_reading(reading))
    assert repr(again) == repr(reading)
    assert again.records[0].fields["field_0"].block is again.document.tables[0].rows[0][0]


def test_the_same_reading_gives_the_same_bytes():
    assert encode_reading(make_reading()) == encode_reading(make_reading())
    again = decode_reading(encode_reading(make_reading()))
    assert encode_reading(again) == encode_reading(make_reading())


@pytest.mark.parametrize("form", ["pdf", "txt"])
@pytest.mark.parametrize("stem", sorted(FAMILIES.values()))
def test_sample_reports_come_back(stem, form):
    reading = read_sample(stem, form)
    assert decode_reading(encode_reading(reading)) == reading


def test_numbers_of_numpy_become_plain_ones():
    block = Block("a", page=np.int64(3), bbox=tuple(np.array([1, 2, 3, 4], np.float32)))
    reading = Reading(Document("a", SHA, prose=(block,)))
    (back,) = decode_reading(encode_reading(reading)).document.prose
    assert back == block and type(back.page) is int and type(back.bbox[0]) is float


def tampered(change):
    content = json.loads(zlib.decompress(encode_reading(make_reading())))
    change(content)
    return zlib.compress(json.dumps(content).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not packed",
        encode_reading(make_reading())[:-9],
        zlib.compress(b"[]"),
        zlib.compress(b"[[], {}]"),
        zlib.compress(b"[" * 100_000),
        tampered(lambda content: content[0][0].pop()),
        tampered(lambda content: content[0][0].__setitem__(-1, [0])),
        tampered(lambda content: content[0][0].__setitem__(0, 7)),
        tampered(lambda content: content[1].pop()),
        tampered(lambda content: content[1].__setitem__(2, "much")),
        tampered(lambda content: content[1][0].__setitem__(0, None)),
    ],
)
def test_what_is_no_reading_is_refused(data):
    with pytest.raises(NotDecoded):
        decode_reading(data)

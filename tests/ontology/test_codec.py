import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology import model
from ontology.codec import canonical_json, decode, digest, encode
from ontology.errors import StoreError

CLASSES = [
    getattr(model, name)
    for name in sorted(dir(model))
    if isinstance(getattr(model, name), type) and hasattr(getattr(model, name), "__dataclass_fields__")
]
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_codec_round_trips_every_model_class(cls):
    @given(st.from_type(cls))
    @settings(max_examples=20, deadline=None)
    def round_trip(value):
        written = canonical_json(encode(value))
        assert decode(cls, json.loads(written)) == value
        assert canonical_json(encode(decode(cls, json.loads(written)))) == written

    round_trip()


def test_codec_leaves_defaults_out_and_keeps_zero():
    assert encode(model.Conditions()) == {}
    assert encode(model.Quantity(value=0.0)) == {"value": 0.0}
    assert decode(model.Quantity, {"value": 0}).value == 0.0


def test_codec_keeps_spans_and_pairs():
    edge = model.DoubleEdge("i", "optimum", "c", "C", "g", "k", separated_by=(("dose", "5 %", "25 %"),))
    assert decode(model.DoubleEdge, encode(edge)) == edge
    assert encode(model.Block("paragraph", (model.Span(0, 3),)))["pieces"] == [[0, 3]]


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (model.Quantity, {"value": "seven"}),
        (model.Quantity, {"colour": "red"}),
        (model.Quantity, []),
        (model.CauseChange, {"kind": "sprinkled"}),
        (model.Block, {"kind": "title"}),
        (model.Block, {"kind": "title", "pieces": [[1, 2, 3]]}),
        (model.Block, {"kind": "title", "pieces": 4}),
        (model.Mention, {"start": True}),
    ],
)
def test_codec_refuses_what_does_not_fit(cls, data):
    with pytest.raises(StoreError):
        decode(cls, data)


def test_codec_refuses_foreign_values():
    with pytest.raises(TypeError):
        encode({"a": 1})
    with pytest.raises(StoreError, match="Out of range"):
        canonical_json(encode(model.Quantity(value=math.nan)))


def test_codec_digest_does_not_depend_on_key_order():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})

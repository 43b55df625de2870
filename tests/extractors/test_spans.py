from pathlib import Path

import pytest

from extractors import extract, read, to_contract

TEXT = (
    "\ufeffFEC improves the cycling stability of Si–C anodes.\r\n\r\n"
    "🙂 In LiPF₆ the PAA binder kept a capacity retention of 80.5 % after 100 cycles, a high eﬃciency.\r\n"
)


@pytest.mark.parametrize("part", ["mentions", "effects", "measurements"])
def test_spans_quote_the_source_to_the_character(tmp_path: Path, part: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(TEXT.encode())
    document = read(path)
    claims = to_contract(extract(document))[part]
    spans = [span for claim in claims for span in ([claim] if part == "mentions" else claim["evidence"])]
    assert spans
    assert [document.text[span["start"] : span["end"]] for span in spans] == [span["text"] for span in spans]

from pathlib import Path

from extractors import read
from extractors.measurements import MeasurementReading
from extractors.tables import find_in_table
from ontology import load_ontology

PAGE = """<html><body><article><h1>Results</h1>
<p>Some words about the cells that were built and tested here.</p>{}</article></body></html>"""
ACROSS = """<table><caption>Half-cell results.</caption>
<thead><tr><th rowspan="2">Sample</th><th rowspan="2">Binder</th><th colspan="2">First cycle</th>
<th>Current density (A g<sup>-1</sup>)</th></tr>
<tr><th>Capacity (mAh g<sup>-1</sup>)</th><th>ICE (%)</th><th></th></tr></thead>
<tbody><tr><td>Si@C</td><td>PAA</td><td>2150</td><td>86.1</td><td>0.4</td></tr>
<tr><td>bare powder</td><td>CMC</td><td>2980 ± 40</td><td>-</td><td>0.4</td></tr>
<tr><td>misprint</td><td>CMC</td><td>0</td><td>971</td><td>0.4</td></tr></tbody></table>"""
DOWN = """<table><thead><tr><th></th><th>Graphite</th><th>SiOx</th></tr></thead><tbody>
<tr><th>Tap density (g cm<sup>-3</sup>)</th><td>1.1</td><td>0.7</td></tr></tbody></table>"""


def reading(tmp_path: Path, table: str) -> MeasurementReading:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(table), encoding="utf-8")
    document = read(path)
    return find_in_table(document, document.tables[0], load_ontology())


def test_tables_take_metric_and_unit_from_the_heading(tmp_path: Path) -> None:
    found = reading(tmp_path, ACROSS).measurements
    assert [(m.metric, m.quantity.value, m.subject) for m in found] == [
        ("specific capacity", 2150.0, "Si@C"),
        ("initial coulombic efficiency", 86.1, "Si@C"),
        ("specific capacity", 2980.0, "bare powder"),
        ("specific capacity", 0.0, "misprint"),
    ]


def test_tables_quote_no_empty_cell(tmp_path: Path) -> None:
    empty = "<table><thead><tr><th>Sample</th><th>Capacity</th></tr><tr><th></th><th></th></tr><tr><th></th><th>(mAh g<sup>-1</sup>)</th></tr></thead>"
    (found,) = reading(tmp_path, f"{empty}<tbody><tr><td>Si@C</td><td>2150</td></tr></tbody></table>").measurements
    assert [one.text for one in found.evidence if one.role == "target"] == ["Capacity", "(mAh g⁻¹)"]


def test_tables_take_conditions_from_columns_and_caption(tmp_path: Path) -> None:
    first = reading(tmp_path, ACROSS).measurements[0].conditions
    assert first.current_density is not None
    assert (first.current_density.value, first.binder, first.cell) == (0.4, "PAA", "half")


def test_tables_keep_the_spread_and_refuse_the_impossible(tmp_path: Path) -> None:
    found = reading(tmp_path, ACROSS)
    assert found.measurements[2].statistic == "± 40"
    assert [r.text for r in found.refusals] == ["971"]


def test_tables_read_metrics_downwards(tmp_path: Path) -> None:
    found = reading(tmp_path, DOWN).measurements
    assert [(m.metric, m.quantity.value, m.subject) for m in found] == [
        ("tap density", 1.1, "graphite"),
        ("tap density", 0.7, "SiOx"),
    ]


def test_tables_without_metrics_give_nothing(tmp_path: Path) -> None:
    plain = (
        "<table><thead><tr><th>Step</th><th>Who</th></tr></thead><tbody><tr><td>1</td><td>us</td></tr></tbody></table>"
    )
    assert reading(tmp_path, plain).measurements == ()

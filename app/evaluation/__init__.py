"""Measure what is read against annotated passages: our own ruler, pure from gold and extraction to figures."""

from app.evaluation.calibration import Bin, calibration_error, reliability
from app.evaluation.ceiling import Ceiling, ceiling
from app.evaluation.faults import Finding
from app.evaluation.gold import Passage, Split, load_passages
from app.evaluation.judging import Judged, judge
from app.evaluation.measuring import Evaluation, Sample, evaluate
from app.evaluation.naming import Name, Naming
from app.evaluation.readings import Claim, Figure, Named, Reading, reading
from app.evaluation.tables import render
from app.evaluation.tally import Tally

__all__ = [
    "Bin",
    "Ceiling",
    "Claim",
    "Evaluation",
    "Figure",
    "Finding",
    "Judged",
    "Name",
    "Named",
    "Naming",
    "Passage",
    "Reading",
    "Sample",
    "Split",
    "Tally",
    "calibration_error",
    "ceiling",
    "evaluate",
    "judge",
    "load_passages",
    "reading",
    "reliability",
    "render",
]

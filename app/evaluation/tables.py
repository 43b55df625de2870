"""Print an evaluation for people: plain text, a hundred columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.evaluation.calibration import Bin
from app.evaluation.ceiling import Ceiling
from app.evaluation.faults import Finding
from app.evaluation.measuring import Evaluation
from app.evaluation.tally import Tally

_RECALL_ONLY = ("sign", "conditions", "mechanism link")
_AMONG_PAIRS = ("sign", "comparator", "conditions", "hedged", "negated")
_WIDTH = 40  # of the longest bar


def render(evaluation: Evaluation, *, findings: Sequence[Finding] = ()) -> Iterator[str]:
    """Yield the lines of a report; ``findings`` are listed at its end."""
    yield f"{evaluation.passages} passages, effects of confidence {evaluation.min_confidence:g} and more"
    yield ""
    yield f"{'':32s}{'P':>6s}{'R':>7s}{'F1':>7s}   right  spurious  missed"
    for name, tally in evaluation.table.items():
        yield _row(name, tally)
    yield ""
    yield "By phenomenon: passages that show it"
    yield f"{'':24s}{'signed effect P':>16s}{'R':>6s}{'annotated':>11s}{'quantity P':>13s}{'R':>6s}{'annotated':>11s}"
    for name, rows in evaluation.phenomena.items():
        effect, quantity = rows["signed effect"], rows["quantity"]
        yield f"{name:24s}{_pair(effect, 16)}{_pair(quantity, 13)}"
    yield ""
    yield from _ceiling(evaluation.ceiling)
    yield ""
    yield "Errors by category"
    for category, count in evaluation.faults.items():
        yield f"{count:6d}  {category}"
    yield ""
    yield "Reliability: of the claims this sure, so many are true (mechanism links count as claims)"
    for row in evaluation.bins:
        yield bar(row)
    yield f"expected calibration error {evaluation.calibration_error:.3f}"
    yield ""
    yield "The dial: signed effects by --min-confidence"
    for dial, tally in evaluation.curve:
        figures = f"  {dial:.2f}   P {tally.precision:.2f}   R {tally.recall:.2f}   F1 {tally.f1:.2f}"
        yield f"{figures}  {'#' * round(_WIDTH * tally.f1)}".rstrip()
    if findings:
        yield ""
        yield from ("\t".join((f.category, f.passage, f.what, f.beside)) for f in findings)


def _row(name: str, tally: Tally) -> str:
    shown = f"{name} (of right pairs)" if name in _AMONG_PAIRS else name
    if not tally.right + tally.spurious + tally.missed:
        return f"{shown:32s}   n/a"
    if name in _RECALL_ONLY:
        return f"{shown:32s}{'':6s}{tally.recall:7.3f}{'':7s}{tally.right:8d}{'':10s}{tally.missed:8d}"
    figures = f"{tally.precision:6.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
    return f"{shown:32s}{figures}{tally.right:8d}{tally.spurious:10d}{tally.missed:8d}"


def _pair(tally: Tally, width: int) -> str:
    annotated = tally.right + tally.missed
    return f"{tally.precision:{width}.2f}{tally.recall:6.2f}{annotated:11d}"


def _ceiling(reach: Ceiling) -> Iterator[str]:
    yield f"How far the {reach.effects} annotated effects get: recall cannot pass the last line"
    for words, count in (
        ("cause named somewhere in the text", reach.cause_in_text),
        ("cause named in the sentence", reach.cause_in_sentence),
        ("target named in the sentence", reach.target_in_sentence),
        ("cause in the text and target in the sentence", reach.both),
        ("pair considered, at whatever confidence", reach.considered),
        ("… with the right direction and verdict", reach.signed),
    ):
        yield f"{count:6d}  {count / reach.effects if reach.effects else 0:.2f}  {words}"


def bar(row: Bin) -> str:
    """Draw one bin: the share that is true as a bar, the confidence as a stroke."""
    place = f"  {row.low:.1f}-{row.high:.1f}"
    if not row.count:
        return f"{place}  none"
    bar = ["#" if at < round(_WIDTH * row.true) else " " for at in range(_WIDTH + 1)]
    bar[round(_WIDTH * row.confidence)] = "|"
    return f"{place}  {row.count:5d} claims  sure {row.confidence:.2f}  true {row.true:.2f}  [{''.join(bar)}]"

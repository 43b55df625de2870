"""The claim model: what a paper says, as frozen values.

``file -> Document -> Extraction -> assembled effects``. Offsets are half-open, in Unicode characters of
``Document.text``. Nothing here reads, writes, or knows of a store; ``anode.ttl`` mirrors these names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["strategy", "material", "metric", "failure_mode", "condition"]
Direction = Literal["increases", "decreases", "no_change", "mixed", "optimum"]
Verdict = Literal["beneficial", "detrimental", "neutral", "mixed", "undetermined"]
ChangeKind = Literal["applied", "removed", "increased", "decreased", "excess", "insufficient", "level"]
ComparatorType = Literal["untreated", "strategy", "dose", "material", "literature"]
SourceKind = Literal["own_result", "cited", "review_synthesis", "background", "hypothesis"]
Regime = Literal["cycling", "storage", "unspecified"]
Qualifier = Literal["=", "~", "<", ">", "≤", "≥", "up_to"]
Mode = Literal["measured", "simulated", "extrapolated", "projected"]
BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "caption", "table", "footnote", "reference", "furniture"
]
SectionRole = Literal["abstract", "introduction", "methods", "results", "discussion", "conclusion", "other"]


class Span(NamedTuple):
    """Delimit characters ``start`` (inclusive) to ``end`` (exclusive) of a document's text."""

    start: int
    end: int


# --- the document ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold one entry of a paper's reference list; a numbered reference's key is its number."""

    key: str
    text: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Mark where the running text cites references, markup such as ``^{51,52}`` included in the span."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one unit of running text: its pieces in reading order, more than one where a page or figure cuts it."""

    kind: BlockKind
    pieces: tuple[Span, ...]
    section: str = ""  # heading path, outermost first, joined by " > "
    role: SectionRole = "other"
    page: int | None = None  # 1-based, PDF only


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one table cell; rows and columns are 0-based, spans count the cells it covers."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table with its caption."""

    cells: tuple[Cell, ...]
    caption: Span | None = None
    section: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Hold a paper's text and its structure; ``text`` is what every offset counts in."""

    id: str  # file stem
    path: str
    format: str  # text | markdown | html | jats | tei | pdf
    text: str
    sha256: str  # of the file's bytes
    text_sha256: str  # of text as UTF-8
    title: str = ""
    doi: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    licence: str = ""
    article_type: str = ""  # e.g. research-article, review-article, correction
    summary_of: str = ""  # DOI of the work this text is a digest of, when it is not the paper itself
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    reader: str = ""  # name and version of the reader
    volume: str = ""
    first_page: str = ""  # or article number


# --- what is said -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Point at the words that carry a claim; the first piece of a claim's evidence is its sentence."""

    role: str  # sentence | cue | cause | target | condition | comparator | value | mechanism | antecedent
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number or a range with its unit as written and, where known, in canonical form."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier = "="
    unit: str = ""
    text: str = ""  # as written


@dataclass(frozen=True, slots=True)
class Conditions:
    """Hold the circumstances of an effect or a measurement; ``None`` means not stated, never "default"."""

    # protocol
    regime: Regime | None = None
    temperature: Quantity | None = None
    charge_rate: Quantity | None = None  # C-rate
    discharge_rate: Quantity | None = None  # C-rate
    current_density: Quantity | None = None
    voltage_window: Quantity | None = None
    cycles: Quantity | None = None
    reference_cycle: Quantity | None = None
    end_of_life: Quantity | None = None
    storage_time: Quantity | None = None
    state_of_charge: Quantity | None = None
    rest: str | None = None  # open_circuit | hold
    pressure: Quantity | None = None
    # cell
    cell: str | None = None  # half | full | symmetric | three_electrode
    format: str | None = None  # coin | pouch | cylindrical | prismatic
    cell_capacity: Quantity | None = None
    counter_electrode: str | None = None
    np_ratio: Quantity | None = None
    areal_capacity: Quantity | None = None
    loading: Quantity | None = None
    electrolyte_amount: Quantity | None = None
    # anode
    silicon_of_composite: Quantity | None = None  # wt%
    silicon_of_electrode: Quantity | None = None  # wt%
    phase: str | None = None  # amorphous | crystalline
    domain_size: Quantity | None = None
    particle_size: Quantity | None = None  # D50
    surface_area: Quantity | None = None  # BET
    pore_volume: Quantity | None = None
    thickness: Quantity | None = None
    binder: str | None = None
    prelithiation: str | None = None
    process_temperature: Quantity | None = None
    # electrolyte
    salt: str | None = None
    solvents: str | None = None
    additive: str | None = None
    dose: Quantity | None = None
    dose_basis: str | None = None
    # how it is counted
    basis: str | None = None  # per g Si | Si-C | electrode | cathode | cell
    statistic: str | None = None  # n cells, spread, best or mean
    mode: Mode | None = None
    host: str | None = None  # material the finding was made on when it is not a silicon-carbon anode
    note: str | None = None  # stated, but none of the above


@dataclass(frozen=True, slots=True)
class CauseChange:
    """Say what is done to the cause; ``quantity`` and ``basis`` belong to a level."""

    kind: ChangeKind = "applied"
    quantity: Quantity | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Comparator:
    """Name what the cause is compared with."""

    type: ComparatorType
    text: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class MechanismLink:
    """Hold one step between cause and target."""

    name: str
    concept: str | None
    direction: Direction
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold one place where a paper names a thing; ``concept`` is an IRI or None when nothing known fits."""

    start: int
    end: int
    text: str
    kind: Kind
    concept: str | None
    label: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Assertion:
    """Hold one paper's statement that a cause changes a target."""

    cause: str
    cause_concept: str | None
    cause_kind: Kind
    cause_span: Span
    target: str
    target_concept: str | None
    target_kind: Kind
    target_span: Span
    direction: Direction
    verdict: Verdict
    cause_change: CauseChange = CauseChange()
    comparator: Comparator | None = None
    conditions: Conditions = Conditions()
    magnitude: Quantity | None = None
    window: Quantity | None = None  # of an optimum: where along the lever it lies
    mechanism: tuple[MechanismLink, ...] = ()
    hedged: bool = False
    negated: bool = False
    source_kind: SourceKind = "own_result"
    citations: tuple[str, ...] = ()
    section: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    rule: str = ""
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Hold one reported number of a metric; zero is a value."""

    metric: str
    metric_concept: str | None
    quantity: Quantity
    unit_iri: str | None
    canonical_value: float | None  # mid-point where the quantity is a range
    canonical_unit: str
    value_span: Span
    subject: str | None = None
    subject_concept: str | None = None
    basis: str | None = None
    statistic: str | None = None
    mode: Mode = "measured"
    conditions: Conditions = Conditions()
    source_kind: SourceKind = "own_result"
    hedged: bool = False
    citations: tuple[str, ...] = ()
    section: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    rule: str = ""
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Hold a reading that was rejected, with its reason."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Hold all that was read from one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    effects: tuple[Assertion, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    extractor: str = ""


# --- what is concluded ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EffectKey:
    """Identify an effect: assertions with equal keys pool."""

    cause: str  # concept IRI, or an IRI local to the work
    change: ChangeKind
    target: str  # IRI of the target quantity's concept
    direction: Direction
    regime: Regime
    comparator: str  # concept IRI or "unspecified"


@dataclass(frozen=True, slots=True)
class Effect:
    """Hold an effect pooled over works."""

    iri: str
    key: EffectKey
    cause_label: str
    cause_kind: Kind
    target_label: str
    target_kind: Kind
    verdict: Verdict
    belief: float  # in [0, 1]
    works: tuple[str, ...]  # independent supporting works, by work key
    unconfirmed: tuple[str, ...] = ()  # cited works in the library that do not say so
    assertions: tuple[str, ...] = ()  # assertion IRIs
    conditions: tuple[tuple[str, str], ...] = ()  # (field, text) over all assertions, sorted
    borne_out: tuple[tuple[str, str], ...] = ()  # (citing assertion, the cited work's own assertion)
    sentence: str = ""  # the most telling one behind it
    sentence_source: str = ""  # where that stands: a DOI, "summary of" one, or a document's name
    elsewhere: bool = False  # found on other hosts alone: graphite, red phosphorus …
    confounded: tuple[tuple[str, str], ...] = ()  # (assertion IRI, levers changed together with the cause, in words)
    confounders: tuple[str, ...] = ()  # IRIs of those levers, over all assertions
    confounds: str = ""  # the same in words, with the number of works where some do without


DoubleEdgeKind = Literal["trade_off", "regime_reversal", "optimum"]


@dataclass(frozen=True, slots=True)
class DoubleEdge:
    """Hold a double-edged effect: one lever, a gain, a cost, and what separates them."""

    iri: str
    kind: DoubleEdgeKind
    cause: str
    cause_label: str
    gain: str  # effect IRI
    cost: str  # effect IRI
    separated_by: tuple[tuple[str, str, str], ...] = ()  # (field, on the gain, on the cost)
    window: Quantity | None = None
    flanks: tuple[tuple[str, str], ...] = ()  # of an optimum: (below or above, effect IRI)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Hold two opposed effects; comparable only when a known condition is shared and none differs."""

    iri: str
    first: str  # effect IRI
    second: str  # effect IRI
    status: Literal["contradiction", "explained", "unknown"]
    differing: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IndirectHelp:
    """Hold help for a metric inferred through a failure mode; never extracted, always labelled."""

    cause: str
    cause_label: str
    metric: str
    regime: Regime
    via: tuple[str, ...]  # failure mode IRIs, one or two
    effects: tuple[str, ...]  # the extracted effects behind it
    belief: float


@dataclass(frozen=True, slots=True)
class Assembly:
    """Hold what a set of works says together."""

    effects: tuple[Effect, ...] = ()
    double_edges: tuple[DoubleEdge, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    indirect: tuple[IndirectHelp, ...] = ()
    concepts: tuple[str, ...] = field(default=())

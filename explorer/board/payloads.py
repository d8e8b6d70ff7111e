"""What Python sends to the browser: a type for each panel and each board.

The JavaScript is checked against the same types: `python -m explorer.board.declarations` writes them to
`js/payloads.d.ts`. All texts are plain text, which the browser never reads as HTML or Markdown; only the words inside a
figure are escaped, since Plotly reads tags in its labels. Steps are counted from 1 by the browser, so the first item of
a list per step is step 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired, TypeAlias, TypedDict


@dataclass(frozen=True)
class Declared:
    """Marks a type that TypeScript has under this name in `js/plotly_types.d.ts`."""

    name: str


Trace: TypeAlias = Annotated[dict[str, Any], Declared("Trace")]
Layout: TypeAlias = Annotated[dict[str, Any], Declared("Layout")]


class Packed(TypedDict):
    """An array as Plotly reads it fastest: float32, little-endian, C order, in base64; its shape as "3, 4"."""

    dtype: Literal["f4"]
    bdata: str
    shape: str


class Figure(TypedDict):
    """A Plotly figure. A colour is a name of the palette behind an "@"."""

    data: list[Trace]
    layout: Layout


class Palette(TypedDict):
    """The colours of a theme: single ones as CSS colours, scales as stops [0…1, "#rrggbb"]."""

    a: str
    b: str
    c: str
    d: str
    positive: str
    negative: str
    line: str
    grid: str
    back: str
    band: str
    a_band: str
    b_band: str
    diverging: list[tuple[float, str]]
    signed: list[tuple[float, str]]
    sequential: list[tuple[float, str]]


class Palettes(TypedDict):
    """The one palette, by theme."""

    light: Palette
    dark: Palette


class OpenedTexts(TypedDict):
    """What a cell of a table opens in Compare: text A, or texts A and B, and the recurrent model that is shown."""

    a: str
    b: NotRequired[str]
    model: NotRequired[str]


class Opener(TypedDict):
    """A cell that opens its text in Compare; `href` is the address for a new tab."""

    text: str
    asked: OpenedTexts
    href: str


Cell: TypeAlias = str | Opener


class Table(TypedDict):
    """The numbers behind a picture. Every row is as long as `columns`; its first cell is its header."""

    columns: list[str]
    rows: list[list[Cell]]


class PhraseStrip(TypedDict):
    """A phrase as it was read.

    `phrase`: "A" or "B", "" for one phrase alone; `unknown`: positions from 0 of tokens without a vector; `read`: the
    word that was read in a token's place, by the token's position; `clipped`: how many tokens the concatenation reads,
    if not all.
    """

    phrase: Literal["A", "B", ""]
    label: NotRequired[str]
    tokens: list[str]
    unknown: list[int]
    read: dict[int, str]
    clipped: int | None


class ReadPhrase(PhraseStrip):
    """A phrase with P(positive) after each of its T tokens, 0…1."""

    belief: list[float]


# ------------------------------------------------------------------------------------------------------------- panels


Depth: TypeAlias = Literal["see", "explain", "measure"]


class _Panel(TypedDict):
    """A heading, a picture, a sentence below it. `summary`: what the page's own summary takes over; it is not drawn.

    `depth`: where it stands, "see" if left out: on the page, or folded below it as an explanation or as measurements.
    """

    id: str
    title: str
    depth: NotRequired[Depth]
    sentence: NotRequired[str]
    summary: NotRequired[str]


class TextPanel(_Panel):
    """A heading and a sentence, where there is nothing to draw yet."""

    kind: Literal["text"]


class ChartPanel(_Panel):
    """A figure over time, under the time cursor; heatmaps have the number of each row's unit as `customdata`."""

    kind: Literal["chart"]
    alt: str
    figure: Figure


class TransplantPanel(_Panel):
    """A figure over time of a phrase as it was and with another memory; it may begin before step 1."""

    kind: Literal["transplant"]
    alt: str
    figure: Figure


class PlotPanel(_Panel):
    """A still figure."""

    kind: Literal["plot"]
    alt: str
    figure: Figure
    table: NotRequired[Table]


class TablePanel(_Panel):
    """A table, with sentences above it."""

    kind: Literal["table"]
    sentences: NotRequired[list[str]]
    table: Table


class ModelMatrix(TypedDict):
    """A model's (cells, cells) gradient norms, and its line's colour, dash and marker."""

    label: str
    look: tuple[str, str, str]
    values: Packed
    alt: str


class MatrixPanel(_Panel):
    """Gradients of all beliefs with respect to all words, for several models on one scale.

    `words`: names of the cells, `block` steps each, escaped for Plotly; `low` and `high`: the scale, powers of ten.
    """

    kind: Literal["matrix"]
    steps: int
    block: int
    words: list[str]
    low: float
    high: float
    models: list[ModelMatrix]


class ContributionsPanel(_Panel):
    """Readout weight times activation of all H units at all T steps, (T, H); with `bias` they sum to `logit`, (T,)."""

    kind: Literal["parts"]
    unit: int
    tokens: list[str]
    belief: list[float]
    logit: list[float]
    parts: Packed
    bias: float


class PlanePanel(_Panel):
    """States in a plane; traces with the `meta` "path" grow with the time cursor.

    `labels`: of each path, by its trace's order, the words beside its points; `ends`: what stands there while a point
    is the path's last. Plain text, which the board escapes for Plotly.
    """

    kind: Literal["plane"]
    alt: str
    figure: Figure
    labels: list[list[str]]
    ends: list[list[str]]


SliderName: TypeAlias = Literal["words", "size", "place"]


class Slider(TypedDict):
    """A setting that a slider moves in whole numbers."""

    name: SliderName
    label: str
    min: int
    max: int
    value: int


class SlidersPanel(_Panel):
    """A still figure with sliders and a line at the value of the first one.

    `readings`: a sentence for each value of that slider from 0; without them the server is asked while a slider is
    moved.
    """

    kind: Literal["sliders"]
    alt: str
    figure: Figure
    sliders: list[Slider]
    readings: NotRequired[list[str]]
    table: Table


class RecurrentLayer(TypedDict):
    """W (size, tall) and U (units, tall) of a recurrent model."""

    label: str
    tall: int
    units: int


class LayersDrawing(TypedDict):
    """Weight matrices to scale: `blocks` of (size, units) of the concatenation beside a recurrent model's.

    `captions`: of the concatenation's first layer, and of the recurrent model's matrices.
    """

    alt: str
    blocks: int
    size: int
    units: int
    recurrent: RecurrentLayer
    captions: tuple[str, str]


class LayersPanel(_Panel, LayersDrawing):
    """Weight matrices to scale, and sliders that change their sizes."""

    kind: Literal["layers"]
    sliders: list[Slider]
    table: Table


class SlotsDrawing(TypedDict):
    """The tokens in the `slots` of the concatenation."""

    slots: int
    tokens: list[str]


class SlotsPanel(_Panel, SlotsDrawing):
    """The tokens in the slots of the concatenation, filled by the time cursor."""

    kind: Literal["slots"]
    table: Table


class OrderRow(TypedDict):
    """The T words of a text in one order.

    `alone`: P(positive) of each word by itself; `average` and `recurrent`: of the words so far, by the average and by a
    recurrent model; all (T,), 0…1. `unknown`: positions from 0 of tokens without a vector.
    """

    letter: Literal["A", "B", ""]
    tokens: list[str]
    unknown: list[int]
    alone: list[float]
    average: list[float]
    recurrent: list[float]


class OrdersDrawing(TypedDict):
    """The same words in one or two orders, and what the average and a recurrent model, `label`, say of each."""

    alt: str
    rows: list[OrderRow]
    label: str


class OrdersPanel(_Panel, OrdersDrawing):
    """The same words in two orders; the time cursor tells the average so far."""

    kind: Literal["orders"]
    table: Table


class OrdersRow(TypedDict):
    """What one model makes of all orders.

    `belief`: P(positive) of the order as it stands, `said` the same in words, `spread` that of all orders in words;
    `counts`: how many orders fall into each of equal bins of P(positive), 0…1; `beliefs` and `orders`: some of the
    orders, which can be opened.
    """

    label: str
    chosen: bool
    belief: float
    said: str
    spread: str
    counts: list[int]
    beliefs: list[float]
    orders: list[str]


class CloudPanel(_Panel):
    """Words that can be moved, and what each model makes of this order and of all; `story`: the same in a sentence.

    An order can be opened beside `typed`.
    """

    kind: Literal["cloud"]
    alt: str
    story: str
    tokens: list[str]
    rows: list[OrdersRow]
    typed: str
    table: Table


class ChoiceStep(TypedDict):
    """What could stand at a place: the likeliest words and their probabilities, and that of all others."""

    token: str
    given: bool
    candidates: list[tuple[str, float]]
    rest: float


class ChoicesPanel(_Panel):
    """What could come next at each place of a sentence."""

    kind: Literal["choices"]
    steps: list[ChoiceStep]


class DiagramStep(TypedDict):
    """One cell of an unrolled network.

    `input` and `output`: words or numbers, None where the task has none here; `names`: of the input, the state and the
    output in the notation, "" where there is none; `belief`: P(positive) where the output is one, 0…1; `part` names the
    cell; `memory`: it gets the state of the one before it; `fed`: its input is the output before it; `looks`: which
    cells of the encoder were attended to when its output was chosen, from 0, with the weight, 0…1; `skipped`: how many
    steps right before it are left out.
    """

    input: str | None
    output: str | None
    names: tuple[str, str, str]
    belief: float | None
    part: str
    memory: bool
    fed: bool
    looks: list[tuple[int, float]]
    skipped: NotRequired[int]


class UnrolledPanel(_Panel):
    """A sequence task unrolled as it was run."""

    kind: Literal["unrolled"]
    alt: str
    steps: list[DiagramStep]
    table: Table


class DiagramPicture(TypedDict):
    """A small unrolled network."""

    drawing: Literal["diagram"]
    alt: str
    steps: list[DiagramStep]


class OrdersPicture(OrdersDrawing):
    """Two orders, small."""

    drawing: Literal["orders"]


class LayersPicture(LayersDrawing):
    """Two first layers, small."""

    drawing: Literal["layers"]


class SlotsPicture(SlotsDrawing):
    """The slots, small."""

    drawing: Literal["slots"]
    alt: str


class PlaceLine(TypedDict):
    """P(positive) of a phrase at each place, (K+1,), 0…1, and the line's colour, dash and marker."""

    label: str
    look: tuple[str, str, str]
    belief: list[float]


class PlacesPicture(TypedDict):
    """A line a model over the places of a phrase among neutral words; `place` is the chosen one."""

    drawing: Literal["places"]
    alt: str
    place: int
    lines: list[PlaceLine]


CardPicture: TypeAlias = DiagramPicture | OrdersPicture | LayersPicture | SlotsPicture | PlacesPicture


class Card(TypedDict):
    """One picture and one sentence, which opens. `picture`: None while another card is open, so none is computed."""

    name: str
    title: str
    sentence: str
    picture: CardPicture | None


class CardAxes(TypedDict):
    """What the columns and rows of a map of cards stand for, from the left and from the top."""

    columns: list[str]
    rows: list[str]


class CardsPanel(_Panel):
    """A map of four cells with one or two cards each; `opened` names the card that is open below it, "" if none is.

    `axes` are left out where the places of the cards mean nothing.
    """

    kind: Literal["cards"]
    cells: list[list[Card]]
    opened: str
    axes: NotRequired[CardAxes]


Panel: TypeAlias = (
    TextPanel
    | ChartPanel
    | TransplantPanel
    | PlotPanel
    | TablePanel
    | MatrixPanel
    | ContributionsPanel
    | PlanePanel
    | SlidersPanel
    | LayersPanel
    | SlotsPanel
    | CloudPanel
    | ChoicesPanel
    | UnrolledPanel
    | OrdersPanel
    | CardsPanel
)


# ---------------------------------------------------------------------------------------------------------- the shell


class PageEntry(TypedDict):
    """A page in the navigation. `path`: in the address, "" for the first page; `group`: Learn, Explore or Measure.

    `phrase` and `model`: what the page's links call what the bar edits on it, None where it has none.
    """

    name: str
    title: str
    path: str
    group: str
    phrase: str | None
    model: str | None


class ModelEntry(TypedDict):
    """A model that can be chosen. `parameters`: how many weights it has."""

    name: str
    label: str
    recurrent: bool
    parameters: int


class PairEntry(TypedDict):
    """Two phrases of the examples, by their name."""

    name: str
    a: str
    b: str


class Start(TypedDict):
    """What the page itself brings along, before anything has been asked.

    `first`: packets in base64, answers to the first pairs, by the pair's name; `share`: the address by which others on
    the network reach this server, None if they cannot; `messages`: translations by message.
    """

    pages: list[PageEntry]
    models: list[ModelEntry]
    pairs: list[PairEntry]
    first: dict[str, str]
    share: str | None
    messages: dict[str, str]


class BarBoard(TypedDict):
    """What a page tells the bar above it.

    `put` counts how often the server set the phrase or the model; only then what stands in the bar gives way, unless it
    is newer than `typed`, the number of what was last heard of it. `other`: the second phrase, where a page has two;
    `names`: models to choose from.
    """

    page: str
    phrase: str | None
    other: str | None
    model: str | None
    names: list[str]
    put: int
    typed: int


# ------------------------------------------------------------------------------------------------------------- boards


class Address(TypedDict):
    """What the address bar is to hold: `query` with its question mark; of `parameters`, which are ours, no other ones.

    `path`: the last part of the path of the page that it is of, "" for the first page; `entry`: the last action that is
    an entry of its own in the browser's history, None if there was none; `before`: the query of the entry before it.
    """

    path: str
    query: str
    parameters: list[str]
    entry: str | None
    before: str


class Linked(TypedDict):
    """`link`: the query that brings the page back, None if it would be too long."""

    link: str | None
    address: Address


class _Content(TypedDict):
    """What all boards under a time cursor show. `steps`: of the longest phrase.

    `reading`: where the phrases stand as they were read, with the step that is shown: above the pictures if left out,
    below them, or nowhere, where another board of the page has them.
    """

    palette: Palettes
    summary: str
    notes: list[str]
    phrases: list[ReadPhrase]
    steps: int
    reading: NotRequired[Literal["above", "below", "hidden"]]


class PanelContent(_Content):
    """What a board of panels shows, whatever its address is. `typed`: the text as it was typed.

    `bare`: the panels show the phrases themselves, so neither they nor the step stand above them, and the summary is
    read out alone; false if left out.
    """

    typed: str
    bare: NotRequired[bool]
    panels: list[Panel]


class PanelBoard(PanelContent, Linked):
    """Panels of any kinds: the modules "inside", "lab" and "tasks"."""


class PairBoard(PanelBoard):
    """Panels of one or two phrases: the module "pair". `typed_b`: the second text as it was typed."""

    typed_b: str


class Weights(TypedDict):
    """A recurrent network of H units whose N words have vectors of E numbers.

    Its shapes: embedding (N, E), W (H, E), U (H, H), b and w (H,).
    """

    embedding: list[list[float]]
    W: list[list[float]]
    U: list[list[float]]
    b: list[float]
    w: list[float]
    c: float


class SpreadsheetFile(TypedDict):
    """The answer to the request of this number: a workbook in base64, or what was wrong."""

    number: int | None
    data: NotRequired[str]
    trouble: NotRequired[str]


class TwoUnitsContent(TypedDict):
    """What the board of the network by hand starts from, whatever its address is.

    `trouble`: why the text cannot be read; `columns`: of the table of a phrase; `pairs`: texts to be right about, the
    positive one first; `lesson`: the pair that the summary speaks of; `moved`: weights that a link moved, as their
    number in a row of all weights (embedding, W, U, b, w, c) and their hundredths; `parameter`: the name of such in
    the address.
    """

    palette: Palettes
    trouble: str | None
    notes: list[str]
    phrases: list[PhraseStrip]
    steps: int
    columns: list[str]
    words: list[str]
    pairs: list[tuple[str, str]]
    lesson: tuple[str, str]
    weights: Weights
    moved: list[tuple[int, int]]
    parameter: str
    typed: str


class TwoUnitsBoard(TwoUnitsContent, Linked):
    """The network that is computed in the browser: the module "two_units". `file`: the answer to the last request."""

    file: SpreadsheetFile | None


class Dot(TypedDict):
    """A share with its standard error, both 0…1, and the share in words; None where it was not measured."""

    share: float | None
    error: float
    said: str


class DotRow(TypedDict):
    """A row of shares, one for each column."""

    label: str
    chosen: bool
    dots: list[Dot]


class DotPicture(TypedDict):
    """Shares of several models on one scale. A line break in a column's name is where it may break.

    `sentence`: what to notice, "" for none.
    """

    title: str
    sentence: str
    alt: str
    columns: list[str]
    rows: list[DotRow]
    table: Table


class Section(TypedDict):
    """A part of a report: sentences, and a table, alone or behind a figure with its `alt`.

    `depth`: where it stands, "see" if left out.
    """

    id: str
    title: str
    depth: NotRequired[Depth]
    sentences: list[str]
    table: NotRequired[Table | None]
    figure: NotRequired[Figure]
    alt: NotRequired[str]


class ReportBoard(TypedDict):
    """An answer, a picture, sections one below the other: the module "report"; one that is a page has its address."""

    palette: Palettes
    summary: str
    picture: NotRequired[DotPicture]
    sections: list[Section]
    link: NotRequired[str | None]
    address: NotRequired[Address]


BOARDS: dict[str, type] = {  # by the name of the module that draws it
    "pair": PairBoard,
    "inside": PanelBoard,
    "lab": PanelBoard,
    "tasks": PanelBoard,
    "two_units": TwoUnitsBoard,
    "report": ReportBoard,
    "bar": BarBoard,
}

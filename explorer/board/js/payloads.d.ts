// Written by `python -m explorer.board.declarations` from payloads.py and events.py; change those.
import type { Layout, Trace } from "./plotly_types.js"

/**
 * An array as Plotly reads it fastest: float32, little-endian, C order, in base64; its shape as "3, 4".
 */
export interface Packed {
  dtype: "f4"
  bdata: string
  shape: string
}

/**
 * A Plotly figure. A colour is a name of the palette behind an "@".
 */
export interface Figure {
  data: Trace[]
  layout: Layout
}

/**
 * The colours of a theme: single ones as CSS colours, scales as stops [0…1, "#rrggbb"].
 */
export interface Palette {
  a: string
  b: string
  c: string
  d: string
  positive: string
  negative: string
  line: string
  grid: string
  back: string
  band: string
  a_band: string
  b_band: string
  diverging: [number, string][]
  signed: [number, string][]
  sequential: [number, string][]
}

/**
 * The one palette, by theme.
 */
export interface Palettes {
  light: Palette
  dark: Palette
}

/**
 * What a cell of a table opens in Compare: text A, or texts A and B, and the recurrent model that is shown.
 */
export interface OpenedTexts {
  a: string
  b?: string
  model?: string
}

/**
 * A cell that opens its text in Compare; `href` is the address for a new tab.
 */
export interface Opener {
  text: string
  asked: OpenedTexts
  href: string
}

/**
 * The numbers behind a picture. Every row is as long as `columns`; its first cell is its header.
 */
export interface Table {
  columns: string[]
  rows: Cell[][]
}

/**
 * A phrase as it was read.
 *
 * `phrase`: "A" or "B", "" for one phrase alone; `unknown`: positions from 0 of tokens without a vector; `read`: the
 * word that was read in a token's place, by the token's position; `clipped`: how many tokens the concatenation reads,
 * if not all.
 */
export interface PhraseStrip {
  phrase: "A" | "B" | ""
  label?: string
  tokens: string[]
  unknown: number[]
  read: Record<number, string>
  clipped: number | null
}

/**
 * A phrase with P(positive) after each of its T tokens, 0…1.
 */
export interface ReadPhrase {
  phrase: "A" | "B" | ""
  label?: string
  tokens: string[]
  unknown: number[]
  read: Record<number, string>
  clipped: number | null
  belief: number[]
}

/**
 * A heading and a sentence, where there is nothing to draw yet.
 */
export interface TextPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "text"
}

/**
 * A figure over time, under the time cursor; heatmaps have the number of each row's unit as `customdata`.
 */
export interface ChartPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "chart"
  alt: string
  figure: Figure
}

/**
 * A figure over time of a phrase as it was and with another memory; it may begin before step 1.
 */
export interface TransplantPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "transplant"
  alt: string
  figure: Figure
}

/**
 * A still figure.
 */
export interface PlotPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "plot"
  alt: string
  figure: Figure
  table?: Table
}

/**
 * A table, with sentences above it.
 */
export interface TablePanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "table"
  sentences?: string[]
  table: Table
}

/**
 * A model's (cells, cells) gradient norms, and its line's colour, dash and marker.
 */
export interface ModelMatrix {
  label: string
  look: [string, string, string]
  values: Packed
  alt: string
}

/**
 * Gradients of all beliefs with respect to all words, for several models on one scale.
 *
 * `words`: names of the cells, `block` steps each, escaped for Plotly; `low` and `high`: the scale, powers of ten.
 */
export interface MatrixPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "matrix"
  steps: number
  block: number
  words: string[]
  low: number
  high: number
  models: ModelMatrix[]
}

/**
 * Readout weight times activation of all H units at all T steps, (T, H); with `bias` they sum to `logit`, (T,).
 */
export interface ContributionsPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "parts"
  unit: number
  tokens: string[]
  belief: number[]
  logit: number[]
  parts: Packed
  bias: number
}

/**
 * States in a plane; traces with the `meta` "path" grow with the time cursor.
 *
 * `labels`: of each path, by its trace's order, the words beside its points; `ends`: what stands there while a point
 * is the path's last. Plain text, which the board escapes for Plotly.
 */
export interface PlanePanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "plane"
  alt: string
  figure: Figure
  labels: string[][]
  ends: string[][]
}

/**
 * A setting that a slider moves in whole numbers.
 */
export interface Slider {
  name: SliderName
  label: string
  min: number
  max: number
  value: number
}

/**
 * A still figure with sliders and a line at the value of the first one.
 *
 * `readings`: a sentence for each value of that slider from 0; without them the server is asked while a slider is
 * moved.
 */
export interface SlidersPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "sliders"
  alt: string
  figure: Figure
  sliders: Slider[]
  readings?: string[]
  table: Table
}

/**
 * W (size, tall) and U (units, tall) of a recurrent model.
 */
export interface RecurrentLayer {
  label: string
  tall: number
  units: number
}

/**
 * Weight matrices to scale: `blocks` of (size, units) of the concatenation beside a recurrent model's.
 *
 * `captions`: of the concatenation's first layer, and of the recurrent model's matrices.
 */
export interface LayersDrawing {
  alt: string
  blocks: number
  size: number
  units: number
  recurrent: RecurrentLayer
  captions: [string, string]
}

/**
 * Weight matrices to scale, and sliders that change their sizes.
 */
export interface LayersPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  alt: string
  blocks: number
  size: number
  units: number
  recurrent: RecurrentLayer
  captions: [string, string]
  kind: "layers"
  sliders: Slider[]
  table: Table
}

/**
 * The tokens in the `slots` of the concatenation.
 */
export interface SlotsDrawing {
  slots: number
  tokens: string[]
}

/**
 * The tokens in the slots of the concatenation, filled by the time cursor.
 */
export interface SlotsPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  slots: number
  tokens: string[]
  kind: "slots"
  table: Table
}

/**
 * The T words of a text in one order.
 *
 * `alone`: P(positive) of each word by itself; `average` and `recurrent`: of the words so far, by the average and by a
 * recurrent model; all (T,), 0…1. `unknown`: positions from 0 of tokens without a vector.
 */
export interface OrderRow {
  letter: "A" | "B" | ""
  tokens: string[]
  unknown: number[]
  alone: number[]
  average: number[]
  recurrent: number[]
}

/**
 * The same words in one or two orders, and what the average and a recurrent model, `label`, say of each.
 */
export interface OrdersDrawing {
  alt: string
  rows: OrderRow[]
  label: string
}

/**
 * The same words in two orders; the time cursor tells the average so far.
 */
export interface OrdersPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  alt: string
  rows: OrderRow[]
  label: string
  kind: "orders"
  table: Table
}

/**
 * What one model makes of all orders.
 *
 * `belief`: P(positive) of the order as it stands, `said` the same in words, `spread` that of all orders in words;
 * `counts`: how many orders fall into each of equal bins of P(positive), 0…1; `beliefs` and `orders`: some of the
 * orders, which can be opened.
 */
export interface OrdersRow {
  label: string
  chosen: boolean
  belief: number
  said: string
  spread: string
  counts: number[]
  beliefs: number[]
  orders: string[]
}

/**
 * Words that can be moved, and what each model makes of this order and of all; `story`: the same in a sentence.
 *
 * An order can be opened beside `typed`.
 */
export interface CloudPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "cloud"
  alt: string
  story: string
  tokens: string[]
  rows: OrdersRow[]
  typed: string
  table: Table
}

/**
 * What could stand at a place: the likeliest words and their probabilities, and that of all others.
 */
export interface ChoiceStep {
  token: string
  given: boolean
  candidates: [string, number][]
  rest: number
}

/**
 * What could come next at each place of a sentence.
 */
export interface ChoicesPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "choices"
  steps: ChoiceStep[]
}

/**
 * One cell of an unrolled network.
 *
 * `input` and `output`: words or numbers, None where the task has none here; `names`: of the input, the state and the
 * output in the notation, "" where there is none; `belief`: P(positive) where the output is one, 0…1; `part` names the
 * cell; `memory`: it gets the state of the one before it; `fed`: its input is the output before it; `looks`: which
 * cells of the encoder were attended to when its output was chosen, from 0, with the weight, 0…1; `skipped`: how many
 * steps right before it are left out.
 */
export interface DiagramStep {
  input: string | null
  output: string | null
  names: [string, string, string]
  belief: number | null
  part: string
  memory: boolean
  fed: boolean
  looks: [number, number][]
  skipped?: number
}

/**
 * A sequence task unrolled as it was run.
 */
export interface UnrolledPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "unrolled"
  alt: string
  steps: DiagramStep[]
  table: Table
}

/**
 * A small unrolled network.
 */
export interface DiagramPicture {
  drawing: "diagram"
  alt: string
  steps: DiagramStep[]
}

/**
 * Two orders, small.
 */
export interface OrdersPicture {
  alt: string
  rows: OrderRow[]
  label: string
  drawing: "orders"
}

/**
 * Two first layers, small.
 */
export interface LayersPicture {
  alt: string
  blocks: number
  size: number
  units: number
  recurrent: RecurrentLayer
  captions: [string, string]
  drawing: "layers"
}

/**
 * The slots, small.
 */
export interface SlotsPicture {
  slots: number
  tokens: string[]
  drawing: "slots"
  alt: string
}

/**
 * P(positive) of a phrase at each place, (K+1,), 0…1, and the line's colour, dash and marker.
 */
export interface PlaceLine {
  label: string
  look: [string, string, string]
  belief: number[]
}

/**
 * A line a model over the places of a phrase among neutral words; `place` is the chosen one.
 */
export interface PlacesPicture {
  drawing: "places"
  alt: string
  place: number
  lines: PlaceLine[]
}

/**
 * One picture and one sentence, which opens. `picture`: None while another card is open, so none is computed.
 */
export interface Card {
  name: string
  title: string
  sentence: string
  picture: DiagramPicture | OrdersPicture | LayersPicture | SlotsPicture | PlacesPicture | null
}

/**
 * What the columns and rows of a map of cards stand for, from the left and from the top.
 */
export interface CardAxes {
  columns: string[]
  rows: string[]
}

/**
 * A map of four cells with one or two cards each; `opened` names the card that is open below it, "" if none is.
 *
 * `axes` are left out where the places of the cards mean nothing.
 */
export interface CardsPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "cards"
  cells: Card[][]
  opened: string
  axes?: CardAxes
}

/**
 * A page in the navigation. `path`: in the address, "" for the first page; `group`: Learn, Explore or Measure.
 *
 * `phrase` and `model`: what the page's links call what the bar edits on it, None where it has none.
 */
export interface PageEntry {
  name: string
  title: string
  path: string
  group: string
  phrase: string | null
  model: string | null
}

/**
 * A model that can be chosen. `parameters`: how many weights it has.
 */
export interface ModelEntry {
  name: string
  label: string
  recurrent: boolean
  parameters: number
}

/**
 * Two phrases of the examples, by their name.
 */
export interface PairEntry {
  name: string
  a: string
  b: string
}

/**
 * What the page itself brings along, before anything has been asked.
 *
 * `first`: packets in base64, answers to the first pairs, by the pair's name; `share`: the address by which others on
 * the network reach this server, None if they cannot; `messages`: translations by message.
 */
export interface Start {
  pages: PageEntry[]
  models: ModelEntry[]
  pairs: PairEntry[]
  first: Record<string, string>
  share: string | null
  messages: Record<string, string>
}

/**
 * What a page tells the bar above it.
 *
 * `put` counts how often the server set the phrase or the model; only then what stands in the bar gives way, unless it
 * is newer than `typed`, the number of what was last heard of it. `other`: the second phrase, where a page has two;
 * `names`: models to choose from.
 */
export interface BarBoard {
  page: string
  phrase: string | null
  other: string | null
  model: string | null
  names: string[]
  put: number
  typed: number
}

/**
 * What the address bar is to hold: `query` with its question mark; of `parameters`, which are ours, no other ones.
 *
 * `path`: the last part of the path of the page that it is of, "" for the first page; `entry`: the last action that is
 * an entry of its own in the browser's history, None if there was none; `before`: the query of the entry before it.
 */
export interface Address {
  path: string
  query: string
  parameters: string[]
  entry: string | null
  before: string
}

/**
 * `link`: the query that brings the page back, None if it would be too long.
 */
export interface Linked {
  link: string | null
  address: Address
}

/**
 * What a board of panels shows, whatever its address is. `typed`: the text as it was typed.
 *
 * `bare`: the panels show the phrases themselves, so neither they nor the step stand above them, and the summary is
 * read out alone; false if left out.
 */
export interface PanelContent {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  typed: string
  bare?: boolean
  panels: Panel[]
}

/**
 * Panels of any kinds: the modules "inside", "lab" and "tasks".
 */
export interface PanelBoard {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  typed: string
  bare?: boolean
  panels: Panel[]
  link: string | null
  address: Address
}

/**
 * Panels of one or two phrases: the module "pair". `typed_b`: the second text as it was typed.
 */
export interface PairBoard {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  typed: string
  bare?: boolean
  panels: Panel[]
  link: string | null
  address: Address
  typed_b: string
}

/**
 * A recurrent network of H units whose N words have vectors of E numbers.
 *
 * Its shapes: embedding (N, E), W (H, E), U (H, H), b and w (H,).
 */
export interface Weights {
  embedding: number[][]
  W: number[][]
  U: number[][]
  b: number[]
  w: number[]
  c: number
}

/**
 * The answer to the request of this number: a workbook in base64, or what was wrong.
 */
export interface SpreadsheetFile {
  number: number | null
  data?: string
  trouble?: string
}

/**
 * What the board of the network by hand starts from, whatever its address is.
 *
 * `trouble`: why the text cannot be read; `columns`: of the table of a phrase; `pairs`: texts to be right about, the
 * positive one first; `lesson`: the pair that the summary speaks of; `moved`: weights that a link moved, as their
 * number in a row of all weights (embedding, W, U, b, w, c) and their hundredths; `parameter`: the name of such in
 * the address.
 */
export interface TwoUnitsContent {
  palette: Palettes
  trouble: string | null
  notes: string[]
  phrases: PhraseStrip[]
  steps: number
  columns: string[]
  words: string[]
  pairs: [string, string][]
  lesson: [string, string]
  weights: Weights
  moved: [number, number][]
  parameter: string
  typed: string
}

/**
 * The network that is computed in the browser: the module "two_units". `file`: the answer to the last request.
 */
export interface TwoUnitsBoard {
  palette: Palettes
  trouble: string | null
  notes: string[]
  phrases: PhraseStrip[]
  steps: number
  columns: string[]
  words: string[]
  pairs: [string, string][]
  lesson: [string, string]
  weights: Weights
  moved: [number, number][]
  parameter: string
  typed: string
  link: string | null
  address: Address
  file: SpreadsheetFile | null
}

/**
 * A share with its standard error, both 0…1, and the share in words; None where it was not measured.
 */
export interface Dot {
  share: number | null
  error: number
  said: string
}

/**
 * A row of shares, one for each column.
 */
export interface DotRow {
  label: string
  chosen: boolean
  dots: Dot[]
}

/**
 * Shares of several models on one scale. A line break in a column's name is where it may break.
 *
 * `sentence`: what to notice, "" for none.
 */
export interface DotPicture {
  title: string
  sentence: string
  alt: string
  columns: string[]
  rows: DotRow[]
  table: Table
}

/**
 * A part of a report: sentences, and a table, alone or behind a figure with its `alt`.
 *
 * `depth`: where it stands, "see" if left out.
 */
export interface Section {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentences: string[]
  table?: Table | null
  figure?: Figure
  alt?: string
}

/**
 * An answer, a picture, sections one below the other: the module "report"; one that is a page has its address.
 */
export interface ReportBoard {
  palette: Palettes
  summary: string
  picture?: DotPicture
  sections: Section[]
  link?: string | null
  address?: Address
}

/**
 * A click on a row of a heatmap or on a unit's button.
 */
export interface ChosenUnit {
  unit: number
}

/**
 * The words of the phrase in the order to which they were moved.
 */
export interface MovedWords {
  order: string[]
}

/**
 * A word of the writer's choices, and its place in the sentence, from 1.
 */
export interface ChosenWord {
  place: number
  word: string
}

/**
 * Where the sliders stand that were moved.
 */
export interface MovedSliders {
  words?: number
  size?: number
  place?: number
}

/**
 * A card that is to be opened; "" closes the one that is open.
 */
export interface OpenedCard {
  card: string
}

/**
 * The weights as they were moved and the phrases; `number` comes back with the answer.
 */
export interface SpreadsheetRequest {
  number: number
  weights: Weights
  phrases: string[][]
}

/**
 * What stands in the bar, by its names in links; `number` grows with every change.
 */
export interface TypedTexts {
  number: number
  texts: Record<string, string>
}

/**
 * A page that was chosen in the navigation.
 */
export interface GoTo {
  go: string
}

export type Cell = string | Opener

export type Panel = TextPanel | ChartPanel | TransplantPanel | PlotPanel | TablePanel | MatrixPanel | ContributionsPanel | PlanePanel | SlidersPanel | LayersPanel | SlotsPanel | CloudPanel | ChoicesPanel | UnrolledPanel | OrdersPanel | CardsPanel

export type SliderName = "words" | "size" | "place"

export type PanelEvent = ChosenUnit | MovedWords | ChosenWord | MovedSliders | OpenedTexts | OpenedCard

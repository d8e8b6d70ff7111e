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
 * Vectors over time, (T, size), as whole numbers −127…127 (int8) in base64.
 */
export interface Strip {
  bdata: string
  size: number
}

/**
 * What goes into the cell and what comes out.
 */
export interface CellStrips {
  inputs: Strip
  hidden: Strip
}

/**
 * An equation of the cell for one unit: `formula`, and `numbers` with {0}, {1} … for `values`, (T,) each.
 */
export interface Equation {
  formula: string
  numbers: string
  values: Packed[]
}

/**
 * The cell unrolled at the step of the time cursor. `label`: the model's; `weights`: the names of its weights.
 */
export interface CellPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "cell"
  label: string
  weights: string
  unit: number
  tokens: string[]
  belief: number[]
  strips: CellStrips
  equations: Equation[]
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
 */
export interface LayersPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "layers"
  alt: string
  blocks: number
  size: number
  units: number
  recurrent: RecurrentLayer
  table: Table
}

/**
 * The tokens in the `slots` of the concatenation.
 */
export interface SlotsPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "slots"
  slots: number
  tokens: string[]
  table: Table
}

/**
 * Words that can be moved. `beliefs`: a model's label, its P(positive) and its verdict.
 */
export interface ChipsPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "chips"
  tokens: string[]
  beliefs: string[][]
}

/**
 * Beliefs of all orders; a point that can be opened beside `typed` has its order as `customdata`.
 */
export interface CloudPanel {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  kind: "cloud"
  alt: string
  figure: Figure
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
 * `input` and `output`: words or numbers, None where the task has none here; `part` names the cell; `memory`: it gets
 * the state of the one before it; `fed`: its input is the output before it; `looks`: which cells of the row below were
 * attended to when its output was chosen, from 0, with the weight, 0…1.
 */
export interface DiagramStep {
  input: string | null
  output: string | null
  part: string
  memory: boolean
  fed: boolean
  looks: [number, number][]
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
 * `entry`: the last action that is an entry of its own in the browser's history, None if there was none; `before`: the
 * query of the entry before it.
 */
export interface Address {
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
 */
export interface PanelContent {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  typed: string
  panels: Panel[]
}

/**
 * Panels of any kinds: the modules "inside", "lab" and "tasks".
 *
 * `shared`: whether this board shows the button that copies the link, true if left out.
 */
export interface PanelBoard {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  typed: string
  panels: Panel[]
  link: string | null
  address: Address
  shared?: boolean
}

/**
 * A model's answers to both phrases.
 *
 * `verdicts`: on A and on B; `inside`: the address of Look inside, for a recurrent model.
 */
export interface Verdict {
  model: string
  name: string
  chosen: boolean
  a: number
  b: number
  verdicts: string[]
  difference: string
  measured: string
  inside: string | null
}

/**
 * A chart of Compare, which has no panels of other kinds.
 */
export interface CompareChart {
  id: string
  title: string
  depth?: "see" | "explain" | "measure"
  sentence?: string
  summary?: string
  alt: string
  figure: Figure
}

/**
 * What Compare shows of two phrases, whatever its address is: the verdicts of all models, charts.
 */
export interface CompareContent {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  verdicts: Verdict[]
  charts: CompareChart[]
}

/**
 * Two phrases side by side: the module "stage". `typed`: both texts as they were typed.
 */
export interface CompareBoard {
  palette: Palettes
  summary: string
  notes: string[]
  phrases: ReadPhrase[]
  steps: number
  reading?: "above" | "below" | "hidden"
  verdicts: Verdict[]
  charts: CompareChart[]
  link: string | null
  address: Address
  typed: string[]
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
 * positive one first; `lesson`: the pair that the summary speaks of; `figure`: a line for each phrase, whose beliefs
 * the browser puts in.
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
  figure: Figure | null
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
  figure: Figure | null
  typed: string
  link: string | null
  address: Address
  file: SpreadsheetFile | null
}

/**
 * A part of a report: sentences, and a table, alone or behind a figure with its `alt`.
 */
export interface Section {
  id: string
  title: string
  sentences: string[]
  table?: Table | null
  figure?: Figure
  alt?: string
}

/**
 * Sections one below the other: the module "report"; one that is a page has its address.
 */
export interface ReportBoard {
  palette: Palettes
  summary: string
  sections: Section[]
  link?: string | null
  address?: Address
}

/**
 * A link of Compare: look inside this model.
 */
export interface LookInside {
  inside: string
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

export type Panel = TextPanel | ChartPanel | TransplantPanel | PlotPanel | TablePanel | CellPanel | MatrixPanel | ContributionsPanel | PlanePanel | SlidersPanel | LayersPanel | SlotsPanel | ChipsPanel | CloudPanel | ChoicesPanel | UnrolledPanel

export type SliderName = "words" | "size" | "place"

export type CompareEvent = string | LookInside

export type PanelEvent = ChosenUnit | MovedWords | ChosenWord | MovedSliders | OpenedTexts

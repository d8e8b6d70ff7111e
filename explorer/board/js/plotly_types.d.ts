// The part of Plotly that the board uses. A figure can hold more than is declared here: it is Plotly's format.
import type { Packed } from "./payloads.js"

export interface Trace {
  type?: string
  mode?: string
  name?: string
  meta?: string
  x?: Packed | (number | null)[]
  y?: Packed | (number | null)[]
  z?: Packed | (number | null)[][]
  text?: string[] | string[][]
  customdata?: (string | number)[]
  [attribute: string]: unknown
}

export interface Axis {
  range?: number[]
  tickvals?: number[]
  ticktext?: string[]
  tickangle?: number
  title?: { text: string; font?: { size?: number } }
  [attribute: string]: unknown
}

export interface Annotation {
  text?: string
  font?: { color?: string; size?: number }
  [attribute: string]: unknown
}

export interface Layout {
  width?: number
  height?: number
  xaxis?: Axis
  yaxis?: Axis
  annotations?: Annotation[]
  legend?: Record<string, unknown>
  coloraxis?: Record<string, unknown>
  [attribute: string]: unknown
}

/** An axis as it was drawn: where it begins, how long it is, and from data to pixels and back. */
export interface DrawnAxis {
  _offset: number
  _length: number
  range: [number, number]
  l2p(value: number): number
  p2l(pixels: number): number
}

export interface DrawnLayout {
  _size: { l: number; r: number; t: number; b: number; h: number; w: number }
  xaxis: DrawnAxis
  yaxis: DrawnAxis
  [axis: `xaxis${number}`]: DrawnAxis
}

export interface ClickedPoint {
  x: number
  y: number
  curveNumber: number
  customdata?: string | number
}

/** A node that Plotly has drawn into, or will. */
export interface PlotNode extends HTMLElement {
  _fullLayout?: DrawnLayout
  on(event: "plotly_click", listener: (event: { points: ClickedPoint[] }) => void): void
  on(event: "plotly_relayout", listener: () => void): void
  removeAllListeners(event: string): void
}

export interface PlotlyLibrary {
  react(node: PlotNode, data: Trace[], layout: Layout, config: Record<string, unknown>): Promise<PlotNode>
  relayout(node: PlotNode, changes: Record<string, unknown>): Promise<PlotNode>
  restyle(node: PlotNode, changes: Record<string, unknown>, traces: number[]): Promise<PlotNode>
  purge(node: PlotNode): void
  toImage(node: PlotNode, options: { format: "svg"; width: number; height: number }): Promise<string>
}

declare global {
  interface Window {
    Plotly: PlotlyLibrary
  }
}

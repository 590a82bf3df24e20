import type { Figure } from "./figure";
import type { Series } from "./series";

export interface BenchOrder {
  /** How often what is compared is measured, in turns. */
  readonly rounds: number;
  /** Of the model that is uploaded, in 200 files. */
  readonly megabytes: number;
  /** Numbers of components, from 1 upwards. */
  readonly sizes: readonly number[];
  /** Gets a line of progress. */
  readonly tell: (line: string) => void;
}

/** A part of the benchmark, which can be run by its name. */
export interface BenchPart {
  readonly name: string;
  readonly measures: string;
  /** What the figures stand beside, and how they were measured, for the page. */
  readonly about: string;
  /** Whether its times are virtual, so that they do not depend on the machine. */
  readonly isVirtual?: true;
  readonly run: (order: BenchOrder) => Promise<readonly Figure[] | Measurements>;
}

/** Figures that are held against something, and series that are stated. */
export interface Measurements {
  readonly figures: readonly Figure[];
  readonly series: readonly Series[];
}

/** The figures of a part, and how busy the machine was: the load of the last minute for each core. */
export interface PartFigures {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly series?: readonly Series[];
  readonly load: number;
}

import type { Weights } from "../testbed/program";
import type { Testbed } from "../testbed/testbed";
import type { TestbedName } from "../testbed/testbeds";

/** What a case is about; the page has a part for each. */
export type Section =
  | "the program is edited"
  | "inputs and other people's code"
  | "commands and options"
  | "settings and config"
  | "Azure and the portal"
  | "rollouts"
  | "the way back"
  | "who owns the endpoint"
  | "state that was lost"
  | "protection is lifted";

/** How a case ends: refused before anything is written, failed on the way, or done. */
type Ends = "refused" | "fails" | "succeeds";

/** How a person continues, in one command. */
interface WayOut<W extends Testbed> {
  /** In words, such as "put the name back, then `pulumi up`". */
  readonly todo: string;
  /** The part of it besides the command. */
  prepare?(testbed: W): void | Promise<void>;
  /** @default `pulumi up` */
  readonly command?: string;
  /** @default - the live weights before the case */
  readonly live?: Weights | "gone";
}

/** Something a person does around an endpoint that serves 90/10, and its outcome. */
export interface OrdinaryCase<W extends Testbed = Testbed> {
  /** What a person does, in one line that identifies the row. */
  readonly name: string;
  readonly section: Section;
  readonly testbed: TestbedName;
  /** What happens first; it may not take traffic away either. */
  before?(testbed: W): void | Promise<void>;
  /** The change before the commands are typed. */
  does?(testbed: W): void | Promise<void>;
  /**
   * The lines typed; each one ends as the case does.
   *
   * @default - `pulumi preview` and `pulumi up` for a refusal, else `pulumi up`
   */
  readonly commands?: readonly string[];
  readonly ends: Ends;
  /** Expected in each command's output. */
  readonly says?: readonly (string | RegExp)[];
  /** Whether Pulumi also shows a stack trace of its own error. */
  readonly showsFrames?: true;
  /** Number of writes to Azure by all commands; none for a refusal. */
  readonly writes?: number;
  /** The live weights after the commands. @default - as before */
  readonly live?: Weights | "gone";
  /** Further checks. @returns the problems found */
  alsoCheck?(testbed: W, text: string): Promise<readonly string[]>;
  /** @default - nothing after a success; else take the change back, then `pulumi up` */
  readonly wayOut?: WayOut<W>;
  /** The testbed cannot be reset. */
  readonly spoilsTestbed?: true;
  /** The endpoint is deleted on request; callers have moved away before. */
  readonly deletesOnPurpose?: true;
}

/** The result of a case. */
export interface OrdinaryRow {
  readonly name: string;
  readonly section: Section;
  readonly typed: readonly string[];
  readonly ends: Ends;
  readonly exit: number;
  /** The terminal output besides the usual report, without random parts. */
  readonly says: string;
  readonly writes: number;
  /** The live weights after it, such as `default 90, green 10`. */
  readonly live: string;
  readonly todo: string;
  /** `as documented`, or how it differs. */
  readonly result: string;
  /** What took traffic away, if anything. */
  readonly outages: readonly string[];
  /** Whether the way out failed. */
  readonly stuck: boolean;
  readonly requests: number;
  readonly lost: number;
  readonly seconds: number;
}

export const AS_DOCUMENTED = "as documented";

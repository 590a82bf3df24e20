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

/** How a person goes on, in one command. */
interface WayOut<W extends Testbed> {
  /** In words, such as "put the name back, then `pulumi up`". */
  readonly todo: string;
  /** What of it is not the command. */
  prepare?(testbed: W): void | Promise<void>;
  /** @default `pulumi up` */
  readonly command?: string;
  /** @default - the live weights of before the case */
  readonly live?: Weights | "gone";
}

/** Something that a person does around an endpoint that serves 90/10, and what comes of it. */
export interface OrdinaryCase<W extends Testbed = Testbed> {
  /** What a person does, in one line; what the row is known by. */
  readonly name: string;
  readonly section: Section;
  readonly testbed: TestbedName;
  /** What has happened before; nothing of it may take traffic away either. */
  before?(testbed: W): void | Promise<void>;
  /** What differs when the commands are typed. */
  does?(testbed: W): void | Promise<void>;
  /**
   * What is typed, a line each; every one ends as the case does.
   *
   * @default - `pulumi preview` and `pulumi up` of what is refused, else `pulumi up`
   */
  readonly commands?: readonly string[];
  readonly ends: Ends;
  /** What each of the commands says. */
  readonly says?: readonly (string | RegExp)[];
  /** Whether Pulumi also shows where in the program its own error comes from. */
  readonly showsFrames?: true;
  /** Number of writes to Azure of all commands together; of what is refused there are none. */
  readonly writes?: number;
  /** The live weights after the commands. @default - those of before */
  readonly live?: Weights | "gone";
  /** What else is to be looked at. @returns what is not as it should be */
  alsoCheck?(testbed: W, text: string): Promise<readonly string[]>;
  /** @default - nothing is to be done, when it succeeds; else the change is taken back, then `pulumi up` */
  readonly wayOut?: WayOut<W>;
  /** The testbed cannot be brought back to where it began. */
  readonly spoilsTestbed?: true;
  /** The endpoint is taken down because somebody asks for it by name; callers have moved away before. */
  readonly deletesOnPurpose?: true;
}

/** What became of a case. */
export interface OrdinaryRow {
  readonly name: string;
  readonly section: Section;
  readonly typed: readonly string[];
  readonly ends: Ends;
  readonly exit: number;
  /** What a terminal shows beside the usual report, without what is random. */
  readonly says: string;
  readonly writes: number;
  /** The live weights after it, such as `default 90, green 10`. */
  readonly live: string;
  readonly todo: string;
  /** `as documented`, or what is not. */
  readonly result: string;
  /** What took traffic away, if anything. */
  readonly outages: readonly string[];
  /** Whether what is to be done led nowhere. */
  readonly stuck: boolean;
  readonly requests: number;
  readonly lost: number;
  readonly seconds: number;
}

export const AS_DOCUMENTED = "as documented";

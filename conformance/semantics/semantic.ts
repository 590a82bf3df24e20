import type { AzureClient } from "../../driver/azureClient";
import type { Target } from "../target/target";

/** A page, a recording or a thread that says what a semantic claims. */
export interface Source {
  readonly name: string;
  readonly url: string;
}

/**
 * How well a claim is known: Microsoft documents it, an exchange with the service shows it, somebody reports it, or
 * nobody says it and the local Azure had to decide.
 */
export type Grade = "documented" | "recorded" | "reported" | "assumed";

interface Description {
  /** Names it in tests, in reports and in docs/parity.md. */
  readonly id: string;
  /** What the service does, in one sentence. */
  readonly claim: string;
  readonly grade: Grade;
  /** Empty only for what is assumed. */
  readonly sources: readonly Source[];
  /** What the local Azure knowingly does otherwise, or which part of it is assumed. */
  readonly deviation?: string;
  /** It goes on where the one before it ended; else the endpoint is put back first. */
  readonly asFound?: true;
}

/** Something the service does; `run` throws when the target does otherwise. */
export type Semantic = Description &
  (
    | { readonly target: "any"; readonly run: (target: Target) => Promise<void> | void }
    /** It needs the virtual clock, an own Azure, or would cost much. */
    | { readonly target: "local"; readonly run: (target: Target, azure: AzureClient) => Promise<void> | void }
  );

export interface Topic {
  readonly name: string;
  /** Files that test the same in detail: texts, times, more cases. */
  readonly tests: readonly string[];
  readonly semantics: readonly Semantic[];
}

/** Puts the endpoint back unless the semantic goes on with it, then runs the semantic. */
export async function runSemantic(semantic: Semantic, target: Target, azure?: AzureClient): Promise<void> {
  if (semantic.asFound !== true) await target.restore();
  if (semantic.target === "any") return semantic.run(target);
  if (azure === undefined) throw new Error(`${semantic.id} runs on a local Azure only`);
  await semantic.run(target, azure);
}

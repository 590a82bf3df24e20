import type { AzureClient } from "../../driver/azureClient";
import type { Target } from "../target/target";

/** A page, recording or thread that backs a claim. */
export interface Source {
  readonly name: string;
  readonly url: string;
}

/**
 * The evidence for a claim: documented by Microsoft, recorded from the service, reported by somebody, or assumed by the
 * local Azure.
 */
export type Grade = "documented" | "recorded" | "reported" | "assumed";

interface Description {
  /** Its id in tests, reports and docs/parity.md. */
  readonly id: string;
  /** What the service does, in one sentence. */
  readonly claim: string;
  readonly grade: Grade;
  /** Empty only for what is assumed. */
  readonly sources: readonly Source[];
  /** Where the local Azure knowingly differs, or which part is assumed. */
  readonly deviation?: string;
  /** Continues where the previous one ended; else the endpoint is reset first. */
  readonly asFound?: true;
}

/** Something the service does; `run` throws when the target differs. */
export type Semantic = Description &
  (
    | { readonly target: "any"; readonly run: (target: Target) => Promise<void> | void }
    /** Needs the virtual clock or its own Azure, or would be expensive. */
    | { readonly target: "local"; readonly run: (target: Target, azure: AzureClient) => Promise<void> | void }
  );

export interface Topic {
  readonly name: string;
  /** Files that test the topic in detail: texts, times, more cases. */
  readonly tests: readonly string[];
  readonly semantics: readonly Semantic[];
}

/** Resets the endpoint unless the semantic continues from it, then runs the semantic. */
export async function runSemantic(semantic: Semantic, target: Target, azure?: AzureClient): Promise<void> {
  if (semantic.asFound !== true) await target.restore();
  if (semantic.target === "any") return semantic.run(target);
  if (azure === undefined) throw new Error(`${semantic.id} runs on a local Azure only`);
  await semantic.run(target, azure);
}

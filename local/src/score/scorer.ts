import { setImmediate } from "node:timers/promises";
import { readRows } from "./inputData";
import { ModelLoadError, parseMlModel } from "./mlmodel";
import type { Column } from "./mlmodel";
import { openSession } from "./onnx";
import { swaggerOf } from "./swagger";

/** The files of a registered model version. */
export interface ModelFiles {
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}

/** A loaded model that answers requests. */
export interface Scorer {
  /**
   * The answers of the model, as the scoring container sends them: a bare list.
   *
   * @throws ScoringError with the container's status and message
   */
  score(body: unknown): Promise<unknown>;
  swagger(endpointName: string, scoringPath: string): object;
  /** Releases the model when the requests that it works on are answered. */
  close(): Promise<void>;
}

/**
 * Loads a model by its ONNX flavour.
 *
 * @throws ModelLoadError with the reason
 */
export async function loadScorer(files: ModelFiles): Promise<Scorer> {
  const { flavours, onnxFile, columns } = parseMlModel(await readText(files, "MLmodel"));
  if (onnxFile === undefined) {
    throw new ModelLoadError(
      `the model has the flavours ${flavours.join(", ")} and none that is scored here; save an onnx flavour beside them`,
    );
  }
  if (columns === undefined) throw new ModelLoadError("the model has no signature with named columns");
  const session = await openSession(await files.read(requirePath(files, onnxFile)), columns);
  return scorerOf(columns, session);
}

function scorerOf(columns: readonly Column[], session: Awaited<ReturnType<typeof openSession>>): Scorer {
  const running = new Set<Promise<void>>();
  const score = async (body: unknown): Promise<unknown> => {
    const rows = readRows(body, columns);
    // The graph holds the thread: requests that arrived at the same time are let in before, so that they count as waiting.
    await setImmediate();
    return session.run(rows);
  };
  return {
    score: (body) => {
      const answer = score(body);
      const settled = answer.then(
        () => void running.delete(settled),
        () => void running.delete(settled),
      );
      running.add(settled);
      return answer;
    },
    swagger: (endpointName, scoringPath) => swaggerOf(endpointName, scoringPath, columns),
    close: async () => {
      await Promise.all(running);
      await session.close();
    },
  };
}

async function readText(files: ModelFiles, path: string): Promise<string> {
  return Buffer.from(await files.read(requirePath(files, path))).toString("utf8");
}

function requirePath(files: ModelFiles, path: string): string {
  if (files.paths.includes(path)) return path;
  throw new ModelLoadError(`${path} is not among the ${files.paths.length} files of the model`);
}

import { setImmediate } from "node:timers/promises";
import { readInputData, readParams, readRows } from "./inputData";
import { ModelLoadError, parseMlModel } from "./mlmodel";
import type { Column, MlModel, ModelFiles } from "./mlmodel";
import { openSession } from "./onnx";
import type { OnnxSession } from "./onnx";
import { findPython } from "./python";
import { PythonModel } from "./pythonModel";
import { swaggerOf } from "./swagger";

/** A loaded model that answers requests. */
export interface Scorer {
  /**
   * The answers of the model, as the scoring container sends them: a bare list, of records when the model gives a frame.
   *
   * @throws ScoringError with the container's status and message
   */
  score(body: unknown): Promise<unknown>;
  /** @param version - of the format, such as 2 or 3; undefined is given for one that is not known */
  swagger(endpointName: string, version: string): object | undefined;
  /** Releases the model when the requests that it works on are answered. */
  close(): Promise<void>;
}

/** The container that a model runs in. */
export interface Container {
  /** Python that models without an ONNX flavour are scored with. @default LOCAL_AZURE_PYTHON, or one that is found */
  readonly python: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Stops it, whatever it does. */
  readonly signal: AbortSignal;
  log(line: string): void;
}

/**
 * Loads a model: by its ONNX flavour into this process, or else as a Python function into a Python process.
 *
 * @throws ModelLoadError with the reason
 */
export async function loadScorer(files: ModelFiles, container: Container): Promise<Scorer> {
  const model = parseMlModel(await readText(files, "MLmodel"));
  if (model.onnxFile === undefined) return pythonScorer(files, model, container);
  if (model.columns === undefined) throw new ModelLoadError("the model has no signature with named columns");
  const session = await openSession(await files.read(requirePath(files, model.onnxFile)), model.columns);
  return onnxScorer(model.columns, session);
}

async function pythonScorer(files: ModelFiles, { columns }: MlModel, container: Container): Promise<Scorer> {
  const python = await findPython(container.python);
  const model = await PythonModel.open(files, { ...container, python });
  return {
    score: async (body) => {
      const input =
        columns === undefined
          ? { input_data: readInputData(body) }
          : { columns: columns.map(({ name }) => name), data: readRows(body, columns) };
      return model.score({ ...input, params: readParams(body) });
    },
    swagger: (endpointName, version) => swaggerOf(endpointName, version, columns ?? []),
    close: () => model.close(),
  };
}

function onnxScorer(columns: readonly Column[], session: OnnxSession): Scorer {
  let running = 0;
  let drained = (): void => undefined;
  return {
    score: async (body) => {
      running += 1;
      try {
        const rows = readRows(body, columns);
        // The graph holds the thread: requests that arrived at the same time are let in before, so they count as
        // waiting.
        await setImmediate();
        return await session.run(rows);
      } finally {
        running -= 1;
        if (running === 0) drained();
      }
    },
    swagger: (endpointName, version) => swaggerOf(endpointName, version, columns),
    close: async () => {
      if (running > 0)
        await new Promise<void>((resolve) => {
          drained = resolve;
        });
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

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { show } from "../../components/values/violation";
import { sampleRequest } from "../init/sampleRequest";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** A request that a deployment is tried with. */
export interface Sample {
  /** JSON. */
  readonly body: string;
  /** Where it is from, for a person. */
  readonly from: string;
}

export interface SampleChoice {
  /** Folder of the project. */
  readonly cwd: string;
  /** As it was typed, from where the command runs. */
  readonly data: string | undefined;
  /** Folders of the models that are tried, those that are on this machine, the first one first. */
  readonly models: readonly string[];
}

/** What `init` writes. */
const PROJECT_FILE = "sample-request.json";

/**
 * The request that the user gives, else that of the project, else one from what MLflow has saved with a model.
 *
 * @throws Failure when there is none, or it is not JSON
 */
export function findSample({ cwd, data, models }: SampleChoice): Sample {
  if (data !== undefined) return fromFile(resolve(data), `--data ${data}`);
  const file = join(cwd, PROJECT_FILE);
  if (existsSync(file)) return fromFile(file, PROJECT_FILE);
  for (const model of models) {
    const sample = fromModel(resolve(cwd, model), model);
    if (sample !== undefined) return sample;
  }
  throw new Failure(
    `there is no sample request: give one with --data <file>, or put it into ${PROJECT_FILE} in the project's folder; ` +
      'it is what callers send, such as {"input_data": {"columns": ["age"], "data": [[63]]}}',
    EXIT.usage,
  );
}

function fromFile(path: string, from: string): Sample {
  const body = readText(path, from);
  try {
    JSON.parse(body);
  } catch (error) {
    throw new Failure(`${from} is not JSON: ${messageOf(error)}; give what callers send`, EXIT.usage);
  }
  return { body, from };
}

function readText(path: string, from: string): string {
  try {
    // Editors of some systems put a mark before the text, which no JSON has.
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new Failure(`${from} cannot be read: ${messageOf(error)}`, EXIT.usage);
  }
}

function fromModel(folder: string, shown: string): Sample | undefined {
  const read = (path: string): string | undefined => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const mlModel = read("MLmodel");
  const sample = mlModel === undefined ? undefined : sampleRequest(mlModel, read);
  if (sample === undefined) return undefined;
  const from = sample.from === "input example" ? `the input example in ${shown}` : `the signature in ${shown}`;
  return { body: JSON.stringify(sample.body), from };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : show(error);
}

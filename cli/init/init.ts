import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatViolations } from "../../components/values/violation";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import { CI_FILES } from "./ciServices";
import type { CiService } from "./ciServices";
import { look } from "./look";
import type { InitOrder } from "./look";
import { projectFiles } from "./projectFiles";
import type { TextFiles } from "./projectFiles";
import { initRefusals, projectName } from "./refusals";
import { sampleRequest } from "./sampleRequest";
import { describeProject } from "./texts";
import { writeProject } from "./write";

/** A larger input example is no longer readable as a request. */
const MOST_BYTES = 10_000_000n;

export interface Init extends InitOrder {
  readonly ci: CiService | undefined;
  /** The folder `templates` of this package. */
  readonly templates: string;
}

/**
 * Makes a project in an empty folder from the folder of an MLflow model.
 *
 * @returns the text shown to the user
 * @throws Failure that lists every obstacle; nothing was written
 */
export async function init({ ci, templates, ...order }: Init): Promise<string> {
  const { facts, modelFiles } = await look(order);
  const refusals = initRefusals(facts);
  if (refusals.length > 0) throw new Failure(`nothing was written:\n${formatViolations(refusals)}`, EXIT.refused);
  const name = projectName(facts);
  const readable = new Map(
    modelFiles.filter(({ stats }) => stats.size <= MOST_BYTES).map((it) => [it.path, it.source]),
  );
  const sample = sampleRequest(facts.modelState.kind === "found" ? facts.modelState.mlModel : "", (path) => {
    const source = readable.get(path);
    return source === undefined ? undefined : readFileSync(source, "utf8");
  });
  const texts = projectFiles({
    name,
    template: readTexts(join(templates, "rollout")),
    others: {
      ".gitignore": readFileSync(join(templates, "gitignore"), "utf8"),
      ...(ci && ciTexts(ci, join(templates, "ci"))),
    },
    sample: sample?.body,
  });
  const folder = resolve(order.folder);
  try {
    writeProject(folder, texts, modelFiles);
  } catch (error) {
    throw new Error(`the project could not be written; what had been written was removed: ${oneLine(error)}`, {
      cause: error,
    });
  }
  const bytes = modelFiles.reduce((sum, { stats }) => sum + Number(stats.size), 0);
  return describeProject({
    name,
    folder: facts.folder,
    paths: Object.keys(texts),
    model: { files: modelFiles.length, bytes },
    sampleFrom: sample?.from,
  });
}

function ciTexts(ci: CiService, folder: string): TextFiles {
  const files = Object.entries(CI_FILES[ci]);
  return Object.fromEntries(files.map(([place, file]) => [place, readFileSync(join(folder, file), "utf8")]));
}

function readTexts(folder: string): TextFiles {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

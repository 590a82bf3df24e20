import { bytesText } from "../../components/models/bytesText";
import { shellPath } from "../terminal/text";
import { MODEL_FOLDER } from "./projectFiles";

export interface MadeProject {
  readonly name: string;
  /** As it was typed. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly model: { readonly files: number; readonly bytes: number };
  readonly sampleFrom: "input example" | "signature" | undefined;
}

/** What was created, and what to do next. */
export function describeProject({ name, folder, paths, model, sampleFrom }: MadeProject): string {
  const steps = [
    ...(folder === "." ? [] : [`cd ${shellPath(folder)}`]),
    "npm install",
    "npx mlflow-rollout engine",
    "npx mlflow-rollout local --speed 600 --data .local-azure",
  ];
  return [
    `project ${name} in ${folder}`,
    `  ${paths.toSorted().join(", ")}`,
    `  ${MODEL_FOLDER}: the model, ${model.files === 1 ? "1 file" : `${model.files} files`}, ${bytesText(model.bytes)}`,
    `  ${sampleText(sampleFrom)}`,
    "",
    "Next:",
    ...steps.map((step) => `  ${step}`),
    "and in another terminal, in the project:",
    "  source .local-azure/env.sh",
    "  pulumi stack init dev && pulumi up",
    "README.md continues from there: a request, a second version, Azure itself.",
  ].join("\n");
}

function sampleText(from: MadeProject["sampleFrom"]): string {
  if (from === "input example") return "sample-request.json: from the model's input example";
  if (from === "signature")
    return "sample-request.json: made from the model's signature; replace its values with real ones";
  return "no sample-request.json: the model has neither an input example nor a signature to make one from";
}

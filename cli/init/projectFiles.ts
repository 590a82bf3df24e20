import { parseDocument } from "yaml";

/** Text by path below a folder, with `/`. */
export type TextFiles = Readonly<Record<string, string>>;

export interface ProjectPlan {
  readonly name: string;
  /** The folder of the template, as `pulumi new` takes it. */
  readonly template: TextFiles;
  /** Files copied unchanged: `.gitignore`, which npm leaves out of packages, and CI files. */
  readonly others: TextFiles;
  /** Body of `sample-request.json`. */
  readonly sample: Readonly<Record<string, unknown>> | undefined;
}

/** The folder of the first version in the project, as the template's config names it. */
export const MODEL_FOLDER = "models/1";

/**
 * The files of a project except the model: the template filled in as by `pulumi new`, and what is derived from the
 * model.
 */
export function projectFiles({ name, template, others, sample }: ProjectPlan): TextFiles {
  const files = Object.entries(template).map(([path, text]) => {
    const filled = text
      .replaceAll("${PROJECT}", name)
      .replaceAll("${DESCRIPTION}", `Progressive rollout of the MLflow model ${name}`);
    return [path, path === "Pulumi.yaml" ? withoutTemplate(filled) : filled] as const;
  });
  return {
    ...Object.fromEntries(files),
    ...others,
    ...(sample && { "sample-request.json": `${JSON.stringify(sample, undefined, 2)}\n` }),
  };
}

/** The section that only `pulumi new` reads, and leaves out as well. */
function withoutTemplate(text: string): string {
  const document = parseDocument(text);
  document.delete("template");
  return document.toString({ lineWidth: 0 });
}

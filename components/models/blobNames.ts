import { ModelFolderError } from "./folderError";
import type { ModelFile } from "./folder";

/** Source: "Naming and referencing containers, blobs, and metadata", Azure Blob Storage. */
const MAX_LENGTH = 1024;
const MAX_SEGMENTS = 254;
// oxlint-disable-next-line no-control-regex
const UNTAKEN = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The name of a file's blob. */
export function blobName(prefix: string, { path }: Pick<ModelFile, "path">): string {
  return `${prefix}/${path}`;
}

/** @throws ModelFolderError with a line for each file whose name blob storage cannot take */
export function checkBlobNames(prefix: string, files: readonly ModelFile[]): void {
  const problems = files.flatMap((file) => {
    const problem = nameProblem(blobName(prefix, file));
    return problem === undefined ? [] : [`${JSON.stringify(file.source)}: ${problem}; rename it`];
  });
  if (problems.length > 0) throw new ModelFolderError(problems);
}

/** Why blob storage does not take a name, or gives it back as another one. */
export function nameProblem(name: string): string | undefined {
  if (name.length > MAX_LENGTH)
    return `its blob would have a name of ${name.length} characters, allowed are ${MAX_LENGTH}`;
  const segments = name.split("/");
  if (segments.length > MAX_SEGMENTS) return `it would be ${segments.length} levels deep, allowed are ${MAX_SEGMENTS}`;
  if (segments.some((segment) => segment.endsWith("."))) return "blob storage takes no name that ends with a dot";
  if (name.includes("\\")) return "blob storage takes a backslash for a slash";
  if (UNTAKEN.test(name)) return "blob storage takes no control characters in names";
  return LONE_SURROGATE.test(name) ? "its name is no valid Unicode text" : undefined;
}

/** Problems with the files of a model folder, one line each, in file order. */
export class ModelFolderError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ModelFolderError";
  }
}

/** Why a file cannot be read, by the error code of the operating system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "disappeared while the folder was read",
  ENOTDIR: "disappeared while the folder was read",
  ENAMETOOLONG: "leads nowhere: its name is too long",
  ELOOP: "is a link that leads back to itself",
  EACCES: "may not be read by the user that runs this",
  EPERM: "may not be read by the user that runs this",
};

/** One line for a file that cannot be read. */
export function fileProblem(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return `${path}: ${REASONS[code] ?? `cannot be read (${code === "" ? String(error) : code})`}`;
}

export function changedProblem(path: string): string {
  return `${path}: changed while it was read; run this again when nothing writes to it any longer`;
}

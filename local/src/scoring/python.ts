import { join, resolve } from "node:path";
import { runCommand } from "../common/command";
import { ModelLoadError } from "./mlmodel";

/** Ends with 0 when there is an mlflow to import, without the seconds that importing it takes. */
const PROBE = "import importlib.util as u; s = u.find_spec('mlflow'); raise SystemExit(s is None or s.origin is None)";
const PROBE_SECONDS = 30;
const IN_VENV = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
const NEEDED = "a model without an onnx flavour is scored by a Python with mlflow";
const INSTALL =
  "run python3 -m venv .venv && .venv/bin/pip install -r requirements.txt with the requirements.txt of the model";

/**
 * The Python that scores models: the given one, else `LOCAL_AZURE_PYTHON`, else the first that has mlflow of
 * `.venv/bin/python` in the current folder and `python3` on PATH.
 *
 * @throws ModelLoadError that says what to install
 */
export async function findPython(given = process.env["LOCAL_AZURE_PYTHON"]): Promise<string> {
  if (given !== undefined && given !== "") {
    // The process has another working folder than the server.
    const python = /[/\\]/.test(given) ? resolve(given) : given;
    const problem = await problemOf(python);
    if (problem === undefined) return python;
    throw new ModelLoadError(
      `${NEEDED}, and the configured ${python} ${problem}; ${INSTALL}, or configure another one`,
    );
  }
  for (const python of [join(process.cwd(), ".venv", ...IN_VENV), "python3"]) {
    if ((await problemOf(python)) === undefined) return python;
  }
  throw new ModelLoadError(
    `${NEEDED}, and neither .venv/bin/python nor python3 is one; ${INSTALL}, or name one in LOCAL_AZURE_PYTHON`,
  );
}

async function problemOf(python: string): Promise<string | undefined> {
  const { code, errors } = await runCommand(python, ["-c", PROBE], { timeoutSeconds: PROBE_SECONDS });
  if (code === undefined) return `cannot be started (${errors.at(-1) ?? `no answer in ${PROBE_SECONDS} s`})`;
  return code === 0 ? undefined : "cannot import mlflow";
}

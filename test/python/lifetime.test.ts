import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { describe, expect, test } from "vitest";
import { ModelLoadError } from "../../local/src/scoring/mlmodel";
import { PythonProcess } from "../../local/src/scoring/pythonProcess";
import { isRunning, startContainer } from "../support/container";
import { pythonModel } from "../support/modelFiles";
import { SCRIPTED_MODEL, wish } from "../support/scriptedModel";
import { PYTHON, WITHOUT_PYTHON, hasPython } from "../support/python";
import { temporaryFolder } from "../support/temporaryFolder";

const CHILD = "__import__('subprocess').Popen(['sleep', '600']).pid";
const WORKER = join(ROOT, "local", "python", "worker.py");
/** Says so when it is loaded, and never is. */
const ENDLESS = `
import threading

def _load_pyfunc(path):
    print("loading", flush=True)
    threading.Event().wait()
`;
import { ROOT } from "../../driver/paths";

async function waitFor(lines: Interface, wanted: string): Promise<void> {
  for await (const line of lines) if (line === wanted) return;
  throw new Error(`it ended without ${wanted}`);
}

describe.skipIf(!hasPython)(`the Python process of a model${WITHOUT_PYTHON}`, () => {
  test("ends at once when the server stops, busy as it is, with what the model started", async () => {
    const { scorer, log, stopping } = await startContainer(SCRIPTED_MODEL);
    const [pid = 0] = (await scorer.score(wish(`[os.getpid(), ${CHILD}]`))) as readonly number[];
    expect(isRunning(pid)).toBe(true);
    const hanging = scorer.score(wish("hang")).catch((error: unknown) => error);
    await expect.poll(() => log).toContain("hanging");
    stopping.abort();
    // The streams, which the child has too, are closed by then.
    expect(await hanging).toMatchObject({ status: 500, log: "Python ended with SIGKILL" });
    await scorer.close();
    expect(isRunning(pid)).toBe(false);
  });

  test("ends when the server is gone without a word, also while it loads the model", async () => {
    const folder = temporaryFolder(pythonModel(ENDLESS) as Record<string, string>);
    const worker = spawn(PYTHON, [WORKER, folder], { detached: true, stdio: ["pipe", "ignore", "pipe"] });
    await waitFor(createInterface(worker.stderr), "loading");
    worker.stdin.destroy();
    expect(await once(worker, "exit")).toEqual([null, "SIGKILL"]);
  });

  test("is given up when the model is not loaded in time", async () => {
    const folder = temporaryFolder(pythonModel(ENDLESS) as Record<string, string>);
    const { signal } = new AbortController();
    const start = PythonProcess.start({
      python: PYTHON,
      folder,
      environment: {},
      startTimeoutMs: 50,
      signal,
      log: () => undefined,
    });
    await expect(start).rejects.toThrow(new ModelLoadError("the model was not loaded within 0.05 s"));
  });

  test("is not started for a model with a path that leaves its folder", async () => {
    await expect(startContainer({ ...SCRIPTED_MODEL, "../outside.txt": "" })).rejects.toThrow(
      new ModelLoadError("../outside.txt is not a path inside the model's folder"),
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SCRIPT_FAILED, ScoringError } from "./inputData";
import { ModelLoadError } from "./mlmodel";
import type { ModelFiles } from "./mlmodel";
import { PythonProcess } from "./pythonProcess";
import type { PythonOptions, WorkerReply } from "./pythonProcess";

/** What a model that is closed gets to answer the requests it has. */
const DRAIN_MS = 10_000;

/** A model in a Python process of its own, which is started anew once when it crashes; an answer earns the next restart. */
export class PythonModel {
  private readonly closing = new AbortController();
  private readonly options: PythonOptions;
  private process: Promise<PythonProcess>;
  private last: Promise<unknown> = Promise.resolve();
  private mayRestart = true;

  /** @throws ModelLoadError when it cannot be loaded */
  static async open(files: ModelFiles, options: Omit<PythonOptions, "folder">): Promise<PythonModel> {
    const model = new PythonModel({ ...options, folder: await writeFiles(files) });
    try {
      await model.process;
      return model;
    } catch (error) {
      await model.close();
      throw error;
    }
  }

  private constructor(options: PythonOptions) {
    this.options = { ...options, signal: AbortSignal.any([options.signal, this.closing.signal]) };
    this.process = this.start();
  }

  /**
   * Gives the answer to a request, after those of all earlier requests.
   *
   * @throws ScoringError when the model raises or its process ends
   */
  score(request: object): Promise<unknown> {
    const answer = this.last.then(() => this.ask(request));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** Answers the requests it has, for ten seconds at the most, then ends the process and removes its files. */
  async close(): Promise<void> {
    await Promise.race([this.last, delay(DRAIN_MS, undefined, { ref: false })]);
    this.closing.abort();
    await this.process.then(
      ({ ended }) => ended,
      () => undefined,
    );
    await rm(this.options.folder, { recursive: true, force: true });
  }

  private async ask(request: object): Promise<unknown> {
    let reply: WorkerReply;
    try {
      reply = await (await this.process).ask(request);
    } catch (error) {
      throw new ScoringError(500, SCRIPT_FAILED, error instanceof Error ? error.message : String(error));
    }
    this.mayRestart = true;
    if (reply.error !== undefined) throw new ScoringError(500, SCRIPT_FAILED, reply.error);
    return reply.answer;
  }

  private start(): Promise<PythonProcess> {
    const started = PythonProcess.start(this.options);
    started.then(
      ({ ended }) => ended.then((end) => this.restart(end)),
      () => undefined,
    );
    return started;
  }

  private restart(end: string): void {
    if (this.options.signal.aborted) return;
    this.options.log(
      this.mayRestart ? `${end}; starting it again` : `${end} again before it gave an answer; it stays down`,
    );
    if (!this.mayRestart) return;
    this.mayRestart = false;
    this.process = this.start();
  }
}

/** Python reads a model from a folder. */
async function writeFiles(files: ModelFiles): Promise<string> {
  // Some clients keep blobs that stand for folders.
  const paths = files.paths.filter((path) => path !== "" && !path.endsWith("/"));
  const outside = paths.find((path) => normalize(path).startsWith(".."));
  if (outside !== undefined) throw new ModelLoadError(`${outside} is not a path inside the model's folder`);
  const folder = await mkdtemp(join(tmpdir(), "local-azure-model-"));
  for (const path of paths) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await files.read(path));
  }
  return folder;
}

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import type { CommandEnd } from "../gates/checks";

/**
 * What a command sees of the environment, by name. Everything else stays out, since no list of names knows every secret.
 * Source: POSIX, "Environment Variables", and what Windows and language runtimes need to start.
 */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|TERM|NO_COLOR|CI|VIRTUAL_ENV|PYTHONPATH|NODE_PATH|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES)$/i;
/** Longer lines are cut. */
const LONGEST_LINE = 200;
const KEPT_TEXT = 4096;

/** The variables of an environment that a command of a gate sees. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}

export interface GateCommand {
  readonly run: readonly string[];
  readonly timeoutSeconds: number;
  /** What it is told, beside what {@link withoutSecrets} leaves of the environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Runs a command without a shell, in the folder of the program, and ends it and what it has started when its time is over.
 * It never rejects.
 */
export function runCommand({ run, timeoutSeconds, variables }: GateCommand): Promise<CommandEnd> {
  const [command = "", ...args] = run;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...withoutSecrets(process.env), ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, which can be ended as a whole.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const lastLine = lastLineOf(child);
    let problem: string | undefined;
    const timer = setTimeout(() => {
      problem = `not done after ${timeoutSeconds} s`;
      end(child);
    }, timeoutSeconds * 1000);
    child.on("error", ({ message }) => {
      clearTimeout(timer);
      resolve({ problem: `cannot be started: ${message}`, lastLine: "" });
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const why = problem ?? (code === null ? `ended by ${signal}` : undefined);
      resolve(
        why === undefined ? { code: code ?? undefined, lastLine: lastLine() } : { problem: why, lastLine: lastLine() },
      );
    });
  });
}

function end(child: ChildProcess): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
  // What it has left running elsewhere may still hold them.
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** The last line that a command has printed, on either stream. */
function lastLineOf(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder("utf8");
    stream?.on("data", (data: Buffer) => (text = (text + decoder.write(data)).slice(-KEPT_TEXT)));
  }
  return () => {
    const line = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
    return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 3)}...` : line;
  };
}

import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryFolder } from "./temporaryFolder";

/** What the command answers: the first whose words begin what is typed. */
export interface FakeAnswer {
  readonly typed: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** Whether it goes on until it gets Ctrl+C. */
  readonly hangs?: boolean;
  /** Whether who typed it gets Ctrl+C meanwhile. */
  readonly interrupts?: boolean;
}

/** A `pulumi` that only answers, for a test. */
export class FakePulumi {
  readonly folder: string;

  constructor(answers: readonly FakeAnswer[]) {
    this.folder = temporaryFolder({
      "bin/pulumi": SCRIPT,
      "bin/answers.json": JSON.stringify(answers),
      "bin/typed": "",
    });
    chmodSync(join(this.folder, "bin", "pulumi"), 0o755);
  }

  get env(): NodeJS.ProcessEnv {
    const path = [join(this.folder, "bin"), process.env["PATH"] ?? ""].join(delimiter);
    return { ...process.env, PATH: path, PULUMI_HOME: join(this.folder, "home") };
  }

  /** All that was typed, without the colour flag. */
  get typed(): readonly string[] {
    const lines = readFileSync(join(this.folder, "bin", "typed"), "utf8").trim();
    return lines === "" ? [] : lines.split("\n").map((line) => line.replace(" --color never", ""));
  }
}

const SCRIPT = `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const typed = process.argv.slice(2).join(" ");
const answers = JSON.parse(readFileSync(__dirname + "/answers.json", "utf8"));
const { stdout = "", stderr = "", code = 0, hangs = false, interrupts = false } =
  answers.find((answer) => typed.startsWith(answer.typed)) ?? { code: 1, stderr: "not expected: " + typed };
// Who waits for it to be typed may interrupt it at once.
if (hangs) process.on("SIGINT", () => process.exit(255));
appendFileSync(__dirname + "/typed", typed + "\\n");
if (interrupts) process.kill(process.ppid, "SIGINT");
if (hangs) {
  setInterval(() => undefined, 1000);
} else {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
}
`;

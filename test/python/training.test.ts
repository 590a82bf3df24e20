import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { HEART_CSV, WITHOUT_ROWS, hasHeartRows, readHeartRows } from "../support/heartRows";
import { MODELS } from "../support/modelFiles";
import { WITHOUT_PYTHON, hasPython, runPython } from "../support/python";
import { temporaryFolder } from "../support/temporaryFolder";
import { EXAMPLE } from "../../driver/paths";

const parsed = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), "utf8"));

test.skipIf(!hasPython || !hasHeartRows)(
  `train.py makes the committed models again: the same quality, samples and answers${WITHOUT_PYTHON}${WITHOUT_ROWS}`,
  async () => {
    const out = mkdtempSync(join(tmpdir(), "trained-"));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const printed = await runPython(join(EXAMPLE, "train.py"), "--data", HEART_CSV, "--out", out);
    expect(printed).toContain("blue: accuracy 0.802, AUC 0.884 (5-fold)");
    expect(printed).toContain("green: accuracy 0.828, AUC 0.888 (5-fold)");
    for (const file of ["sample-request.json", "expected-answers.json"]) {
      expect(parsed(out, file)).toEqual(parsed(EXAMPLE, file));
    }
    const frame = temporaryFolder({ "frame.json": JSON.stringify(readHeartRows()) });
    const folders = [join(out, "models"), MODELS].flatMap((folder) => [join(folder, "blue"), join(folder, "green")]);
    const answers = await runPython(join(__dirname, "predict.py"), join(frame, "frame.json"), ...folders);
    const [blue, green, committedBlue, committedGreen] = JSON.parse(answers) as readonly unknown[];
    expect([blue, green]).toEqual([committedBlue, committedGreen]);
  },
  180_000,
);

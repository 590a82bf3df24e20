import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession } from "../../../local/src/scoring/onnx";
import type { OnnxSession } from "../../../local/src/scoring/onnx";
import { parseMlModel } from "../../../local/src/scoring/mlmodel";
import { EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../../driver/heartWorkspace";
import { MODELS } from "../../../driver/paths";

const { columns: NAMES, data: ROWS } = (
  JSON.parse(SAMPLE_REQUEST) as { input_data: { columns: string[]; data: unknown[][] } }
).input_data;
const FOLDER = join(MODELS, "blue");

let session: OnnxSession;
beforeAll(async () => {
  const { columns = [] } = parseMlModel(readFileSync(join(FOLDER, "MLmodel"), "utf8"));
  expect(columns.map(({ name }) => name)).toEqual(NAMES);
  session = await openSession(readFileSync(join(FOLDER, "model.onnx")), columns);
});
afterAll(() => session.close());

const HEAD = EXPECTED_ANSWERS.blue.slice(0, ROWS.length);

test("a session answers each row, however many there were in the run before", async () => {
  const upside = ROWS.toReversed();
  expect(await session.run(ROWS)).toEqual(HEAD);
  expect(await session.run(upside)).toEqual(HEAD.toReversed());
  expect(await session.run(ROWS.slice(0, 1))).toEqual(HEAD.slice(0, 1));
  expect(await session.run([])).toEqual([]);
  expect(await session.run(ROWS)).toEqual(HEAD);
});

test("runs that begin together do not see the rows of each other", async () => {
  const orders = [ROWS, ROWS.toReversed(), ROWS.slice(1), ROWS, ROWS.toReversed()];
  const answers = await Promise.all(orders.map((rows) => session.run(rows)));
  expect(answers).toEqual([HEAD, HEAD.toReversed(), HEAD.slice(1), HEAD, HEAD.toReversed()]);
});

test("a row that the graph cannot take fails its own run alone", async () => {
  const broken = ROWS.map(([, ...rest]) => [1.5, ...rest]);
  await expect(session.run(broken)).rejects.toThrow(/1\.5/);
  expect(await session.run(ROWS)).toEqual(HEAD);
});

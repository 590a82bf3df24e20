import { afterAll, beforeAll, expect, test } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { StatusSession } from "../support/statusSession";

let session: StatusSession;
beforeAll(async () => {
  session = await StatusSession.open();
}, 300_000);
afterAll(() => session.close());

test("probe", async () => {
  let t = Date.now();
  console.log(JSON.stringify(await session.status()), Date.now() - t);
  console.log((await session.up()).code);
  t = Date.now();
  const s = await session.status();
  console.log(s.text, s.code, Date.now() - t);
  session.configure({
    deployments: { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } },
    candidate: "model-2",
  });
  console.log((await session.status()).text);
  console.log((await session.up()).code);
  console.log((await session.status()).text);
  console.log(await session.view());
  expect(EXIT.done).toBe(0);
}, 300_000);

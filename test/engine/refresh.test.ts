import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
});
afterAll(() => rehearsal.close());

/** What is typed to ask whether somebody has changed something; each fails by itself when the engine sees a change. */
const ASKED: Readonly<Record<string, () => Promise<unknown>>> = {
  "pulumi preview --refresh --expect-no-changes": () =>
    rehearsal.stack.stack.preview({ refresh: true, expectNoChanges: true }),
  "pulumi refresh --expect-no-changes": () => rehearsal.stack.stack.refresh({ expectNoChanges: true }),
  "pulumi up --refresh --expect-no-changes": () => rehearsal.stack.stack.up({ refresh: true, expectNoChanges: true }),
};

// The endpoint is recorded as it was created, without weights; what the traffic step has made of it since is no change.
describe.each([
  ["the first up", { [BLUE]: 100, [GREEN]: 0 }],
  ["a step", { [BLUE]: 90, [GREEN]: 10 }],
])("after %s", (_, traffic) => {
  beforeAll(async () => {
    rehearsal.stack.configure({ ...BOTH, traffic });
    await rehearsal.stack.up();
  });

  test.each(Object.entries(ASKED))("%s sees none", async (_command, ask) => {
    const trace = await rehearsal.armTrace(() => ask().then(() => undefined));
    expect(writesOf(trace)).toEqual([]);
  });
});

test("weights that somebody has changed fail it", async () => {
  await rehearsal.editEndpoint({ properties: { traffic: { [BLUE]: 70, [GREEN]: 30 } } });
  const preview = rehearsal.stack.stack.preview({ refresh: true, expectNoChanges: true });
  await expect(preview).rejects.toThrow(/changed elsewhere|no changes were expected/);
});

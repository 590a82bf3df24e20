import { afterAll, expect, test, vi } from "vitest";
import { AS_DOCUMENTED } from "../../prove/ordinary/case";
import { CASES } from "../../prove/ordinary/cases";
import { recordedRows } from "../../prove/ordinary/recorded";
import { play, settle } from "../../prove/ordinary/run";
import { Worlds } from "../../prove/ordinary/worlds";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const worlds = new Worlds();

afterAll(() => worlds.close());

test.each([
  "takes the component out of the program",
  "types pulumi destroy",
  "adopts the workspace that the component itself has made",
  "catches the error of arguments that are wrong",
  "shifts everything to the other deployment and removes the first one in the same update",
  "gives a new deployment weight in the update that creates it",
])("somebody %s: it is said, ends as documented, and there is a way on", async (name) => {
  const ordinary = CASES.find((known) => known.name === name);
  const recorded = recordedRows().find((row) => row.name === name);
  if (ordinary === undefined) throw new Error(`no case is named ${name}`);
  const world = await worlds.take(ordinary.world);
  const row = await play(world, ordinary);
  // As recorded, where it has been.
  const { exit, writes, live, todo } = recorded ?? row;
  expect(row).toMatchObject({ exit, writes, live, todo, lost: 0, outages: [], stuck: false, result: AS_DOCUMENTED });
  expect(row.requests).toBeGreaterThan(0);
  if (!(await settle(world, ordinary, row))) await worlds.close();
});

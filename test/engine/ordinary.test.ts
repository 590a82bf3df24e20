import { afterAll, expect, test, vi } from "vitest";
import { AS_DOCUMENTED } from "../../prove/ordinary/cases/ordinaryCase";
import { CASES } from "../../prove/ordinary/cases/all";
import { recordedOrdinaryRows } from "../../prove/ordinary/recorded";
import { playCase, resetTestbed } from "../../prove/ordinary/playCase";
import { Testbeds } from "../../prove/ordinary/testbed/testbeds";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const testbeds = new Testbeds();

afterAll(() => testbeds.close());

test.each([
  "takes the component out of the program",
  "types pulumi destroy",
  "adopts the workspace that the component itself has made",
  "catches the error of arguments that are wrong",
  "shifts everything to the other deployment and removes the first one in the same update",
  "gives a new deployment weight in the update that creates it",
])("somebody %s: it is said, ends as documented, and there is a way on", async (name) => {
  const ordinary = CASES.find((known) => known.name === name);
  const recorded = recordedOrdinaryRows().find((row) => row.name === name);
  if (ordinary === undefined) throw new Error(`no case is named ${name}`);
  const testbed = await testbeds.take(ordinary.testbed);
  const row = await playCase(testbed, ordinary);
  // As recorded, where it has been.
  const { exit, writes, live, todo } = recorded ?? row;
  expect(row).toMatchObject({ exit, writes, live, todo, lost: 0, outages: [], stuck: false, result: AS_DOCUMENTED });
  expect(row.requests).toBeGreaterThan(0);
  if (!(await resetTestbed(testbed, ordinary, row))) await testbeds.close();
});

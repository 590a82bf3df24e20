import { afterAll, beforeAll, expect, test } from "vitest";
import { AS_DOCUMENTED } from "../../prove/faults/faultCase";
import { FAULTS } from "../../prove/faults/cases";
import { recordedFaultRows } from "../../prove/faults/recorded";
import { runFault } from "../../prove/faults/runFault";
import { FaultTestbed } from "../../prove/faults/testbed";

let testbed: FaultTestbed;

beforeAll(async () => {
  testbed = await FaultTestbed.start();
});

afterAll(() => testbed.close());

// Weight steps go to and fro, so these find the weights that their recorded rows found.
test.each([
  "the operation on the endpoint fails",
  "the write is accepted and not applied",
  "429 with Retry-After, twice",
  "quota refused",
  "`Conflict`, until another operation on the endpoint has ended",
])("%s: the user sees what the fault table shows, and what it says to do helps", async (name) => {
  const fault = FAULTS.find((known) => known.name === name);
  const recorded = recordedFaultRows().find((row) => row.name === name);
  if (fault === undefined || recorded === undefined) throw new Error(`no fault is named ${name}`);
  const { requests, ...row } = await runFault(testbed, fault);
  expect(requests).toBeGreaterThan(0);
  const { exit, says, before, live, todo } = recorded;
  expect(row).toMatchObject({ exit, says, before, live, todo, lost: 0, result: AS_DOCUMENTED });
});

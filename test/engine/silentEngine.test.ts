import { ComponentResource } from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { afterEach, expect, test } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../components";
import { injectFaults } from "../../driver/faults";
import { WORKSPACE, armIdOf, createWorkspace, registerModel } from "../../driver/heartWorkspace";
import { Rehearsal } from "../support/rehearsal";

let rehearsal: Rehearsal;

async function open(program: () => unknown): Promise<void> {
  rehearsal = await Rehearsal.start({}, async () => {
    await program();
    return {};
  });
  await createWorkspace(rehearsal.azure);
  await registerModel(rehearsal.azure, "1", "blue");
}
afterEach(() => rehearsal.close());

function declare(endpointName: string): ProgressiveMlflowEndpoint {
  const id = armIdOf(rehearsal.azure, `${WORKSPACE}/models/heart-classifier/versions/1`);
  return new ProgressiveMlflowEndpoint(endpointName, {
    resourceGroupName: "heart",
    workspace: { existingName: "heart" },
    endpointName,
    model: { name: "heart-classifier", versions: { "1": { id } } },
    deployments: { blue: { modelVersion: "1" } },
    traffic: { blue: 100 },
  });
}

/** Lets the engine save its state when the program wants it to. */
class Late extends ComponentResource {
  constructor() {
    super("test:index:Late", "late");
  }

  end(): void {
    this.registerOutputs({ isOver: true });
  }
}

const WEIGHTS = /\/onlineEndpoints\/heart$/;

/** The hook reads them after the write, and once more, since Azure shows the old ones first. */
async function weightsAreReadBack(): Promise<void> {
  for (let isRead = false; !isRead;) {
    const trace = await rehearsal.azure.trace("kind=arm");
    const written = trace.findIndex(
      ({ method, path, via }) => method === "PUT" && via !== undefined && WEIGHTS.test(path),
    );
    isRead = written >= 0 && trace.slice(written).some(({ method, path }) => method === "GET" && WEIGHTS.test(path));
  }
}

// The engine saves no state while a hook runs after a write, and starts no provider before it has saved the state.
test("a step ends though a provider is to start while its weights are read back", async () => {
  await open(async () => {
    declare("heart");
    const late = new Late();
    await weightsAreReadBack();
    late.end();
    // Of another version, whose provider the component has not had started.
    return new RandomString("late", { length: 5 }, { version: "4.0.0" });
  });
  const match = `PUT .*${WEIGHTS.source}`;
  await injectFaults(rehearsal.azure, { match, after: 1, times: 1, effect: { staleFor: { reads: 1 } } });
  const { text } = await rehearsal.stack.up();
  expect(text).toContain("verified  live traffic is blue 100");
  expect(text).toContain("random:index:RandomString late created");
  expect(await rehearsal.liveTraffic()).toEqual({ blue: 100 });
});

// The engine needs a worker for the start of a provider, and hooks have all of them.
test("more components than the engine has workers", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `heart-${index}`);
  await open(() => names.map(declare));
  const { stdout } = await rehearsal.stack.stack.up({ parallel: 2 });
  expect(stdout.match(/verified {2}live traffic is blue 100/g)).toHaveLength(2 * names.length);
});

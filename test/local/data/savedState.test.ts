import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { faultCounts, injectFaults } from "../../../driver/faults";
import {
  createHeartEndpoint,
  createWorkspace,
  ENDPOINT,
  endpointBody,
  GROUP,
  LOCATION,
  WORKSPACE,
} from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-azure-restart-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a server on the folder for as long as the work takes. */
async function using<T>(work: (azure: TestAzure) => Promise<T>, port = 0): Promise<T> {
  const azure = await TestAzure.start({ dataDirectory: folder, port });
  try {
    return await work(azure);
  } finally {
    await azure.close();
  }
}

describe("after a restart on the same folder and port", () => {
  test("the environment of a client is the same, and its token is still good", async () => {
    const before = await using(async (azure) => {
      await azure.arm("PUT", GROUP, { location: LOCATION });
      return { env: azure.azure.env, token: await azure.token(), port: Number(new URL(azure.azure.url).port) };
    });
    await using(async (azure) => {
      expect(azure.azure.env).toEqual(before.env);
      const path = `/subscriptions/${azure.azure.subscriptionId}/${GROUP}?api-version=2021-04-01`;
      const headers = { authorization: `Bearer ${before.token}` };
      expect((await azure.send("GET", path, { headers })).status).toBe(200);
    }, before.port);
  });

  test("a client that follows an operation learns that it has failed, and how others ended", async () => {
    const before = await using(async (azure) => {
      await createHeartEndpoint(azure);
      const done = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 90, green: 10 } }));
      await azure.finish(done);
      const interrupted = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { green: 100 } }));
      return { done, interrupted, port: Number(new URL(azure.azure.url).port) };
    });
    await using(async (azure) => {
      expect((await azure.finish(before.done)).body).toMatchObject({ status: "Succeeded" });
      const { body } = await azure.finish(before.interrupted);
      expect(body).toMatchObject({
        status: "Failed",
        error: {
          code: "OperationCanceled",
          message: "The local Azure ML was stopped while the operation was running.",
        },
      });
      expect(Date.parse(textAt(body, "endTime"))).toBeGreaterThanOrEqual(Date.parse(textAt(body, "startTime")));
      expect((await azure.arm("GET", ENDPOINT)).body).toMatchObject({
        properties: { provisioningState: "Failed", traffic: { blue: 90, green: 10 } },
      });
    }, before.port);
  });

  test("virtual time has not gone back", async () => {
    const before = await using(async (azure) => {
      await azure.advance(86_400);
      return textAt((await azure.send("GET", "/_local/clock")).body, "now");
    });
    const after = await using(async (azure) => textAt((await azure.send("GET", "/_local/clock")).body, "now"));
    expect(Date.parse(after)).toBeGreaterThanOrEqual(Date.parse(before));
    expect(Date.parse(after)).toBeLessThan(Date.parse(before) + 60_000);
  });

  test("faults and trace are gone", async () => {
    await using(async (azure) => {
      await injectFaults(azure, { fault: "throttled" });
      await azure.arm("GET", GROUP);
    });
    await using(async (azure) => {
      expect(await faultCounts(azure)).toEqual([]);
      expect(await azure.trace("kind=arm")).toEqual([]);
    });
  });
});

describe("a folder", () => {
  test.each([
    ["state.json", "{}", "is broken (url must be text)"],
    [
      "state.json",
      '{"url":"https://localhost:1","now":0,"resources":[{}],"operations":[]}',
      "is broken (resources must be a list of resources)",
    ],
    ["state.json", "null", "is broken (url must be text)"],
    ["certificate.json", '{"cert":"x","key":"y","ca":"z"}', "is broken (it holds no certificate or key in PEM form)"],
    ["credentials.json", "[]", "is broken (clientId, clientSecret and signingKey must be text)"],
    ["credentials.json", "not json", "is not JSON"],
    ["blobs/index.json", "{", "cannot be read ("],
  ])(
    "whose %s is %s is refused in one sentence that tells what to do, and can be used again",
    async (name, content, problem) => {
      await using(createWorkspace);
      const file = join(folder, name);
      const before = readFileSync(file);
      writeFileSync(file, content);
      const error = await startLocalAzure({ dataDirectory: folder }).catch((reason: unknown) => reason);
      expect(String(error)).toMatch(/^Error: [^\n]*; restore it, or remove the folder to start empty$/);
      expect(String(error)).toContain(problem);
      expect(String(error)).toContain(folder);
      writeFileSync(file, before);
      expect(await using((azure) => azure.arm("GET", WORKSPACE))).toMatchObject({ status: 200 });
    },
  );

  test("whose lock has this process's number from an earlier life is taken over", async () => {
    writeFileSync(join(folder, "lock"), String(process.pid));
    await using(async (azure) => expect(azure.azure.ca).toBe(join(folder, "ca.pem")));
  });

  test("is given to one of several that start on it at the same time, also over the lock of a dead one", async () => {
    writeFileSync(join(folder, "lock"), "999999999");
    const starts = await Promise.allSettled([1, 2, 3].map(() => startLocalAzure({ dataDirectory: folder })));
    const started = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
    expect(started).toHaveLength(1);
    const reasons = starts.flatMap((start) => (start.status === "rejected" ? [String(start.reason)] : []));
    for (const reason of reasons) expect(reason).toContain(`another local Azure ML uses the folder ${folder}`);
    await started[0]?.close();
    expect(await using(async (azure) => valueAt((await azure.send("GET", "/_local/health")).body, "status"))).toBe(
      "ok",
    );
  });
});

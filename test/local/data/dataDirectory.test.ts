import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  blobService,
  createHeartEndpoint,
  defaultContainer,
  deploymentBody,
  ENDPOINT,
  EXPECTED_ANSWERS,
  GROUP,
  LOCATION,
} from "../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../support/localAzure";
import { Scoring } from "../../../driver/scoring";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-azure-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = () => TestAzure.start({ dataDirectory: folder });

/** Runs a server on the folder for as long as the work takes. */
async function using<T>(work: (azure: TestAzure) => Promise<T>): Promise<T> {
  const azure = await start();
  try {
    return await work(azure);
  } finally {
    await azure.close();
  }
}

describe("a data folder", () => {
  test("keeps everything over a restart: resources, blobs, keys, models that answer, the certificate", async () => {
    const before = await using(async (azure) => {
      await createHeartEndpoint(azure);
      const certificate = readFileSync(azure.azure.ca, "utf8");
      return { key: (await Scoring.of(azure)).key, certificate };
    });
    await using(async (azure) => {
      expect(readFileSync(azure.azure.ca, "utf8")).toBe(before.certificate);
      const endpoint = await Scoring.of(azure);
      expect(endpoint.key).toBe(before.key);
      expect(endpoint.uri).toContain(azure.azure.url);
      for (const name of ["blue", "green"] as const) {
        const headers = { "azureml-model-deployment": name };
        expect((await endpoint.score({ headers })).body).toEqual(EXPECTED_ANSWERS[name]);
      }
      expect(await endpoint.split(5)).toEqual({ blue: 5 });
      expect((await blobService(azure)).url).toContain(azure.azure.url);
      const blob = (await defaultContainer(azure)).getBlockBlobClient("models/1/MLmodel");
      expect((await blob.downloadToBuffer()).toString("utf8")).toContain("flavors:");
    });
  });

  test("marks what a stop interrupted as failed; the old weights are still live", async () => {
    await using(async (azure) => {
      await createHeartEndpoint(azure);
      await azure.arm("PUT", `${ENDPOINT}/deployments/late`, deploymentBody(azure, "1"));
    });
    await using(async (azure) => {
      expect(await azure.arm("GET", `${ENDPOINT}/deployments/late`)).toMatchObject({
        body: { properties: { provisioningState: "Failed" } },
      });
      expect(valueAt((await azure.arm("GET", ENDPOINT)).body, "properties")).toMatchObject({
        provisioningState: "Succeeded",
        traffic: { blue: 100 },
      });
      const again = await azure.operate("PUT", `${ENDPOINT}/deployments/late`, deploymentBody(azure, "1"));
      expect(again.body).toMatchObject({ status: "Succeeded" });
    });
  });

  test("forgets what was deleted", async () => {
    await using(async (azure) => {
      await azure.arm("PUT", GROUP, { location: LOCATION });
      await azure.operate("DELETE", GROUP);
    });
    await using(async (azure) => {
      expect((await azure.arm("GET", GROUP)).status).toBe(404);
    });
  });

  test("serves one instance at a time, and the next one when the first has stopped", async () => {
    await using(async () => {
      await expect(startLocalAzure({ dataDirectory: folder })).rejects.toThrow(
        `another local Azure ML uses the folder ${folder}; stop it or use another folder`,
      );
    });
    await expect(using(async (azure) => azure.azure.ca)).resolves.toBe(join(folder, "ca.pem"));
  });

  test.each([
    ["of a process that is gone", "999999999"],
    ["that a crash left empty", ""],
  ])("is not locked by a lock %s", async (_, lock) => {
    writeFileSync(join(folder, "lock"), lock);
    await expect(using(async (azure) => azure.azure.ca)).resolves.toBe(join(folder, "ca.pem"));
  });

  test("whose state cannot be read is refused in one sentence, and is not locked afterwards", async () => {
    const file = join(folder, "state.json");
    writeFileSync(file, "{");
    await expect(startLocalAzure({ dataDirectory: folder })).rejects.toThrow(
      `${file} is not JSON; restore it, or remove the folder to start empty`,
    );
    rmSync(file);
    await expect(using(async (azure) => azure.azure.ca)).resolves.toBe(join(folder, "ca.pem"));
  });

  test("gets a new certificate when its own has run out", async () => {
    const expired = await generate([], { notBeforeDate: new Date(0), notAfterDate: new Date(86_400_000) });
    const saved = { cert: expired.cert, key: expired.private, ca: expired.cert };
    writeFileSync(join(folder, "certificate.json"), JSON.stringify(saved));
    await using(async (azure) => {
      expect(readFileSync(azure.azure.ca, "utf8")).not.toBe(expired.cert);
      expect((await azure.send("GET", "/_local/health")).status).toBe(200);
    });
  });

  test.skipIf(process.platform === "win32")(
    "keeps keys where only its owner reads them (needs POSIX file modes)",
    async () => {
      await using((azure) => azure.arm("PUT", GROUP, { location: LOCATION }));
      for (const name of ["state.json", "certificate.json"]) {
        expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
      }
    },
  );
});

test("a port in use is refused in one sentence", async () => {
  await using(async (azure) => {
    const port = Number(new URL(azure.azure.url).port);
    await expect(startLocalAzure({ port })).rejects.toThrow(`port ${port} is in use; choose another one`);
  });
});

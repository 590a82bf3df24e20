import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AdoptionResult } from "../../cli/adoption/adoption";
import { ScoringClient } from "../../driver/scoringClient";
import { Load } from "../../driver/load";
import { AdoptSession, STEP, TIMEOUT_MS } from "../support/adoptSession";
import { ENDPOINT } from "../../driver/heartWorkspace";
import { textAt, valueAt } from "../support/localAzure";
import { EXIT } from "../../cli/terminal/exitCodes";

/** The tests of each block are one session of a user at a terminal. */
let session: AdoptSession;

const LATER = "it stays as it is until the deployment is next written, such as for another instance count";

describe("an endpoint that az made, with 90/10", () => {
  let load: Load;
  let client: ScoringClient;
  let printed: AdoptionResult | undefined;

  beforeAll(async () => {
    session = await AdoptSession.open({ traffic: { blue: 90, green: 10 } });
    const { body } = await session.azure.arm("POST", `${ENDPOINT}/listKeys`);
    client = new ScoringClient(session.azure.azure.ca);
    const scoringUri = textAt(await session.endpoint(), "properties.scoringUri");
    load = new Load(client, { scoringUri, key: textAt(body, "primaryKey") });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await load.stop();
    client.close();
    await session.close();
  });

  test(
    "without a program, adopt prints it and the config and writes nothing",
    async () => {
      const { code, stderr, result } = await session.adopt("--yes");
      printed = result;
      expect(code).toBe(1);
      expect(stderr).toContain("does not declare it yet: put both there, then run this command again\n");
      expect(result).toMatchObject({ resources: [], adopted: false });
      expect(result?.warnings).toEqual(
        ["blue", "green"].map(
          (name) => `deployment ${name}: environmentVariables.MODE is set and not declared; ${LATER}`,
        ),
      );
    },
    TIMEOUT_MS,
  );

  test(
    "a program with other weights is refused",
    async () => {
      session.project.write("index.ts", printed?.program ?? "");
      session.project.configure(
        (printed?.config ?? "").replace('"blue": 90', '"blue": 80').replace('"green": 10', '"green": 20'),
      );
      const { code, stderr } = await session.adopt("--yes");
      expect(stderr).toContain(
        "mlflow-rollout: the program does not declare what is there; nothing was written:\n" +
          "  - traffic: the program declares blue=80 green=20, the service has blue=90 green=10; declare what it has\n",
      );
      expect(code).toBe(EXIT.refused);
      expect(await session.must("stack", "export")).not.toContain("heart-classifier-endpoint");
    },
    TIMEOUT_MS,
  );

  test(
    "adopt takes it into the state, and Azure is only read",
    async () => {
      session.project.configure(printed?.config ?? "");
      const writes = await session.writesWhile(async () => {
        const { code, result } = await session.adopt("--yes");
        expect(code).toBe(0);
        expect(result?.resources.map(({ type }) => type)).toEqual([
          "pulumi:pulumi:Stack",
          "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint",
          "pulumi:providers:azure-native",
          "azure-native:machinelearningservices:OnlineEndpoint",
          "azure-native:machinelearningservices:OnlineDeployment",
          "azure-native:machinelearningservices:OnlineDeployment",
          "azure-native:resources:Deployment",
        ]);
      });
      expect(writes).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    "the first up makes the deletion protection, which is not in Azure, and the next one has nothing to do",
    async () => {
      const writes = await session.writesWhile(async () => {
        const made = await session.must("up", "--yes", "--skip-preview");
        expect(made).toMatch(/heart-classifier-deletion-protection created/);
        expect(made).toMatch(/\+ 1 created\n\s+6 unchanged/);
        expect(await session.must("up", "--yes", "--skip-preview", "--expect-no-changes")).toMatch(/7 unchanged/);
      });
      expect(writes).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    "after a refresh only the traffic step is missing, with the weights that are live",
    async () => {
      const state = await session.must("stack", "export");
      await session.must("refresh", "--yes", "--skip-preview");
      const preview = await session.must("preview");
      expect(preview).toMatch(/\+ +azure-native:resources:Deployment heart-classifier-traffic create/);
      expect(preview).toMatch(/\+ 1 to create\n\s+6 unchanged/);
      expect(preview).toContain("traffic  blue 90, green 10 (nothing moves)");
      session.project.write("state.json", state);
      await session.must("stack", "import", "--file", "state.json");
      expect(await session.must("preview", "--expect-no-changes")).toMatch(/7 unchanged/);
    },
    TIMEOUT_MS,
  );

  test(
    "the first step is one write of the endpoint, and keeps the tags of others",
    async () => {
      await session.weigh({ blue: 50, green: 50 });
      expect(await session.writesWhile(() => session.must("up", "--yes", "--skip-preview"))).toEqual(STEP);
      const endpoint = await session.endpoint();
      expect(valueAt(endpoint, "properties.traffic")).toEqual({ blue: 50, green: 50 });
      expect(valueAt(endpoint, "tags")).toMatchObject({
        team: "cardiology",
        "mlflow-rollout-traffic": "blue=50 green=50",
      });
    },
    TIMEOUT_MS,
  );

  test(
    "the old deployment retires as any other, and no request was lost",
    async () => {
      await session.weigh({ blue: 0, green: 100 });
      expect(await session.writesWhile(() => session.must("up", "--yes", "--skip-preview"))).toEqual(STEP);
      for (const path of ["traffic.blue", "deployments.blue"]) await session.must("config", "rm", "--path", path);
      expect(await session.writesWhile(() => session.must("up", "--yes", "--skip-preview"))).toEqual([
        ...STEP,
        "DELETE onlineEndpoints/deployments",
      ]);
      expect(valueAt(await session.endpoint(), "properties.traffic")).toEqual({ green: 100 });
      expect(load.lostRequests).toBe(0);
      expect(load.take().requests).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

describe("an endpoint that az made, with a mirror", () => {
  beforeAll(async () => {
    session = await AdoptSession.open({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } });
  }, TIMEOUT_MS);

  afterAll(() => session.close());

  test(
    "is adopted, and destroyed as any other",
    async () => {
      const { result } = await session.adopt("--dry-run");
      expect(result?.config).toContain('  heart:mirrorTraffic:\n    "green": 10\n');
      session.project.write("index.ts", result?.program ?? "");
      session.project.configure(result?.config ?? "");
      expect((await session.adopt("--yes")).result).toMatchObject({ adopted: true });
      await session.must("up", "--yes", "--skip-preview", "-c", "deletionProtection=false");
      expect(await session.writesWhile(() => session.must("destroy", "--yes", "--skip-preview"))).toEqual([
        "DELETE deployments",
        "DELETE onlineEndpoints",
      ]);
      expect((await session.azure.arm("GET", ENDPOINT)).status).toBe(404);
    },
    TIMEOUT_MS,
  );

  test(
    "that is gone is refused",
    async () => {
      const { code, stderr } = await session.adopt("--yes");
      expect(stderr).toBe(
        `mlflow-rollout: there is no endpoint heart-classifier in workspace heart (${session.endpointId})\n`,
      );
      expect(code).toBe(1);
    },
    TIMEOUT_MS,
  );
});

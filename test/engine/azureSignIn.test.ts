import { readdirSync } from "node:fs";
import { findEngine } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openAzure } from "../../cli/azure/session";
import { ENDPOINT, createHeartEndpoint, armIdOf } from "../../driver/heartWorkspace";
import { TestAzure } from "../support/localAzure";
import { azureRollout, ownProvider } from "../support/azureRollout";
import { temporaryFolder } from "../support/temporaryFolder";
import { trust } from "../support/trust";

/** What a test may take on a machine with much else to do. */
const TIMEOUT_MS = 180_000;
/** For hosts of storage accounts; whether there is a proxy is looked up once in a process. */
const PROXY = /^(HTTPS|NO)_PROXY$/;
const CREDENTIALS = new Set(["ARM_CLIENT_ID", "ARM_CLIENT_SECRET", "ARM_TENANT_ID", "ARM_SUBSCRIPTION_ID"]);

let azure: TestAzure;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createHeartEndpoint(azure);
  env = { ...azure.azure.env, ...(await findEngine())?.env };
  trust(azure.azure.ca);
}, TIMEOUT_MS);
beforeEach(() => {
  vi.unstubAllEnvs();
  // The credentials are those of the provider in the state, and no others.
  for (const [name, value] of Object.entries(env))
    if (!PROXY.test(name)) vi.stubEnv(name, CREDENTIALS.has(name) ? undefined : value);
});
afterAll(() => azure.close());

function rollout(changes: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) {
  const { clientId, clientSecret, tenantId, subscriptionId } = azure.azure;
  const provider = ownProvider({ clientId, clientSecret, tenantId, subscriptionId, ...changes });
  const cwd = temporaryFolder({ "Pulumi.yaml": "name: heart\nruntime: nodejs\n", "Pulumi.dev.yaml": "config: {}\n" });
  return azureRollout({ cwd, provider, endpointId: armIdOf(azure, ENDPOINT), ...(signal && { signal }) });
}

const weights = async (changes?: Readonly<Record<string, unknown>>) =>
  (await (await openAzure(rollout(changes))).readRollout()).endpoint?.traffic;

test(
  "the plugin of the provider is asked directly, with what the provider is set to",
  async () => {
    const opened = rollout();
    // Other tests use the folder of all at the same time.
    const temporary = temporaryFolder({});
    vi.stubEnv("TMPDIR", temporary);
    const session = await openAzure(opened);
    expect((await session.readRollout()).endpoint?.traffic).toEqual({ blue: 100 });
    const [, claims = ""] = (await session.tokenFor("https://ml.azure.com")).split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ aud: "https://ml.azure.com" });
    expect(readdirSync(temporary).filter((name) => name.startsWith("mlflow-rollout-"))).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "where it cannot be, the engine is asked",
  async () => {
    vi.stubEnv("PULUMI_BACKEND_URL", "file:///nowhere");
    expect(await weights({ version: "0.0.1" })).toEqual({ blue: 100 });
  },
  TIMEOUT_MS,
);

test.each(["3.28.0", "0.0.1"])(
  "credentials that are refused are told of without them, with version %s of the plugin",
  async (version) => {
    const failure = await weights({ clientSecret: "wrong-secret-0123456789", version }).catch(String);
    expect(failure).toContain("the provider of the stack cannot sign in to Azure: ");
    expect(failure).toContain("AADSTS7000215: invalid client secret provided");
    expect(failure).not.toContain("wrong-secret");
    expect(failure).not.toContain("\n    at ");
  },
  TIMEOUT_MS,
);

test(
  "Ctrl+C while it signs in ends at once, and leaves nothing behind",
  async () => {
    const controller = new AbortController();
    const opening = openAzure(rollout({}, controller.signal), controller.signal);
    controller.abort(new Error("interrupted"));
    await expect(opening).rejects.toThrow("interrupted");
  },
  TIMEOUT_MS,
);

import { describe, expect, test } from "vitest";
import { providerIn, providerSettings, versionOf } from "../../../cli/azure/providerSettings";
import { secretOf } from "../../../cli/stack/exportedStack";
import { ENDPOINT_ID, PROVIDER_STATE, exportedStack } from "../../support/exportedStack";
import { FakePulumi } from "../../support/fakePulumi";
import type { FakeAnswer } from "../../support/fakePulumi";
import { azureRollout, ownProvider } from "../../support/azureRollout";
import type { AzureRolloutParts } from "../../support/azureRollout";

const CONFIG = {
  "azure-native:location": { value: "westeurope", secret: false },
  "azure-native:clientSecret": { value: "hush", secret: true },
  "heart:candidate": { value: "green", secret: false },
};

async function read(provider: AzureRolloutParts["provider"], answers: readonly FakeAnswer[]) {
  const fake = new FakePulumi(answers);
  const rollout = azureRollout({ cwd: fake.folder, env: fake.env, ...(provider && { provider }) });
  return { settings: await providerSettings(rollout), typed: fake.typed };
}

describe("the provider of the endpoint", () => {
  test.each([
    ["a default one", PROVIDER_STATE],
    ["not in the state", undefined],
  ])("is set by the config of the stack when it is %s", async (_, provider) => {
    const { settings, typed } = await read(provider, [{ typed: "config --json", stdout: JSON.stringify(CONFIG) }]);
    expect(settings).toEqual({
      stack: "dev",
      project: "heart",
      all: {
        "azure-native:location": { value: "westeurope", secret: false },
        "azure-native:clientSecret": { value: "hush", secret: true },
      },
      provider: { location: "westeurope", clientSecret: "hush" },
    });
    expect(typed).toEqual(["config --json --show-secrets --stack dev"]);
  });

  test("is set by its arguments when the program declares it, whatever config says", async () => {
    const own = ownProvider({ subscriptionId: "s", useOidc: "true", auxiliaryTenantIds: ["t"], __internal: {} });
    const { settings, typed } = await read(own, []);
    expect(settings.provider).toEqual({ subscriptionId: "s", useOidc: "true", auxiliaryTenantIds: '["t"]' });
    expect(typed).toEqual([]);
  });

  test("is shown with its secrets to whoever may read them", async () => {
    const hidden = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
    const shown = exportedStack([], [ownProvider({ subscriptionId: "s", clientSecret: secretOf("hush") })]);
    const { settings, typed } = await read(ownProvider({ subscriptionId: "s", clientSecret: hidden }), [
      { typed: "stack export", stdout: JSON.stringify(shown) },
    ]);
    expect(settings.all).toEqual({
      "azure-native:subscriptionId": { value: "s", secret: false },
      "azure-native:clientSecret": { value: "hush", secret: true },
    });
    expect(typed).toEqual(["stack export --show-secrets --stack organization/heart/dev"]);
  });
});

test("a provider has the version that the state says, and is found whatever the case of the endpoint's id", () => {
  const { state } = azureRollout({ cwd: ".", provider: PROVIDER_STATE, endpointId: ENDPOINT_ID.toUpperCase() });
  expect(versionOf(providerIn(state, ENDPOINT_ID))).toBe("3.28.0");
  expect(versionOf(providerIn(exportedStack([]), ENDPOINT_ID))).toBeUndefined();
});

import { expect, test } from "vitest";
import { EXAMPLE_TIMEOUT, EXPECTED, exampleRun } from "../support/exampleRun";
import { SAMPLE_REQUEST } from "../../driver/heartWorkspace";
import { textAt, valueAt } from "../support/localAzure";

const APP = "properties.template.containers.0";

test(
  "larger-stack: the app scores in the network with the key that its secret leads to, and stands through the step",
  async () => {
    expect.assertions(7);
    const outcome = await exampleRun("larger-stack", async (azure, resources, stack) => {
      const [app] = await resources("App/containerApps");
      const [network] = await resources("Network/virtualNetworks");
      expect(valueAt(app, `${APP}.env`)).toEqual([
        { name: "SCORING_URI", value: expect.stringMatching(/^https:/) as unknown },
        { name: "SCORING_KEY", secretRef: "scoring-key" },
      ]);
      const authorization = `Bearer ${await azure.token("https://vault.azure.net/.default")}`;
      const secret = textAt(app, "properties.configuration.secrets.0.keyVaultUrl");
      const { body } = await azure.send("GET", `${secret}?api-version=7.5`, { headers: { authorization } });
      const headers = { authorization: `Bearer ${textAt(body, "value")}`, "content-type": "application/json" };
      const call = (from: object) =>
        azure.send("POST", textAt(app, `${APP}.env.0.value`), {
          headers: { ...headers, ...from },
          body: SAMPLE_REQUEST,
        });
      expect(await call({ "x-local-network": textAt(network, "id") })).toMatchObject({ status: 200 });
      expect(await call({})).toMatchObject({ status: 403 });

      const [onCall] = await resources("/actionGroups");
      const actions = [{ actionGroupId: onCall?.["id"] }];
      const alerts = await resources("/metricAlerts");
      expect(alerts.map((alert) => valueAt(alert, "properties.actions"))).toEqual([actions, actions, actions]);
      expect(await resources("/diagnosticSettings")).toHaveLength(1);
      expect(Object.keys(await stack.outputs())).toEqual(["callerAddress", "endpointName", "traffic"]);
    });
    expect(outcome).toEqual(EXPECTED);
  },
  EXAMPLE_TIMEOUT,
);

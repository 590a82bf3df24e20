import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { Provider } from "@pulumi/azure-native/provider";
import { RandomId } from "@pulumi/random/randomId";
import { afterEach, expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal";

let rehearsal: Rehearsal;
afterEach(() => rehearsal.close());

test("providers of one program that share a server keep their own settings", async () => {
  rehearsal = await Rehearsal.start({}, async () => {
    const { hex } = new RandomId("suffix", { byteLength: 2 });
    for (const location of ["northeurope", "uksouth", "swedencentral"]) {
      const provider = new Provider(location, { location });
      void new ResourceGroup(`in-${location}`, { tags: { suffix: hex } }, { provider });
    }
    void new ResourceGroup("as-configured");
    return {};
  });
  await rehearsal.stack.up();
  await rehearsal.stack.refresh();
  const groups = await rehearsal.resources("/resourceGroups");
  const located = groups.map(({ name, location }) => [String(name).replace(/[0-9a-f]{8}$/, ""), location]);
  expect(Object.fromEntries(located)).toEqual({
    "in-northeurope": "northeurope",
    "in-uksouth": "uksouth",
    "in-swedencentral": "swedencentral",
    "as-configured": "westeurope",
  });
});

import { expect, onTestFinished, test } from "vitest";
import { TestAzure } from "../../support/localAzure";

test("a request that is not admitted closes its connection and does nothing", async () => {
  const asked: string[] = [];
  const azure = await TestAzure.start({
    admit: async ({ method, path }) => {
      asked.push(`${method} ${path.split("/").at(-1) ?? ""}`);
      return method !== "PUT";
    },
  });
  onTestFinished(() => azure.close());
  const created = azure.arm("PUT", "resourceGroups/heart", { location: "westeurope" });
  await expect(created).rejects.toThrow("socket hang up");
  expect((await azure.arm("GET", "resourceGroups/heart")).status).toBe(404);
  expect(asked.slice(-2)).toEqual(["PUT heart", "GET heart"]);
});

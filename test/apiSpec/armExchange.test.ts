import type { Exchange } from "azure-mlflow-rollout-local";
import { expect, test } from "vitest";
import { toArmExchange } from "../../apiSpec/armExchange";

const request: Exchange = {
  method: "PUT",
  path: "/subscriptions/s/resourceGroups/g",
  query: new URLSearchParams({ "api-version": "2024-03-01" }),
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"location":"westeurope"}'),
};
const reply = { status: 200, headers: { "x-ms-request-id": "1" }, body: Buffer.from('{"id":"g"}') };

test("an exchange with Azure Resource Manager becomes plain data", () => {
  expect(toArmExchange(request, reply, "deployment")).toEqual({
    method: "PUT",
    url: "/subscriptions/s/resourceGroups/g?api-version=2024-03-01",
    requestHeaders: { "content-type": "application/json" },
    requestBody: { location: "westeurope" },
    status: 200,
    replyHeaders: { "x-ms-request-id": "1" },
    replyBody: { id: "g" },
    via: "deployment",
  });
});

test("empty bodies are left out, and a body that is no JSON stays text", () => {
  const exchange = toArmExchange({ ...request, body: Buffer.from("{") }, { ...reply, body: undefined });
  expect(exchange).toMatchObject({ requestBody: "{" });
  expect(exchange).not.toHaveProperty("replyBody");
  expect(exchange).not.toHaveProperty("via");
});

test.each(["/tenant/oauth2/v2.0/token", "/metadata/endpoints", "/endpoints/westeurope/heart/score", "/blob/a/c/b"])(
  "an exchange below %s is not with Azure Resource Manager",
  (path) => {
    expect(toArmExchange({ ...request, path }, reply)).toBeUndefined();
  },
);

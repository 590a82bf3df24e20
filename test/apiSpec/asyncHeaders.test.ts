import { expect, test } from "vitest";
import { checkAsyncHeaders } from "../../apiSpec/asyncHeaders";
import type { AsyncReply } from "../../apiSpec/asyncHeaders";

const ADDRESS = "https://localhost:1/operations/o";
const running = { properties: { provisioningState: "Creating" } };
const created: AsyncReply = {
  status: 201,
  headers: { "azure-asyncoperation": ADDRESS, "x-ms-async-operation-timeout": "PT30M" },
  body: running,
  declared: ["x-ms-async-operation-timeout", "Azure-AsyncOperation"],
  longRunning: true,
};
const NOWHERE = "has neither Azure-AsyncOperation nor Location";

test.each([
  ["a create that can be followed", created, []],
  ["a create that is over", { ...created, headers: {}, body: { properties: { provisioningState: "Succeeded" } } }, []],
  ["a create that never runs long", { ...created, headers: {}, longRunning: false }, []],
  ["an update that is over", { ...created, headers: {}, status: 200 }, []],
  ["a delete with a Location", { ...created, status: 202, headers: { location: ADDRESS }, declared: [] }, []],
  ["a create that cannot be followed", { ...created, headers: {}, declared: [] }, [NOWHERE]],
  [
    "a 202 without an address, whatever the operation",
    { ...created, status: 202, headers: {}, declared: [], longRunning: false },
    [NOWHERE],
  ],
  [
    "an address below the server",
    { ...created, headers: { location: "/operations/o" }, declared: [] },
    ["location is not an absolute https address"],
  ],
  [
    "a create without a declared header",
    { ...created, headers: { "azure-asyncoperation": ADDRESS } },
    ["lacks the header x-ms-async-operation-timeout"],
  ],
])("judges the headers of %s", (_, reply: AsyncReply, problems) => {
  expect(checkAsyncHeaders(reply)).toEqual(problems);
});

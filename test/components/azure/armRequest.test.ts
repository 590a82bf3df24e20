import { expect, test } from "vitest";
import { armOrigin } from "../../../components/azure/armRequest";

const tokenFor = (claims: unknown) => `head.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

test.each([
  ["https://management.azure.com/", "https://management.azure.com"],
  ["https://management.core.windows.net/", "https://management.azure.com"],
  ["https://management.core.usgovcloudapi.net", "https://management.usgovcloudapi.net"],
  ["https://management.core.chinacloudapi.cn/", "https://management.chinacloudapi.cn"],
  ["https://localhost:8443", "https://localhost:8443"],
])("a token for %s is sent to %s", (aud, origin) => {
  expect(armOrigin(tokenFor({ aud }))).toBe(origin);
});

test.each([["http://management.azure.com"], ["797f4846-ba00-4fd7-ba43-dac1f8f63013"], [undefined]])(
  "a token for %s is sent nowhere",
  (aud) => {
    expect(() => armOrigin(tokenFor({ aud }))).toThrow("the token has no audience address");
  },
);

test("a token that cannot be read is sent nowhere", () => {
  expect(() => armOrigin("opaque")).toThrow("the token has no audience address");
});

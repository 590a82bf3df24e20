import { afterAll, beforeEach, beforeAll, describe, expect, test } from "vitest";
import { GROUP, LOCATION } from "../../../driver/heartWorkspace";
import { TestAzure, textAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start({ throttled: true });
});
beforeEach(async () => {
  await azure.advance(60);
  await azure.arm("PUT", GROUP, { location: LOCATION });
  await azure.advance(60);
});
afterAll(() => azure.close());

async function statusesOf(count: number, send: () => Promise<{ readonly status: number }>): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await send()).status);
  return statuses;
}

const read = () => azure.arm("GET", GROUP);
const write = () => azure.arm("PUT", GROUP, { location: LOCATION });

describe("Azure Resource Manager that throttles", () => {
  test("answers 250 reads at once, and 25 more after each second", async () => {
    const statuses = await statusesOf(251, read);
    expect([statuses.indexOf(429), statuses.at(-1)]).toEqual([250, 429]);
    await azure.advance(1);
    expect((await statusesOf(26, read)).indexOf(429)).toBe(25);
  });

  test("says when to come back, and what it refused", async () => {
    await statusesOf(250, read);
    const refused = await read();
    expect(refused.headers["retry-after"]).toBe("1");
    expect(textAt(refused.body, "error.code")).toBe("SubscriptionRequestsThrottled");
    expect(textAt(refused.body, "error.message")).toContain("operation 'GET/SUBSCRIPTIONS/RESOURCEGROUPS'");
  });

  test("counts writes and deletes apart from reads, and tells what is left of each", async () => {
    const writes = await statusesOf(201, write);
    expect([writes.indexOf(429), (await read()).status]).toEqual([200, 200]);
    const deleted = await azure.arm("DELETE", `${GROUP}-other`);
    expect(deleted.headers["x-ms-ratelimit-remaining-subscription-deletes"]).toBe("199");
    expect((await read()).headers["x-ms-ratelimit-remaining-subscription-reads"]).toBe("248");
  });

  test("counts what is above subscriptions apart", async () => {
    await statusesOf(250, read);
    const tenants = await azure.arm("GET", "/tenants");
    expect([tenants.status, tenants.headers["x-ms-ratelimit-remaining-tenant-reads"]]).toEqual([200, "249"]);
  });

  test("is full again after a reset", async () => {
    await statusesOf(251, read);
    await azure.send("POST", "/_local/reset");
    expect((await read()).status).toBe(404);
  });
});

test("nothing is refused unless it is asked for", async () => {
  const free = await TestAzure.start();
  await free.arm("PUT", GROUP, { location: LOCATION });
  expect(new Set(await statusesOf(260, () => free.arm("GET", GROUP)))).toEqual(new Set([200]));
  await free.close();
});

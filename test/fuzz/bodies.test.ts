import { afterAll, beforeAll, expect, test } from "vitest";
import BODIES from "../../local/src/apiSpec/bodies.json";
import type { Rules } from "../../local/src/apiSpec/rule";
import RULES from "../../local/src/apiSpec/rules.json";
import { placeOf } from "../../apiSpec/rules/operations";
import { apiVersionOf } from "../../driver/apiVersion";
import { breachesOf, broken } from "./breaches";
import { DirectAzure, SUBSCRIPTION } from "../../driver/directAzure";
import { FUZZ_TIMEOUT } from "./runs";
import { others, writes } from "./seeds";

const rules = RULES as unknown as Rules;
/** What refuses a body by the specification; the first is Azure Resource Manager's own. */
const CODES = new Set(["InvalidRequestContent", "ValidationError"]);

let azure: DirectAzure;
let authorization: string;
beforeAll(async () => {
  azure = await DirectAzure.start();
  authorization = `Bearer ${await azure.token("https://management.azure.com")}`;
  for (const { method, path, body } of writes(azure)) {
    const { status } = await send(method, `/subscriptions/${SUBSCRIPTION}/${path}`, body);
    expect(status).toBeLessThan(300);
    await azure.control("POST", "clock", { advanceSeconds: 600 });
  }
}, FUZZ_TIMEOUT);
afterAll(() => azure.close());

function send(method: string, id: string, body: unknown) {
  const target = `${id}?api-version=${apiVersionOf(id)}`;
  return azure.send({ method, target, headers: { authorization }, body: JSON.stringify(body) });
}

/** A request with the body that an operation has: one that built what is there, else one to a place that is free. */
function requestFor(key: string): { readonly method: string; readonly id: string; readonly body: object } {
  const all = [...writes(azure), ...others(azure)].map((seed) => ({
    ...seed,
    id: `/subscriptions/${SUBSCRIPTION}/${seed.path}`,
  }));
  const found = all.find(({ method, id, body }) => body !== undefined && placeOf({ method, path: id })?.key === key);
  if (found !== undefined) return { method: found.method, id: found.id, body: found.body ?? {} };
  const [method = "", place = ""] = key.replace("subscription ", "").split(" ");
  const [provider = "", ...types] = place.split("/");
  const pairs = types.flatMap((type, index) =>
    method === "POST" && index === types.length - 1 ? [type] : [type, "n1"],
  );
  const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/heart`;
  const path = types.length === 0 ? scope : `${scope}/providers/${[provider, ...pairs].join("/")}`;
  return { method, id: path, body: {} };
}

test.each(Object.entries(BODIES).filter(([key]) => !key.includes("subscription ")))(
  "%s: no breach of the specification is accepted, each is refused by its path, and nothing changes",
  async (key, name) => {
    const { method, id, body } = requestFor(key);
    const before = await azure.state();
    const accepted: unknown[] = [];
    for (const breach of breachesOf(rules, name)) {
      const wrong = broken(body, breach);
      const { status, body: answer } = await send(method, id, wrong);
      const { error } = JSON.parse(String(answer)) as { error?: { code: string; message: string } };
      const isRefused = status === 400 && CODES.has(error?.code ?? "") && error?.message.includes(breach.path) === true;
      if (!isRefused) accepted.push({ status, wrong, error });
    }
    expect(accepted).toEqual([]);
    expect((await azure.state()) === before).toBe(true);
  },
  FUZZ_TIMEOUT,
);

test("there are thousands of ways to break the specification", () => {
  const counts = Object.values(BODIES).map((name) => [...breachesOf(rules, name)].length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5000);
});

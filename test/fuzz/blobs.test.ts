import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SentReply } from "../../local/src/http/exchange";
import { STORAGE, storageBody, GROUP, LOCATION } from "../support/heartWorkspace";
import { DirectAzure } from "./directAzure";
import { oddName } from "./mutations";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1000);
/** Requests until everything is there again. */
const REBUILD_AFTER = 10;
const VERSION = "2024-11-04";
const BLOCK = Buffer.from("block-1").toString("base64");

let azure: DirectAzure;
let authorization: string;
beforeAll(async () => {
  azure = await DirectAzure.start();
  const arm = { authorization: `Bearer ${await azure.token("https://management.azure.com")}` };
  const put = (path: string, body: object) =>
    azure.send({
      method: "PUT",
      target: `/subscriptions/${azure.azure.subscriptionId}/${path}?api-version=2024-01-01`,
      headers: arm,
      body: JSON.stringify(body),
    });
  await put(GROUP, { location: LOCATION });
  await put(STORAGE, storageBody());
  authorization = `Bearer ${await azure.token("https://storage.azure.com")}`;
});
afterAll(() => azure.close());

const ask = (method: string, path: string, headers: Record<string, string> = {}, body = "") =>
  azure.send({
    method,
    target: `/blob/heartstorage${path}`,
    headers: { authorization, "x-ms-version": VERSION, ...headers },
    body,
  });

/** Puts back what earlier requests may have deleted. */
async function rebuild(): Promise<void> {
  await ask("PUT", "/kept?restype=container");
  await ask("PUT", "/kept/one", { "x-ms-blob-type": "BlockBlob" }, "content");
}

/** Names, versions and sizes of all that is kept, and the blocks that wait. */
async function kept(): Promise<string> {
  const containers = await ask("GET", "/?comp=list&include=metadata");
  const names = [...String(containers.body).matchAll(/<Container><Name>([^<]*)/g)].map(([, name]) => name ?? "");
  const lists = await Promise.all(
    names.map((name) => ask("GET", `/${name}?restype=container&comp=list&include=metadata`)),
  );
  const blocks = await ask("GET", "/kept/one?comp=blocklist&blocklisttype=all");
  return [containers, ...lists, blocks].map(({ body }) => String(body)).join("\n");
}

const path = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("/kept/one", "/kept/two", "/kept", "/other", "/", "/kept/a/b/c", "/none/one"),
  },
  { weight: 1, arbitrary: fc.array(oddName, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`) },
);
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("", "restype=container", "restype=container&comp=list", "comp=list") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["comp=block", `comp=block&blockid=${encodeURIComponent(BLOCK)}`, "comp=block&blockid=%", "comp=blocklist"],
      ...["comp=blocklist&blocklisttype=all", "comp=metadata", "comp=properties", "comp=lease", "comp=toString"],
      ...["restype=container&comp=list&maxresults=0", "restype=container&comp=list&maxresults=1e9&marker=%%"],
      ...["restype=container&comp=list&delimiter=/&prefix=k", "restype=container&comp=metadata", "restype=service"],
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);
const text = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
const headers = fc.record(
  {
    "x-ms-blob-type": fc.constantFrom("BlockBlob", "PageBlob", "AppendBlob", ""),
    "content-md5": fc.constantFrom("", "AAAA", "1B2M2Y8AsgTpgAmY7PhCfg=="),
    "x-ms-blob-content-md5": text,
    "x-ms-blob-content-type": text,
    "x-ms-meta-a": text,
    "x-ms-meta-1": text,
    "x-ms-range": fc.constantFrom(
      "bytes=0-",
      "bytes=9-1",
      "bytes=-1",
      "bytes=99-",
      "bytes=1-99999999999999999999",
      "x",
    ),
    "x-ms-range-get-content-md5": fc.constantFrom("true", "false", ""),
    "if-match": fc.constantFrom("*", '"0x1"', ""),
    "if-none-match": fc.constantFrom("*", '"0x1"', "W/"),
    "if-modified-since": fc.constantFrom("Thu, 01 Jan 1970 00:00:00 GMT", "soon", ""),
    "if-unmodified-since": fc.constantFrom("Thu, 01 Jan 1970 00:00:00 GMT", "soon"),
    "x-ms-version": fc.constantFrom(VERSION, "1", "latest", "2009-01-01"),
    "x-ms-copy-source": text,
    authorization: fc.constantFrom("", "Bearer x", "SharedKey heartstorage:AAAA", "SharedKey", "Basic x"),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.constantFrom(
    "",
    "<BlockList/>",
    `<BlockList><Latest>${BLOCK}</Latest></BlockList>`,
    "<BlockList><Latest>",
    "<a/>",
  ),
  fc.string(),
);
const FEW = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ "x-ms-blob-type": "BlockBlob" }) },
  { weight: 2, arbitrary: headers },
);

/** What is wrong with an answer, whatever was asked. */
function problems(method: string, { status, headers: told, body: answer }: SentReply, isChanged: boolean): string[] {
  const code = told["x-ms-error-code"] ?? "none";
  const isRead = method === "GET" || method === "HEAD";
  const rules: readonly (readonly [string, boolean])[] = [
    ["is a success or refuses", status >= 200 && status < 500],
    ["changes nothing when it refuses or reads", !isChanged || (status < 300 && !isRead)],
    ["is an error in XML", status < 400 || told["content-type"] === "application/xml"],
    ["has its code", status < 400 || method === "HEAD" || String(answer).includes(`<Code>${code}</Code>`)],
  ];
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => `${status} not: ${rule}`);
}

test(`${RUNS} requests for blobs that are not as they should be: none breaks it, none that is refused changes anything`, async () => {
  const answers = new Map<number, number>();
  const method = fc.constantFrom("GET", "PUT", "PUT", "PUT", "HEAD", "DELETE", "POST", "PATCH", "OPTIONS");
  let [count, before] = [0, ""];
  await fc.assert(
    fc.asyncProperty(method, path, query, FEW, body, async (...[verb, at, asked, given, content]) => {
      if (count++ % REBUILD_AFTER === 0) {
        await rebuild();
        before = await kept();
      }
      const sent = await ask(verb, `${at}?${asked}`, given, content);
      const after = await kept();
      expect(problems(verb, sent, after !== before)).toEqual([]);
      answers.set(sent.status, (answers.get(sent.status) ?? 0) + 1);
      before = after;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  for (const status of [200, 201, 400, 404]) expect(answers.get(status) ?? 0).toBeGreaterThan(RUNS / 50);
}, 60_000);

import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SentReply } from "../../local/src/http/exchange";
import { apiVersionOf } from "../../driver/apiVersion";
import { STORAGE, storageBody, GROUP, LOCATION } from "../../driver/heartWorkspace";
import { DirectAzure } from "../../driver/directAzure";
import { changedPath, changes, oddName, rarely } from "./mutations";
import { FUZZ_TIMEOUT, runs } from "./runs";

const RUNS = runs(1000);
/** Requests until everything is there again. */
const REBUILD_AFTER = 10;
const VERSION = "2024-11-04";
const BLOCK = Buffer.from("block-1").toString("base64");

let azure: DirectAzure;
let authorization: string;
beforeAll(async () => {
  azure = await DirectAzure.start();
  const arm = { authorization: `Bearer ${await azure.token("https://management.azure.com")}` };
  const put = (path: string, body: object) => {
    const id = `/subscriptions/${azure.azure.subscriptionId}/${path}`;
    const target = `${id}?api-version=${apiVersionOf(id)}`;
    return azure.send({ method: "PUT", target, headers: arm, body: JSON.stringify(body) });
  };
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

interface BlobRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const seed = (method: string, path: string, query = "", headers = {}, body = ""): BlobRequest => ({
  ...{ method, path, query, headers, body },
});
const BLOCK_BLOB = { "x-ms-blob-type": "BlockBlob" };
const PUT_BLOCK = `comp=block&blockid=${encodeURIComponent(BLOCK)}`;
/** Requests that are as they should be, to begin from. */
const SEEDS: readonly BlobRequest[] = [
  seed("PUT", "/kept/one", "", { ...BLOCK_BLOB, "x-ms-meta-a": "b" }, "other"),
  seed("PUT", "/kept/two", "", { ...BLOCK_BLOB, "if-none-match": "*" }, "two"),
  seed("PUT", "/kept/one", PUT_BLOCK, {}, "block"),
  seed("PUT", "/kept/one", "comp=blocklist", {}, `<BlockList><Latest>${BLOCK}</Latest></BlockList>`),
  seed("PUT", "/kept/one", "comp=metadata", { "x-ms-meta-c": "d" }),
  seed("PUT", "/kept/one", "comp=properties", { "x-ms-blob-content-type": "text/x" }),
  seed("PUT", "/other", "restype=container"),
  seed("PUT", "/kept", "restype=container&comp=metadata", { "x-ms-meta-c": "d" }),
  seed("GET", "/kept/one"),
  seed("HEAD", "/kept/one"),
  seed("GET", "/kept/one", "comp=blocklist&blocklisttype=all"),
  seed("GET", "/kept", "restype=container&comp=list&delimiter=/&maxresults=2"),
  seed("GET", "/", "comp=list"),
  seed("DELETE", "/kept/one"),
  seed("DELETE", "/other", "restype=container"),
];

const text = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
const TIMES = ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "soon"];
const HEADERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "x-ms-blob-type": fc.constantFrom("BlockBlob", "PageBlob", "AppendBlob", ""),
  "content-md5": fc.constantFrom("", "AAAA", "1B2M2Y8AsgTpgAmY7PhCfg=="),
  "x-ms-blob-content-md5": fc.oneof(text, fc.constant("1B2M2Y8AsgTpgAmY7PhCfg==")),
  "x-ms-blob-content-type": text,
  "x-ms-meta-1": text,
  "x-ms-range": fc.constantFrom("bytes=0-", "bytes=9-1", "bytes=-1", "bytes=99-", "bytes=1-99999999999999999999", "x"),
  "x-ms-range-get-content-md5": fc.constantFrom("true", "false", ""),
  "if-match": fc.constantFrom("*", '"0x1"', ""),
  "if-none-match": fc.constantFrom("*", '"0x1"', "W/"),
  "if-modified-since": fc.constantFrom(...TIMES),
  "if-unmodified-since": fc.constantFrom(...TIMES),
  "x-ms-version": fc.constantFrom(VERSION, "1", "latest", "2009-01-01"),
  "x-ms-copy-source": text,
  authorization: fc.constantFrom("", "Bearer x", "SharedKey heartstorage:AAAA", "SharedKey", "Basic x"),
};
const headers = fc
  .array(fc.oneof(...Object.entries(HEADERS).map(([name, value]) => fc.tuple(fc.constant(name), value))), {
    maxLength: 2,
  })
  .map((entries) => Object.fromEntries(entries) as Record<string, string>);
const query = fc.constantFrom(
  ...["comp=block", "comp=block&blockid=%", "comp=lease", "comp=toString", "comp=list", "restype=container"],
  ...["restype=container&comp=list&maxresults=0", "comp=list&maxresults=1e9&marker=%%", "restype=service", "&=&"],
);
const mutation = fc.record({
  seed: fc.constantFrom(...SEEDS),
  method: rarely(fc.constantFrom("GET", "PUT", "HEAD", "DELETE", "POST", "PATCH", "OPTIONS")),
  path: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: changes(oddName, 2) }),
  query: rarely(fc.oneof(query, fc.string())),
  headers,
  body: rarely(fc.oneof(fc.constantFrom("", "<BlockList/>", "<BlockList><Latest>", "<a/>"), fc.string())),
});

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

test(
  `${RUNS} requests for blobs that are not as they should be: none breaks it, none that is refused changes anything`,
  async () => {
    const answers = new Map<number, number>();
    let [count, before] = [0, ""];
    await fc.assert(
      fc.asyncProperty(mutation, async ({ seed: from, ...given }) => {
        if (count++ % REBUILD_AFTER === 0) {
          await rebuild();
          before = await kept();
        }
        const method = given.method ?? from.method;
        const target = `${changedPath(from.path, given.path)}?${given.query ?? from.query}`;
        const sent = await ask(method, target, { ...from.headers, ...given.headers }, given.body ?? from.body);
        const after = await kept();
        expect(problems(method, sent, after !== before)).toEqual([]);
        answers.set(sent.status, (answers.get(sent.status) ?? 0) + 1);
        before = after;
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    // The requests are close enough to good ones for a good part of them to be served.
    for (const status of [200, 201, 400, 404]) expect(answers.get(status) ?? 0).toBeGreaterThan(RUNS / 50);
  },
  FUZZ_TIMEOUT,
);

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ModelFolderError, readModelFolder } from "../../../components/models/folder";
import type { ModelFolder } from "../../../components/models/folder";
import { openStore, readText } from "../../../components/models/modelStore";
import { blockLengths, sendFile } from "../../../components/models/sendFile";
import { Slots } from "../../../components/models/concurrency";
import { planUpload, uploadFolder } from "../../../components/models/upload";
import { clearFaults, faultCounts, injectFaults } from "../../../driver/faults";
import { startStore } from "../../support/modelStore";
import type { StoreUnderTest } from "../../support/modelStore";
import { temporaryFolder } from "../../support/temporaryFolder";

const MIB = 1024 * 1024;
const MODEL = { MLmodel: "flavors: {}", "data/model.onnx": "weights", "data/deep/größe & b+c%d.txt": "a b" };
const silent = (): void => undefined;

let under: StoreUnderTest;
let prefix: string;
let count = 0;
beforeAll(async () => {
  under = await startStore();
});
beforeEach(() => {
  count += 1;
  prefix = `heart/${count}`;
});
afterAll(() => under.azure.close());

const send = (folder: ModelFolder): ReturnType<typeof uploadFolder> =>
  uploadFolder(under.store, prefix, folder, silent);
const present = async (folder: ModelFolder): Promise<number> => (await planUpload(under.store, prefix, folder)).present;

/** The requests to the storage that some work makes, as method and what it asks for. */
async function requests(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await under.azure.trace("kind=blob")).at(-1)?.seq ?? 0;
  await work();
  const entries = await under.azure.trace(`kind=blob&since=${before}`);
  return entries.map(({ method, query }) => `${method} ${new URLSearchParams(query).get("comp") ?? "blob"}`);
}

/** A folder with a file of three blocks, the last of them short. */
async function bigFolder(): Promise<{
  readonly place: string;
  readonly content: Buffer;
  readonly folder: ModelFolder;
}> {
  const place = temporaryFolder({});
  const content = Buffer.alloc(16 * MIB + 5, "0123456");
  writeFileSync(join(place, "big.bin"), content);
  return { place, content, folder: await readModelFolder(place) };
}

describe("an upload", () => {
  test("brings every file below the prefix, and says what was there", async () => {
    const folder = await readModelFolder(temporaryFolder(MODEL));
    const plan = { prefix, files: 3, bytes: 21, present: 0 };
    expect(await planUpload(under.store, prefix, folder)).toEqual(plan);
    expect(await send(folder)).toEqual(plan);
    for (const [path, content] of Object.entries(MODEL)) {
      expect(await readText(under.store, `${prefix}/${path}`)).toBe(content);
    }
    expect(await send(folder)).toEqual({ ...plan, present: 3 });
  });

  test("asks once for all that is there, and sends nothing twice", async () => {
    const folder = await readModelFolder(temporaryFolder({ ...MODEL, "empty.txt": "" }));
    expect(await requests(() => send(folder))).toEqual(["GET list", ...Array<string>(4).fill("PUT blob")]);
    expect(await requests(() => send(folder))).toEqual(["GET list"]);
    await under.container.deleteBlob(`${prefix}/MLmodel`);
    expect(await requests(() => send(folder))).toEqual(["GET list", "PUT blob"]);
  });

  test("takes a token in place of the key", async () => {
    const token = (): Promise<string> => under.azure.token("https://storage.azure.com/.default");
    const store = { ...under.store, auth: { token } };
    const folder = await readModelFolder(temporaryFolder(MODEL));
    await uploadFolder(store, prefix, folder, silent);
    expect((await planUpload(store, prefix, folder)).present).toBe(3);
    expect(await readText(store, `${prefix}/MLmodel`)).toBe(MODEL.MLmodel);
  });

  test("does not take blobs for its own that something else has written", async () => {
    const folder = await readModelFolder(temporaryFolder({ MLmodel: "right", other: "right", cut: "right" }));
    const write = (path: string, content: string, sha256?: string) =>
      under.container
        .getBlockBlobClient(`${prefix}/${path}`)
        .upload(content, content.length, sha256 === undefined ? {} : { metadata: { sha256 } });
    await write("MLmodel", "wrong");
    await write("other", "wrong", "0".repeat(64));
    await write("cut", "righ", folder.files[0]?.sha256);
    expect(await present(folder)).toBe(0);
    await send(folder);
    for (const path of ["MLmodel", "other", "cut"]) {
      expect(await readText(under.store, `${prefix}/${path}`)).toBe("right");
    }
  });

  test("leaves the mark to writers of other content, who take it away", async () => {
    const folder = await readModelFolder(temporaryFolder({ MLmodel: "right" }));
    await send(folder);
    await under.container.getBlockBlobClient(`${prefix}/MLmodel`).upload("wrong", 5);
    expect(await present(folder)).toBe(0);
  });

  test("refuses names that storage does not take before it sends anything", async () => {
    const folder = await readModelFolder(temporaryFolder({ MLmodel: "x", "data.": "x" }));
    const sent = await requests(async () => {
      await expect(planUpload(under.store, prefix, folder)).rejects.toThrow("ends with a dot");
      await expect(send(folder)).rejects.toThrow("ends with a dot");
    });
    expect(sent).toEqual([]);
  });
});

describe("a file in blocks", () => {
  test("comes whole", async () => {
    const { content, folder } = await bigFolder();
    await send(folder);
    const blob = under.container.getBlockBlobClient(`${prefix}/big.bin`);
    expect(content.equals(await blob.downloadToBuffer())).toBe(true);
    expect(await present(folder)).toBe(1);
  });

  test("is no blob before it is whole, and goes on where it was stopped", async () => {
    const { content, folder } = await bigFolder();
    const blob = (await openStore(under.store)).getBlockBlobClient(`${prefix}/big.bin`);
    const [file] = folder.files;
    if (file === undefined) throw new Error("the folder has one file");
    const stop = new AbortController();
    const stopped = sendFile(blob, file, { slots: new Slots(1), signal: stop.signal, sent: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(await blob.exists()).toBe(false);
    expect(await present(folder)).toBe(0);
    const sent = await requests(() => send(folder));
    expect(sent.filter((request) => request === "PUT block")).toHaveLength(2);
    expect(content.equals(await blob.downloadToBuffer())).toBe(true);
  });

  test.each([
    ["nothing", 0, []],
    ["one block", 8 * MIB, [8 * MIB]],
    ["a byte more", 8 * MIB + 1, [8 * MIB, 1]],
  ])("of %s is cut into blocks of 8 MiB", (_, size, lengths) => {
    expect(blockLengths(size)).toEqual(lengths);
  });

  test("has larger blocks where it would have too many", () => {
    const size = 1e12;
    const lengths = blockLengths(size);
    expect(lengths.length).toBeLessThanOrEqual(50_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(size);
  });
});

describe("files that change", () => {
  test.each([
    ["small", async () => ({ place: temporaryFolder({ "big.bin": "as it was" }) })],
    ["in blocks", bigFolder],
  ])("since they were read are refused and leave nothing that counts: a file %s", async (_, make) => {
    const { place } = await make();
    const folder = await readModelFolder(place);
    const size = folder.bytes;
    writeFileSync(join(place, "big.bin"), Buffer.alloc(size, "other"));
    await expect(send(folder)).rejects.toThrow(
      new ModelFolderError([
        `${join(place, "big.bin")}: changed while it was read; run this again when nothing writes to it any longer`,
      ]),
    );
    expect(await under.container.getBlockBlobClient(`${prefix}/big.bin`).exists()).toBe(false);
    expect(await present(folder)).toBe(0);
  });

  test("in size, or go away, are all told before anything is sent", async () => {
    const place = temporaryFolder({ ...MODEL, "data/more.txt": "more" });
    const folder = await readModelFolder(place);
    rmSync(join(place, "MLmodel"));
    appendFileSync(join(place, "data", "model.onnx"), "!");
    rmSync(join(place, "data", "more.txt"));
    mkdirSync(join(place, "data", "more.txt"));
    const sent = await requests(async () => {
      await expect(send(folder)).rejects.toMatchObject({
        problems: [
          expect.stringMatching(/MLmodel: disappeared while the folder was read$/),
          expect.stringMatching(/model\.onnx: changed while it was read/),
          expect.stringMatching(/more\.txt: changed while it was read/),
        ],
      });
    });
    expect(sent).toEqual(["GET list"]);
  });
});

describe("on a bad line", () => {
  afterEach(() => clearFaults(under.azure));

  test.each([
    ["an answer to a block list is lost", { match: "PUT .*big.bin", effect: { drop: "reply" }, after: 3 }],
    ["an answer to a block is lost", { match: "PUT .*big.bin", effect: { drop: "reply" }, after: 1 }],
    ["the service is busy", { match: "PUT .*big.bin", effect: { http: { status: 503 } } }],
  ])("a file comes whole when %s", async (_, fault) => {
    const { content, folder } = await bigFolder();
    await injectFaults(under.azure, { ...fault, times: 1 });
    await send(folder);
    expect(await faultCounts(under.azure)).toMatchObject([{ applied: 1 }]);
    const blob = under.container.getBlockBlobClient(`${prefix}/big.bin`);
    expect(content.equals(await blob.downloadToBuffer())).toBe(true);
    expect(await present(folder)).toBe(1);
  });

  test("a failure of one file stops the others, and the next run sends what is missing", async () => {
    const files = Array.from({ length: 40 }, (_, index): [string, string] => [`data/${index}.txt`, `file ${index}`]);
    const folder = await readModelFolder(temporaryFolder(Object.fromEntries(files)));
    const refused = { status: 403, body: { error: { code: "AuthorizationPermissionMismatch" } } };
    await injectFaults(under.azure, { match: "PUT .*/data/", effect: { http: refused }, after: 5, times: 1 });
    await expect(send(folder)).rejects.toThrow('lacks the role "Storage Blob Data Contributor"');
    const done = await present(folder);
    expect(done).toBeLessThan(files.length);
    const sent = await requests(() => send(folder));
    expect(sent).toHaveLength(1 + files.length - done);
    expect(await present(folder)).toBe(files.length);
  });
});

test("two uploads of the same folder at once leave it whole", async () => {
  const { content, folder } = await bigFolder();
  await Promise.all([send(folder), send(folder)]);
  const blob = under.container.getBlockBlobClient(`${prefix}/big.bin`);
  expect(content.equals(await blob.downloadToBuffer())).toBe(true);
  expect(await present(folder)).toBe(1);
});

test("an upload that is told to stop does, with the reason that it was given", async () => {
  const folder = await readModelFolder(temporaryFolder(MODEL));
  const reason = new Error("the run was cancelled");
  const stopped = uploadFolder(under.store, prefix, folder, silent, AbortSignal.abort(reason));
  await expect(stopped).rejects.toBe(reason);
  expect(await present(folder)).toBe(0);
});

test("a text that is not there is undefined", async () => {
  expect(await readText(under.store, `${prefix}/MLmodel`)).toBeUndefined();
});

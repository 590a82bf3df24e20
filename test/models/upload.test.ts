import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModelFolder } from "../../components/models/folder";
import { readText } from "../../components/models/readBlob";
import { planUpload, uploadFolder } from "../../components/models/upload";
import { startStore } from "../support/modelStore";
import type { StoreUnderTest } from "../support/modelStore";
import { temporaryFolder } from "../support/temporaryFolder";

let under: StoreUnderTest;
beforeAll(async () => {
  under = await startStore();
});
afterAll(() => under.azure.close());

const silent = (): void => undefined;
const MODEL = { MLmodel: "flavors: {}", "data/model.onnx": "weights", "data/deep/größe & b+c%d.txt": "a b" };

describe("an upload", () => {
  test("brings every file below the prefix, and then has nothing more to send", async () => {
    const folder = await readModelFolder(temporaryFolder(MODEL));
    const plan = { prefix: "first/1", files: 3, bytes: 21, present: 0 };
    expect(await planUpload(under.store, "first/1", folder)).toEqual(plan);
    expect(await uploadFolder(under.store, "first/1", folder, silent)).toEqual(plan);
    for (const [path, content] of Object.entries(MODEL)) {
      expect(await readText(under.store, `first/1/${path}`)).toBe(content);
    }
    expect(await planUpload(under.store, "first/1", folder)).toEqual({ ...plan, present: 3 });
  });

  test("sends a file in blocks that is larger than one", async () => {
    const place = temporaryFolder({});
    mkdirSync(join(place, "data"));
    const content = Buffer.alloc(20 * 1024 * 1024 + 5, "0123456");
    writeFileSync(join(place, "data", "big.bin"), content);
    const folder = await readModelFolder(place);
    await uploadFolder(under.store, "big/1", folder, silent);
    const blob = under.container.getBlockBlobClient("big/1/data/big.bin");
    expect(content.equals(await blob.downloadToBuffer())).toBe(true);
    expect((await planUpload(under.store, "big/1", folder)).present).toBe(1);
  });
});

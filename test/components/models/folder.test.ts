import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fc, test as property } from "@fast-check/vitest";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ModelFolderError, readModelFolder } from "../../../components/models/folder";
import { fileProblem } from "../../../components/models/folderError";
import { temporaryFolder } from "../../support/temporaryFolder";

const MODEL = { MLmodel: "flavors: {}", "data/model.onnx": "weights", "data/deep/vocab.txt": "a b" };

beforeEach(() => {
  vi.stubEnv("PULUMI_HOME", temporaryFolder({}));
});

/** The problems of a folder, each without the folder's own path. */
async function problemsOf(folder: string): Promise<readonly string[]> {
  const error: unknown = await readModelFolder(folder).catch((reason: unknown) => reason);
  if (!(error instanceof ModelFolderError)) throw new Error("the folder was read");
  return error.problems.map((line) => line.replace(`${folder}/`, ""));
}

describe("the files of a model folder", () => {
  test("are listed by their path with slashes, with size and hash, in one order everywhere", async () => {
    const { files, bytes } = await readModelFolder(temporaryFolder(MODEL));
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ["MLmodel", 11],
      ["data/deep/vocab.txt", 3],
      ["data/model.onnx", 7],
    ]);
    expect(files.map(({ sha256 }) => sha256)).toContain(createHash("sha256").update("weights").digest("hex"));
    expect(bytes).toBe(21);
  });

  test("do not include dot files and Python caches, which do not change the content's name", async () => {
    const plain = await readModelFolder(temporaryFolder(MODEL));
    const dirty = await readModelFolder(
      temporaryFolder({
        ...MODEL,
        ".DS_Store": "x",
        ".git/HEAD": "x",
        "data/.gitkeep": "",
        "code/__pycache__/m.pyc": "x",
        "__pycache__/m.pyc": "x",
      }),
    );
    expect(dirty.files.map(({ path }) => path)).toEqual(plain.files.map(({ path }) => path));
    expect(dirty.contentName).toBe(plain.contentName);
  });

  test("may be behind links to files and folders", async () => {
    const elsewhere = temporaryFolder({ "weights.bin": "weights", "deep/vocab.txt": "a b" });
    const folder = temporaryFolder({ MLmodel: "flavors: {}" });
    mkdirSync(join(folder, "data"));
    symlinkSync(join(elsewhere, "weights.bin"), join(folder, "data", "model.onnx"));
    symlinkSync(join(elsewhere, "deep"), join(folder, "data", "deep"));
    expect((await readModelFolder(folder)).contentName).toBe(
      (await readModelFolder(temporaryFolder(MODEL))).contentName,
    );
  });
});

/** The name as version 0.1 makes it, by which registered versions are recognised. */
function contentNameOf(folder: string): string {
  const list = (below: string): string[] =>
    readdirSync(join(folder, below))
      .toSorted()
      .filter((name) => !name.startsWith(".") && name !== "__pycache__")
      .flatMap((name) => {
        const path = below === "" ? name : `${below}/${name}`;
        return statSync(join(folder, path)).isDirectory() ? list(path) : [path];
      });
  const hash = createHash("sha256");
  for (const path of list("")) {
    hash.update(
      `${path}\0${createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex")}\n`,
    );
  }
  return hash.digest("hex").slice(0, 16);
}

describe("the content's name", () => {
  test("of a folder is the one that it always had", async () => {
    expect((await readModelFolder(temporaryFolder(MODEL))).contentName).toBe("4d963866fb2a3e0c");
  });

  const part = fc.stringMatching(/^[a-z.#_é -]{1,3}$/).filter((text) => !/^\.|[. ]$/.test(text));
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const folders = fc.dictionary(path, fc.string({ maxLength: 8 }), { minKeys: 1, maxKeys: 5 }).filter((files) => {
    const paths = Object.keys(files);
    return !paths.some((one) => paths.some((other) => other.startsWith(`${one}/`)));
  });

  property.prop([folders], { numRuns: 50 })("is that of version 0.1", async (files) => {
    const folder = temporaryFolder(files);
    expect((await readModelFolder(folder)).contentName).toBe(contentNameOf(folder));
  });

  property.prop([folders, folders], { numRuns: 50 })(
    "tells folders apart that differ in a path or in content, and no others",
    async (a, b) => {
      const [nameOfA, nameOfB, again] = await Promise.all(
        [a, b, Object.fromEntries(Object.entries(a).toReversed())].map(
          async (files) => (await readModelFolder(temporaryFolder(files))).contentName,
        ),
      );
      expect(nameOfA === nameOfB).toBe(isDeepStrictEqual(a, b));
      expect(again).toBe(nameOfA);
    },
  );
});

describe("what cannot be read has a line each, all at once", () => {
  test("links that lead back, or nowhere", async () => {
    const folder = temporaryFolder(MODEL);
    symlinkSync("..", join(folder, "data", "up"));
    symlinkSync("self", join(folder, "self"));
    symlinkSync("../gone", join(folder, "data", "broken"));
    expect(await problemsOf(folder)).toEqual([
      "data/broken: is a link that leads nowhere, to ../gone",
      "data/up: is a link that leads back to a folder above it",
      "self: is a link that leads back to itself",
    ]);
  });

  // The kernel's own files change, and fail, whenever they are read.
  test.runIf(process.platform === "linux")("files that change, fail, or are none", async () => {
    const folder = temporaryFolder(MODEL);
    symlinkSync("/proc/uptime", join(folder, "changing"));
    symlinkSync("/proc/self/mem", join(folder, "failing"));
    symlinkSync("/dev/null", join(folder, "device"));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff])]), "x");
    expect(await problemsOf(folder)).toEqual([
      "a\uFFFD: has a name that is not UTF-8; rename it",
      "changing: changed while it was read; run this again when nothing writes to it any longer",
      "device: is neither a file nor a folder",
      "failing: cannot be read (EIO)",
    ]);
  });

  test.each([
    ["EACCES", "may not be read by the user that runs this"],
    ["ENOENT", "disappeared while the folder was read"],
    ["ESTALE", "cannot be read (ESTALE)"],
  ])("a file for which the system says %s", (code, problem) => {
    expect(fileProblem("data/x", Object.assign(new Error("no"), { code }))).toBe(`data/x: ${problem}`);
  });

  test.each([
    ["is not there", (folder: string) => join(folder, "gone"), "there is no such folder"],
    ["is below a file", (folder: string) => join(folder, "MLmodel", "x"), "there is no such folder"],
    ["has too long a name", (folder: string) => join(folder, "x".repeat(300)), "there is no such folder"],
    ["is a file", (folder: string) => join(folder, "MLmodel"), "is not a folder"],
  ])("a folder that %s", async (_, place, problem) => {
    const folder = place(temporaryFolder(MODEL));
    await expect(readModelFolder(folder)).rejects.toThrow(new ModelFolderError([`${folder}: ${problem}`]));
  });
});

import { isDeepStrictEqual } from "node:util";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { readModelFolder } from "../../components/resources/modelFolder";
import { temporaryFolder } from "../support/temporaryFolder";

const MODEL = { MLmodel: "flavors: {}", "data/model.onnx": "weights", "data/deep/vocab.txt": "a b" };

describe("the files of a model folder", () => {
  test("are listed by their path with slashes, in one order everywhere", () => {
    const { files } = readModelFolder(temporaryFolder(MODEL));
    expect(files.map(({ path }) => path)).toEqual(["MLmodel", "data/deep/vocab.txt", "data/model.onnx"]);
  });

  test("do not include dot files and Python caches, which do not change the content's name", () => {
    const plain = readModelFolder(temporaryFolder(MODEL));
    const dirty = readModelFolder(
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
});

describe("the content's name", () => {
  test("is 16 hexadecimal digits", () => {
    expect(readModelFolder(temporaryFolder(MODEL)).contentName).toMatch(/^[0-9a-f]{16}$/);
  });

  const path = fc.stringMatching(/^[a-z]{1,3}$/);
  const folders = fc.dictionary(path, fc.string({ maxLength: 8 }), { minKeys: 1, maxKeys: 4 });

  property.prop([folders], { numRuns: 25 })(
    "is the same wherever the same files are, in whatever order they came",
    (files) => {
      const reversed = Object.fromEntries(Object.entries(files).toReversed());
      expect(readModelFolder(temporaryFolder(reversed)).contentName).toBe(
        readModelFolder(temporaryFolder(files)).contentName,
      );
    },
  );

  property.prop([folders, folders], { numRuns: 50 })(
    "tells folders apart that differ in a path or in content",
    (a, b) => {
      const [nameOfA, nameOfB] = [a, b].map((files) => readModelFolder(temporaryFolder(files)).contentName);
      expect(nameOfA === nameOfB).toBe(isDeepStrictEqual(a, b));
    },
  );

  test.each([
    ["content", { ...MODEL, MLmodel: "flavors: {} " }],
    ["a path", { MLmodel: "flavors: {}", "data/model2.onnx": "weights", "data/deep/vocab.txt": "a b" }],
    ["a file more", { ...MODEL, "conda.yaml": "" }],
    ["content that moved to another file", { ...MODEL, MLmodel: "weights", "data/model.onnx": "flavors: {}" }],
  ])("changes with %s", (_, changed) => {
    const before = readModelFolder(temporaryFolder(MODEL)).contentName;
    expect(readModelFolder(temporaryFolder(changed)).contentName).not.toBe(before);
  });
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { findSample } from "../../../cli/trial/sample";
import { temporaryFolder } from "../../support/temporaryFolder";

const SIGNATURE = 'signature:\n  inputs: \'[{"type": "double", "name": "age"}]\'\n';
const EXAMPLE = "saved_input_example_info:\n  serving_input_path: serving_input_example.json\n";
const FILES = {
  "sample-request.json": '{"from": "project"}\n',
  "given.json": '\uFEFF{"from": "user"}',
  "models/1/MLmodel": SIGNATURE,
  "models/2/MLmodel": `${SIGNATURE}${EXAMPLE}`,
  "models/2/serving_input_example.json": '{"dataframe_split": {"columns": ["age"], "data": [[63]]}}',
  "models/3/MLmodel": "flavors: {}\n",
};
const without = (file: keyof typeof FILES) => ({ ...FILES, [file]: undefined });
const find = (files: Readonly<Record<string, string | undefined>>, data?: string, models: readonly string[] = []) => {
  const given = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const cwd = temporaryFolder(Object.fromEntries(given));
  return findSample({ cwd, data: data && join(cwd, data), models });
};

test("the file that the user gives comes first, as it is", () => {
  expect(find(FILES, "given.json", ["models/2"]).body).toBe('{"from": "user"}');
});

test("then the one of the project", () => {
  expect(find(FILES, undefined, ["models/2"])).toEqual({ body: '{"from": "project"}\n', from: "sample-request.json" });
});

const noFile = without("sample-request.json");

test("then the input example of the model that is tried, before that of the stable one", () => {
  expect(find(noFile, undefined, ["models/2", "models/1"])).toEqual({
    body: JSON.stringify({ input_data: { columns: ["age"], index: [0], data: [[63]] } }),
    from: "the input example in models/2",
  });
});

test("then its signature, and that of a model that has one", () => {
  expect(find(noFile, undefined, ["models/3", "none", "models/1"])).toEqual({
    body: JSON.stringify({ input_data: { columns: ["age"], index: [0], data: [[0.5]] } }),
    from: "the signature in models/1",
  });
});

test.each<[string, Readonly<Record<string, string | undefined>>, string | undefined, RegExp]>([
  [
    "nothing is there",
    noFile,
    undefined,
    /^there is no sample request: give one with --data <file>, or put it into sample-request\.json/,
  ],
  ["the file is none", FILES, "none.json", /^--data .*none\.json cannot be read: ENOENT/],
  ["the file is a folder", FILES, "models", /^--data .*models cannot be read: EISDIR/],
  [
    "the file is empty",
    { ...FILES, "given.json": "" },
    "given.json",
    /^--data .*given\.json is not JSON: .*; give what callers send$/,
  ],
  [
    "the project's file is not JSON",
    { ...FILES, "sample-request.json": "{'a': 1}" },
    undefined,
    /^sample-request\.json is not JSON: /,
  ],
])("it is a mistake of the command line when %s", (_, files, data, message) => {
  const failing = () => find(files, data, ["models/3"]);
  expect(failing).toThrow(message);
  expect(failing).toThrow(expect.objectContaining({ exitCode: 2 }) as Error);
});

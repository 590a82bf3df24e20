import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { CiService } from "../../../cli/init/ciServices";
import { init } from "../../../cli/init/init";
import { writeProject } from "../../../cli/init/write";
import { ROOT } from "../../../driver/paths";
import { temporaryFolder } from "../../support/temporaryFolder";

const TEMPLATES = join(ROOT, "templates");
const ML_MODEL = "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n";

/** A folder with a model in `model`, and `init` in it; paths are below the folder. */
function place(files: Readonly<Record<string, string>> = { "model/MLmodel": ML_MODEL }) {
  const folder = temporaryFolder(files);
  const run = (target: string, options: { model?: string; name?: string; ci?: CiService } = {}): Promise<string> =>
    init({
      folder: join(folder, target),
      model: join(folder, options.model ?? "model"),
      name: options.name,
      ci: options.ci,
      templates: TEMPLATES,
    });
  const refusal = async (...order: Parameters<typeof run>): Promise<string> => {
    const before = tree(folder);
    const said = await run(...order).then(
      () => "made",
      (error: Error) => error.message,
    );
    expect(tree(folder)).toEqual(before);
    return said.replaceAll(`${folder}/`, "");
  };
  return { folder, run, refusal };
}

function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).toSorted();
}

describe("a project", () => {
  test("has the files of the template, the model and no sample when there is nothing to make it from", async () => {
    const { folder, run } = place({ "model/MLmodel": ML_MODEL, "model/data/weights": "w", "model/.cache": "no" });
    const said = await run("heart");
    expect(tree(join(folder, "heart"))).toEqual(
      [
        ...[".gitignore", "Pulumi.dev.yaml", "Pulumi.yaml", "README.md", "index.ts", "package.json"],
        ...["tsconfig.json", "tsconfig.pulumi.json"],
        ...["models", "models/1", "models/1/MLmodel", "models/1/data", "models/1/data/weights"],
      ].toSorted(),
    );
    expect(said).toContain("models/1: the model, 2 files, ");
    expect(said).toContain("no sample-request.json: the model has neither an input example nor a signature");
  });

  test("is called by its folder, and what only pulumi new reads is left out", async () => {
    const { folder, run } = place();
    await run("My heart");
    const read = (name: string): string => readFileSync(join(folder, "My heart", name), "utf8");
    expect(parse(read("Pulumi.yaml"))).toMatchObject({ name: "my-heart", main: "index.ts" });
    expect(parse(read("Pulumi.yaml"))).not.toHaveProperty("template");
    expect(tree(join(folder, "My heart")).map((name) => name.startsWith("models") || read(name))).not.toContainEqual(
      expect.stringContaining("${"),
    );
  });

  test("tells the way into it as a shell takes it", async () => {
    const { folder, run } = place();
    expect(await run("c'd e")).toContain(`  cd '${folder}/c'\\''d e'\n  npm install\n`);
    expect(await run("plain")).toContain(`  cd ${folder}/plain\n`);
    expect(await run("one")).toContain("models/1: the model, 1 file, ");
  });

  test("goes into a folder with nothing but .git, and has CI files on request", async () => {
    const { folder, run } = place({ "model/MLmodel": ML_MODEL, "heart/.git/HEAD": "ref" });
    await run("heart", { ci: "github", name: "other" });
    const made = tree(join(folder, "heart"));
    expect(made.filter((path) => path.endsWith(".yml"))).toEqual([
      ".github/workflows/azure.yml",
      ".github/workflows/rollout.yml",
    ]);
    await run("other", { ci: "azure-pipelines" });
    expect(tree(join(folder, "other"))).toContain("azure-pipelines.yml");
    expect(readFileSync(join(folder, "heart", "index.ts"), "utf8")).toContain('name: "other"');
  });

  test("takes what links of the model lead to", async () => {
    const { folder, run } = place({ "model/MLmodel": ML_MODEL, "store/weights.bin": "w" });
    symlinkSync(join("..", "store", "weights.bin"), join(folder, "model", "weights.bin"));
    await run("heart");
    expect(readFileSync(join(folder, "heart", "models", "1", "weights.bin"), "utf8")).toBe("w");
  });
});

describe("a refusal", () => {
  test("has everything at once", async () => {
    const { refusal } = place({ "full/a": "", "full/b": "", "full/c": "", "full/d": "", "model/x": "" });
    expect(await refusal("full", { name: "a b" })).toBe(
      "nothing was written:\n" +
        '  - folder: "full" is not empty: "a", "b", "c" and 1 more; give an empty or a new folder\n' +
        '  - --model: "model" has no file MLmodel; give the folder that MLflow saved the model in, with its file MLmodel, such as --model ./my-model\n' +
        '  - --name: "a b" is not a project name; use 1 to 60 letters, digits, dashes and underscores, a letter or digit first',
    );
  });

  test.each([
    ["a folder above the model", "run", '"run" has no file MLmodel; did you mean "run/model"?'],
    ["the file itself", "run/model/MLmodel", '"run/model/MLmodel" is a file; give the folder that MLflow saved'],
    ["a path of Windows", "run\\model", 'there is no folder "run\\\\model"; give the folder'],
    ["a model that Azure cannot load", "spark", 'MLmodel in "spark" has no python_function flavor'],
    ["an empty MLmodel", "blank", 'MLmodel in "blank" has no python_function flavor'],
    ["an MLmodel that is not YAML", "broken", 'MLmodel in "broken" is not YAML'],
  ])("%s", async (_, model, reason) => {
    const { refusal } = place({
      "run/model/MLmodel": ML_MODEL,
      "spark/MLmodel": "flavors: { spark: {} }",
      "blank/MLmodel": "",
      "broken/MLmodel": "a: [",
    });
    expect(await refusal("heart", { model })).toContain(`  - --model: ${reason}`);
  });

  test("a project in the model, also by a link", async () => {
    const { folder, refusal } = place();
    symlinkSync("model", join(folder, "link"));
    for (const target of ["model/heart", "link/heart"])
      expect(await refusal(target)).toContain(`  - folder: "${target}" is inside the model folder "model"`);
  });

  test("the model in the project's folder", async () => {
    const { refusal } = place({ "heart/model/MLmodel": ML_MODEL });
    expect(await refusal("heart", { model: "heart/model" })).toContain('  - folder: "heart" is not empty: "model"');
  });

  test("files of the model that cannot be had, each", async () => {
    const { folder, refusal } = place();
    symlinkSync("nowhere", join(folder, "model", "gone"));
    symlinkSync("..", join(folder, "model", "loop"));
    const said = await refusal("heart");
    expect(said).toContain("  - --model: model/gone: is a link that leads nowhere, to nowhere\n");
    expect(said).toContain("  - --model: model/loop/");
  });

  test.each([
    ["a file", "file", '"file" is a file'],
    ["below a file", "file/heart", '"file/heart" cannot be used (a part of its path is a file)'],
    ["a link that leads nowhere", "dangling", '"dangling" cannot be used (a link that leads nowhere)'],
  ])("%s as the place", async (_, target, reason) => {
    const { folder, refusal } = place({ "model/MLmodel": ML_MODEL, file: "" });
    symlinkSync("nowhere", join(folder, "dangling"));
    expect(await refusal(target)).toContain(`  - folder: ${reason}; give an empty or a new folder`);
  });

  test("a path that is too long", async () => {
    expect(await place().refusal("x".repeat(300))).toContain(
      "... cannot be used (its path is too long); give an empty",
    );
  });

  test("a folder that may not be written", async ({ skip }) => {
    if (process.getuid?.() === 0) skip("root may write everywhere; run the tests as another user");
    const { folder, refusal } = place({ "model/MLmodel": ML_MODEL, "closed/.git/HEAD": "" });
    chmodSync(join(folder, "closed"), 0o500);
    for (const target of ["closed", "closed/heart"])
      expect(await refusal(target)).toContain("cannot be used (the user that runs this may not write there)");
    chmodSync(join(folder, "closed"), 0o700);
  });

  test("a folder that gives no name", async () => {
    const { refusal } = place();
    expect(await refusal("心臓")).toContain(`no name can be made from the folder's name "心臓"; give one`);
  });

  test("texts that are empty stand for nothing given", async () => {
    const said = await init({ folder: "", model: "", name: undefined, ci: undefined, templates: TEMPLATES }).catch(
      String,
    );
    expect(said).toMatch(/- folder: "\." is not empty: .*\n {2}- --model: is missing; /);
  });
});

test("when the writing fails, what was made is gone, and what was there is not", () => {
  const folder = temporaryFolder({ "heart/.git/HEAD": "ref" });
  const lost = { path: "weights", source: join(folder, "lost"), stats: {} as never };
  const write = (target: string): void => writeProject(join(folder, target), { "a/b": "text", c: "" }, [lost]);
  expect(() => write("heart")).toThrow("ENOENT");
  expect(() => write("new/heart")).toThrow("ENOENT");
  mkdirSync(join(folder, "other"));
  writeFileSync(join(folder, "other", "c"), "mine");
  expect(() => write("other")).toThrow("EEXIST");
  expect(tree(folder)).toEqual(["heart", "heart/.git", "heart/.git/HEAD", "other", "other/c"]);
  expect(readFileSync(join(folder, "other", "c"), "utf8")).toBe("mine");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptSession, STEP, TIMEOUT_MS } from "../support/adoptSession";
import { valueAt } from "../support/localAzure";
import { DOCS } from "../../driver/paths";

/** The tests of this file are one session of a user who follows docs/adopt.md by hand. */
let session: AdoptSession;

beforeAll(async () => {
  session = await AdoptSession.open({ traffic: { blue: 100 } });
}, TIMEOUT_MS);

afterAll(() => session.close());

test(
  "an endpoint that az made is imported for one write, which leaves its weights",
  async () => {
    const { project } = session;
    const { result } = await session.adopt("--dry-run");
    project.configure(result?.config ?? "");
    project.write("index.ts", withTransformation(result?.program ?? ""));
    await session.must("preview", "--import-file", "import.json");
    project.write("import.json", withIds(project.read("import.json")));
    const writes = await session.writesWhile(async () => {
      await session.must("import", "--file", "import.json", "--yes", "--protect=false", "--generate-code=false");
      await session.must("up", "--yes", "--skip-preview");
    });
    expect(writes).toEqual(STEP);
    expect(valueAt(await session.endpoint(), "properties.traffic")).toEqual({ blue: 100, green: 0 });
  },
  TIMEOUT_MS,
);

test(
  "it takes its next step as any other",
  async () => {
    await session.weigh({ blue: 90, green: 10 });
    expect(await session.writesWhile(() => session.must("up", "--yes", "--skip-preview"))).toEqual(STEP);
    expect(valueAt(await session.endpoint(), "properties.traffic")).toEqual({ blue: 90, green: 10 });
  },
  TIMEOUT_MS,
);

/** The program with what the page tells to add to it. */
function withTransformation(program: string): string {
  const page = readFileSync(join(DOCS, "adopt.md"), "utf8");
  const [, snippet = ""] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
  return program
    .replace("\nconst endpoint", `\n${snippet}\nconst endpoint`)
    .replace("\n});", "\n}, { transformations: [asImported] });");
}

interface ImportFile {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly id?: string }[];
}

/** The import file with the ids of what is there. */
function withIds(text: string): string {
  const file = JSON.parse(text) as ImportFile;
  const resources = file.resources
    .filter(({ type }) => type !== "azure-native:resources:Deployment")
    .map((resource) => {
      if (resource.id === undefined) return resource;
      const [, deployment] = resource.name.split("-deployment-");
      const below = deployment === undefined ? "" : `/deployments/${deployment}`;
      return { ...resource, id: `${session.endpointId}${below}` };
    });
  return JSON.stringify({ ...file, resources });
}

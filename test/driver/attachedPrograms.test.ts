import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EmptyProject } from "../support/emptyProject";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let project: EmptyProject;
beforeAll(async () => {
  project = await EmptyProject.open({});
});
afterAll(() => project.close());

const SEEN = `export const folder = require("node:path").basename(process.cwd());\n`;

async function up(program: string): Promise<string> {
  project.write("index.ts", program);
  const { stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview");
  return stdout + stderr;
}

test("a program runs in the folder of its project, and leaves this process as it was", async () => {
  const before = [process.cwd(), process.listenerCount("unhandledRejection")];
  await up(SEEN);
  const { stdout } = await project.pulumi("stack", "output", "folder");
  expect(stdout).toMatch(/^heart-adopted-/);
  expect([process.cwd(), process.listenerCount("unhandledRejection")]).toEqual(before);
});

test("each command runs the program as it is then, and says why it fails", async () => {
  expect(await up('throw new Error("not today");\n')).toContain("not today");
  expect(await up('export const answer = "changed";\n')).toContain('answer: "changed"');
});

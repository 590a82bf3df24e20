import { basename } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EmptyProject } from "../support/emptyProject";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let project: EmptyProject;
beforeAll(async () => {
  project = await EmptyProject.open({ SEEN_BY_PROGRAMS: "yes" });
});
afterAll(() => project.close());

const SEEN = `export const seen = [process.env["SEEN_BY_PROGRAMS"], require("node:path").basename(process.cwd())];\n`;

async function up(program: string): Promise<string> {
  project.write("index.ts", program);
  const { stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview");
  return stdout + stderr;
}

test("a program has the folder and the environment of its project, for as long as it runs", async () => {
  const folder = process.cwd();
  await up(SEEN);
  const { stdout } = await project.pulumi("stack", "output", "seen", "--json");
  expect(JSON.parse(stdout)).toEqual(["yes", expect.stringMatching(/^heart-adopted-/)]);
  expect([process.cwd(), process.env["SEEN_BY_PROGRAMS"]]).toEqual([folder, undefined]);
  expect(basename(folder)).not.toMatch(/^heart-adopted-/);
});

test("each command runs the program as it is then, and says why it fails", async () => {
  expect(await up('throw new Error("not today");\n')).toContain("not today");
  expect(await up('export const answer = "changed";\n')).toContain('answer: "changed"');
});

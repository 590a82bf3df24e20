import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backendFolder, readLocks, removeBrokenAttributes } from "../../../cli/stack/fileBackend";
import { temporaryFolder } from "../../support/temporaryFolder";

const OWNER = { pid: 4711, username: "ada", hostname: "build-7", timestamp: "2026-01-02T03:04:05Z" };

describe("the locks of a file backend", () => {
  const folder = () =>
    temporaryFolder({
      ".pulumi/locks/organization/heart/dev/one.json": JSON.stringify(OWNER),
      ".pulumi/locks/organization/heart/dev/one.json.attrs": "{}",
      ".pulumi/locks/organization/heart/prod/two.json": JSON.stringify({ ...OWNER, pid: 1 }),
    });

  test("are those of the stack alone", () => {
    expect(readLocks(`file://${folder()}`, "organization/heart/dev", "/")).toEqual([OWNER]);
  });

  test("are none for a stack without one, and for a backend that is no folder", () => {
    expect(readLocks(`file://${folder()}`, "organization/heart/test", "/")).toEqual([]);
    expect(readLocks("https://api.pulumi.com", "ada/heart/dev", "/")).toEqual([]);
  });
});

describe("attribute files", () => {
  test("that a kill cut off are removed, all others stay", () => {
    const stacks = ".pulumi/stacks/heart";
    const folder = temporaryFolder({
      [`${stacks}/dev.json`]: "{}",
      [`${stacks}/dev.json.attrs`]: "",
      [`${stacks}/prod.json.attrs`]: '{"user.metadata": null}',
      [`${stacks}/dev.json.1a2b.tmp`]: "",
    });
    const broken = join(folder, stacks, "dev.json.attrs");
    expect(removeBrokenAttributes(`file://${folder}`, "/")).toEqual([broken]);
    expect(existsSync(broken)).toBe(false);
    expect(removeBrokenAttributes(`file://${folder}`, "/")).toEqual([]);
  });

  test("are left alone in a backend that is no folder, or has no stack", () => {
    expect(removeBrokenAttributes("s3://bucket", "/")).toEqual([]);
    expect(removeBrokenAttributes(`file://${temporaryFolder({})}`, "/")).toEqual([]);
  });
});

test.each([
  ["file:///home/ada/state", "/home/ada/state"],
  ["file:///home/ada/state?no_tmp_dir=true", "/home/ada/state"],
  ["file://~", homedir()],
  ["file://~/state", `${homedir()}/state`],
  ["file://.", "/project"],
  ["file://state", "/project/state"],
  ["s3://bucket", undefined],
])("the backend %s lies in %s", (url, path) => {
  expect(backendFolder(url, "/project")).toBe(path);
});

import { homedir } from "node:os";
import { describe, expect, test } from "vitest";
import { describeLock } from "../../cli/recovery/describe";
import { backendFolder, readLocks, whyHeld } from "../../cli/recovery/lock";
import { temporaryFolder } from "../support/temporaryFolder";

const OWNER = { pid: 4711, username: "ada", hostname: "build-7", timestamp: "2026-01-02T03:04:05Z" };

describe("a lock", () => {
  test("of a process of this host that has ended is not held", () => {
    expect(whyHeld(OWNER, "BUILD-7", () => false)).toBeUndefined();
  });

  test("of a running process is held", () => {
    expect(whyHeld({ ...OWNER, hostname: "here", pid: process.pid }, "here")).toBe(
      `the process that took it, pid ${process.pid} of ada, is still running`,
    );
  });

  test("of another host is held, since nobody can check there", () => {
    expect(whyHeld(OWNER, "here", () => false)).toBe(
      "it was taken on host build-7 by ada, pid 4711, which cannot be checked from here",
    );
  });

  test("is described with all that a person needs to find its owner", () => {
    expect(describeLock(OWNER)).toBe("pid 4711 of ada@build-7, since 2026-01-02T03:04:05Z");
  });
});

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

  test.each([
    ["file:///home/ada/state", "/home/ada/state"],
    ["file:///home/ada/state?no_tmp_dir=true", "/home/ada/state"],
    ["file://~", homedir()],
    ["file://~/state", `${homedir()}/state`],
    ["file://.", "/project"],
    ["file://state", "/project/state"],
    ["s3://bucket", undefined],
  ])("%s lie in %s", (url, path) => {
    expect(backendFolder(url, "/project")).toBe(path);
  });
});

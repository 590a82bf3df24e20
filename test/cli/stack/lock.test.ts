import { describe, expect, test } from "vitest";
import { describeLock } from "../../../cli/recovery/describe";
import { whyHeld } from "../../../cli/stack/fileBackend";

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

import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { Pulumi } from "../../../cli/stack/pulumi";
import { readUse } from "../../../cli/stack/updateUnderWay";
import { PENDING_ENDPOINT, exportedStack } from "../../support/exportedStack";
import { FakePulumi } from "../../support/fakePulumi";
import type { FakeAnswer } from "../../support/fakePulumi";
import { temporaryFolder } from "../../support/temporaryFolder";

const PLACE = { name: "dev", fullName: "organization/heart/dev" };
const SINCE = "2026-01-02T03:04:05Z";
/** No system has so many processes. */
const GONE = 999_999_999;
const SETTLED = exportedStack([]);
const PENDING = exportedStack([PENDING_ENDPOINT]);

/** The use of a stack in a file backend with these locks. */
function useOfFile(locks: readonly object[], state = SETTLED) {
  const files = locks.map((lock, index) => [
    `.pulumi/locks/organization/heart/dev/${index}.json`,
    JSON.stringify({ username: "ada", timestamp: SINCE, ...lock }),
  ]);
  const folder = temporaryFolder({ keep: "", ...(Object.fromEntries(files) as Record<string, string>) });
  return readUse(new Pulumi(folder), { ...PLACE, backendUrl: `file://${folder}` }, folder, state);
}

describe("a stack in a file backend", () => {
  test("that nobody holds is free", async () => {
    expect(await useOfFile([])).toEqual({});
  });

  test("is under way while its owner lives, or is on a host that cannot be asked", async () => {
    expect(await useOfFile([{ pid: process.pid, hostname: hostname() }])).toEqual({
      underWay: { by: `pid ${process.pid} of ada on ${hostname()}`, since: SINCE },
    });
    expect(await useOfFile([{ pid: GONE, hostname: "build-7" }], PENDING)).toEqual({
      underWay: { by: `pid ${GONE} of ada on build-7`, since: SINCE },
    });
  });

  test("was cut off when the owner of its lock is gone", async () => {
    expect(await useOfFile([{ pid: GONE, hostname: hostname() }])).toEqual({
      cutOff: `its lock is still there, and pid ${GONE} that took it is gone`,
    });
  });

  test("of several owners, one that lives counts", async () => {
    const locks = [
      { pid: GONE, hostname: hostname() },
      { pid: process.pid, hostname: hostname() },
    ];
    expect(await useOfFile(locks)).toHaveProperty("underWay");
  });

  test("was cut off when its state has what nobody ended", async () => {
    expect(await useOfFile([], PENDING)).toEqual({ cutOff: "the state has 1 operation that nobody ended" });
    const two = exportedStack([PENDING_ENDPOINT, PENDING_ENDPOINT]);
    expect(await useOfFile([], two)).toEqual({ cutOff: "the state has 2 operations that nobody ended" });
  });
});

/** The use of a stack in a backend that only Pulumi can ask. */
function useOf(backendUrl: string, listed: Partial<FakeAnswer>, state = SETTLED) {
  const fake = new FakePulumi([{ typed: "stack ls", ...listed }]);
  return readUse(new Pulumi(fake.folder, fake.env), { ...PLACE, backendUrl }, fake.folder, state);
}

describe("a stack in Pulumi Cloud", () => {
  const listed = (name: string, updateInProgress: boolean) => ({
    stdout: JSON.stringify([{ name, updateInProgress }]),
  });
  const CLOUD = "https://app.pulumi.com/ada";

  test.each(["dev", "organization/dev", "organization/heart/dev"])(
    "is under way when it says so of %s",
    async (name) => {
      expect(await useOf(CLOUD, listed(name, true), PENDING)).toEqual({ underWay: {} });
    },
  );

  test("is free when it says so, or says it of another stack", async () => {
    expect(await useOf(CLOUD, listed("dev", false))).toEqual({});
    expect(await useOf(CLOUD, listed("prod", true))).toEqual({});
  });

  test("is judged by its state when it cannot be asked", async () => {
    expect(await useOf(CLOUD, { code: 255 }, PENDING)).toEqual({
      cutOff: "the state has 1 operation that nobody ended",
    });
    expect(await useOf(CLOUD, { stdout: "{}" })).toEqual({});
  });
});

test.each(["s3://bucket", "azblob://states"])(
  "in %s nobody can see a lock: what is pending may be under way",
  async (url) => {
    expect(await useOf(url, {}, PENDING)).toEqual({ underWay: { isUnsure: true } });
    expect(await useOf(url, {})).toEqual({});
  },
);

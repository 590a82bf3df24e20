import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLI_FLOOR, cliRefusal } from "../../components/pulumi/engineVersion";
import { TESTED_SDKS } from "../../components/pulumi/sdkInternals";
import { CLIS, PACKAGES } from "../../prove/versions/versions";
import { ROOT } from "../../driver/paths";

const PAGE = readFileSync(join(ROOT, "docs", "versions.md"), "utf8").replaceAll(/ +/g, " ");
const { peerDependencies } = require(join(ROOT, "package.json")) as { peerDependencies: Record<string, string> };
const NAMES = Object.keys(PACKAGES.floor) as (keyof typeof PACKAGES.floor)[];

test.for(NAMES)("%s: the page, the peer range and the proof have the same floor", (name) => {
  const [floor, newest] = [PACKAGES.floor[name], PACKAGES.newest[name]];
  const next = Number(floor.split(".")[0]) + 1;
  expect(peerDependencies[name]).toBe(`>=${floor} <${next}`);
  expect(PAGE).toContain(`| \`${name}\` | ${floor} | ${newest} |`);
  expect(PAGE).toContain(`\`>=${floor} <${next}\``);
});

test("the CLI: the page, the component and the proof have the same floor", () => {
  expect(CLIS.floor).toBe(CLI_FLOOR);
  expect(PAGE).toContain(`| Pulumi CLI | ${CLIS.floor} | ${CLIS.newest} |`);
  const message = `Pulumi CLI version ${CLIS.tooOld} does not satisfy the version range ">=${CLI_FLOOR}"`;
  expect(PAGE).toContain(cliRefusal({ status: 2, message }));
});

test("the SDKs that a refusal names are those of the proof", () => {
  const name = "@pulumi/pulumi";
  expect(TESTED_SDKS).toBe(`${PACKAGES.floor[name]} to ${PACKAGES.newest[name]}`);
  expect(PAGE).toContain(`was tested with ${TESTED_SDKS}: install one of these`);
});

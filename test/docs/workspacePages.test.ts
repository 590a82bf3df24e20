import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import { checkArgs } from "../../components/checks/checkArgs";
import { FILES } from "../support/checkedArgs";
import { linesOf } from "../support/linesOf";
import { ROOT } from "../../driver/paths";

const OTHERS = ["vault", "identity", "cosmos", "subnet", "apiZone", "notebooksZone"];

/** The arguments of the example, whose other resources have ids that nobody knows yet. */
function exampleOf(page: string): ProgressiveMlflowEndpointArgs {
  const text = readFileSync(join(ROOT, "docs", page), "utf8");
  const [, code = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(text) ?? [];
  const given: ProgressiveMlflowEndpointArgs[] = [];
  function Endpoint(_: string, args: ProgressiveMlflowEndpointArgs): void {
    given.push(args);
  }
  const run = runInThisContext(`(ProgressiveMlflowEndpoint, ${OTHERS.join(", ")}) => { ${code} }`) as (
    ...values: readonly unknown[]
  ) => void;
  run(Endpoint, ...OTHERS.map((name) => ({ id: pulumi.output(`id of ${name}`) })));
  const [args] = given;
  if (args === undefined) throw new Error(`docs/${page} declares no endpoint`);
  return args;
}

test.each(["workspace.md", "network.md"])("the example of docs/%s breaks no rule", (page) => {
  expect(linesOf(checkArgs(exampleOf(page), FILES))).toEqual([]);
});

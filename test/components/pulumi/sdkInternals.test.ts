import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  aliasesOf,
  childrenOf,
  missingInternals,
  promiseOf,
  requireSdkInternals,
} from "../../../components/pulumi/sdkInternals";
import { mockRun, settle } from "../../support/mocks";

class Part extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Part", name, {}, opts);
  }
}

const COMPONENT = { __pulumiType: "test:index:Part", __aliases: [] };
const OUTPUT = { promise: () => undefined, allResources: () => undefined };
const MONITOR = { invoke: () => undefined };

describe("internals of the SDK", () => {
  test("the installed SDK has all of them, below another component too", async () => {
    const run = await mockRun();
    const parent = new Part("parent");
    const child = new Part("child", { parent });
    expect(() => {
      requireSdkInternals(parent);
      requireSdkInternals(child);
    }).not.toThrow();
    expect(childrenOf(parent)).toEqual([child]);
    expect(childrenOf(child)).toEqual([]);
    await run.settled();
  });

  test.for<[string, object, object, object | undefined, string[]]>([
    ["all are there", COMPONENT, OUTPUT, MONITOR, []],
    ["there is no engine", COMPONENT, OUTPUT, undefined, []],
    ["the parent knows no children", { ...COMPONENT, __parentResource: {} }, OUTPUT, MONITOR, ["__childResources"]],
    [
      "the parent has other children",
      { ...COMPONENT, __parentResource: { __childResources: new Set() } },
      OUTPUT,
      MONITOR,
      ["__childResources"],
    ],
    ["a component keeps neither type nor aliases", {}, OUTPUT, MONITOR, ["__pulumiType", "__aliases"]],
    ["an output lifts what it has not", COMPONENT, { promise: {} }, MONITOR, ["Output.promise", "Output.allResources"]],
    ["calls go another way", COMPONENT, OUTPUT, {}, ["monitor.invoke"]],
  ])("%s", ([, component, output, monitor, missing]) => {
    expect(missingInternals(component, output, monitor)).toEqual(missing);
  });

  test("a missing one is named, with the SDKs that have it", async () => {
    const run = await mockRun();
    const component = new Part("part");
    Object.defineProperty(component, "__aliases", { value: undefined });
    expect(() => requireSdkInternals(component)).toThrow(
      /^@pulumi\/pulumi \d+\.\d+\.\d+ has no __aliases; azure-mlflow-rollout was tested with 3\.\d+\.0 to 3\.\d+\.0: install one of these$/,
    );
    await run.settled();
  });

  test("aliases are the URNs that a component had before", async () => {
    const run = await mockRun();
    const [alias] = aliasesOf(new Part("new", { aliases: [{ name: "old" }] }));
    expect((await settle(pulumi.output(alias))).value).toBe("urn:pulumi:stack::project::test:index:Part::old");
    expect(aliasesOf(new Part("plain"))).toEqual([]);
    await run.settled();
  });

  test.for<[string, unknown, unknown]>([
    ["a value", pulumi.output("a"), "a"],
    ["a secret", pulumi.secret("a"), "a"],
    ["nothing", pulumi.output(undefined), undefined],
    ["what a preview does not know", pulumi.output(pulumi.unknown), undefined],
  ])("promiseOf: %s", async ([, output, value]) => {
    expect(await promiseOf(output as pulumi.Output<unknown>)).toBe(value);
  });
});

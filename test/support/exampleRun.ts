import type { HeartStack } from "../../driver/stack";
import { EXAMPLES } from "../../examples/runner/examples";
import { runExample } from "../../examples/runner/runExample";
import type { Outcome } from "../../examples/runner/runExample";
import { TestAzure, valueAt } from "./localAzure";

type Document = Readonly<Record<string, unknown>>;

/** The resources that a type ends with, while an example stands. */
export type Resources = (type: string) => Promise<readonly Document[]>;

/** What every example shows: only the step writes, the weights are live, and nothing is left. */
export const EXPECTED: Outcome = {
  traffic: { default: 90, "xgboost-model-2": 10 },
  writes: ["PUT deployments", "PUT onlineEndpoints via"],
  left: [],
};

/** Engine and service together take a minute or two on a busy machine. */
export const EXAMPLE_TIMEOUT = 300_000;

/**
 * Runs an example on a local Azure of its own.
 *
 * @param stepped - looks at it after the step, before the destroy
 */
export async function exampleRun(
  name: string,
  stepped: (azure: TestAzure, resources: Resources, stack: HeartStack) => Promise<void>,
): Promise<Outcome> {
  const example = EXAMPLES.find((each) => each.name === name);
  if (example === undefined) throw new Error(`there is no example ${name}`);
  const azure = await TestAzure.start();
  const resources: Resources = async (type) => {
    const { body } = await azure.send("GET", "/_local/state");
    return (valueAt(body, "resources") as readonly Document[]).filter((it) => String(it["type"]).endsWith(type));
  };
  try {
    return await runExample(example, azure, {
      begins: () => undefined,
      stepped: (stack) => stepped(azure, resources, stack),
    });
  } finally {
    await azure.close();
  }
}

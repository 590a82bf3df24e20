import { expect, test } from "vitest";
import { liveStateOf } from "../../components/rollout/liveState";
import { stateOf } from "../support/trafficStates";

const EARLIER = stateOf({ default: 90, green: 10 });
const RECORD = { "mlflow-rollout-traffic": "default=100" };

test.each<[string, Parameters<typeof liveStateOf>[0], readonly object[]]>([
  [
    "what is recorded and what was written earlier",
    { ...stateOf({ default: 100 }), tags: RECORD },
    [stateOf({ default: 100 }), EARLIER],
  ],
  ["what was written earlier, without a record", { ...stateOf({ default: 100 }), tags: {} }, [EARLIER]],
  [
    "all of it when the weights are gone and the record is not",
    { ...stateOf({}), tags: RECORD },
    [stateOf({ default: 100 }), EARLIER],
  ],
  ["nothing when the endpoint was created again", { ...stateOf({ default: 0 }), tags: {} }, []],
])("may have been applied last: %s", (_, live, expected) => {
  expect(liveStateOf(live, [EARLIER]).lastApplied).toMatchObject(expected);
});

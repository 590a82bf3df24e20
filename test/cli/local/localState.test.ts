import { expect, test } from "vitest";
import { describeEnd, describeState } from "../../../cli/local/localState";

const THEIRS = "s3://states";

test.each<[string, Parameters<typeof describeState>[0], string, string]>([
  [
    "without a folder",
    { data: undefined, backend: undefined },
    "in memory, Pulumi's in a temporary folder: both are lost when it stops (--data <folder> keeps them)",
    "stopped; its state and Pulumi's are gone (--data <folder> keeps them)",
  ],
  [
    "with a folder",
    { data: "/data/azure", backend: undefined },
    "/data/azure, Pulumi's too",
    "stopped; to continue: npx mlflow-rollout local --data /data/azure",
  ],
  [
    "with a backend of the user's own",
    { data: undefined, backend: THEIRS },
    "in memory, lost when it stops (--data <folder> keeps it); Pulumi's is at s3://states",
    "stopped; its state is gone (--data <folder> keeps it)",
  ],
  [
    "with both",
    { data: "/data/azure", backend: THEIRS },
    "/data/azure; Pulumi's is at s3://states",
    "stopped; to continue: npx mlflow-rollout local --data /data/azure",
  ],
])("a local Azure %s says at the start and at the end what is kept", (_, place, atStart, atEnd) => {
  expect(describeState(place)).toBe(atStart);
  expect(describeEnd(place)).toBe(atEnd);
});

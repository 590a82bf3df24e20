import { afterAll, beforeAll, expect, test } from "vitest";
import { LostProject } from "../support/lostProject";

/** The tests of this file are one session: each starts where the one before has ended. */
let lost: LostProject;
const WEIGHTS = { blue: 90, green: 10 };
/** What a test may take on a machine with much else to do; alone it takes half a minute. */
const TIMEOUT_MS = 600_000;
/** What is said of a state that came back without a write. */
const BACK = { failure: "", writes: [], isEmpty: true, traffic: WEIGHTS };

beforeAll(async () => {
  lost = await LostProject.open({ traffic: WEIGHTS });
}, TIMEOUT_MS);

afterAll(() => lost.close());

test(
  "a deployment with weight that the state has lost joins it, and nothing is written",
  async () => {
    await lost.forget(({ urn }) => urn.endsWith("::heart-deployment-blue"));
    expect(await lost.recover()).toEqual({ ...BACK, changes: ["added heart-deployment-blue"] });
  },
  TIMEOUT_MS,
);

test(
  "the endpoint with all that stands on it joins it, although a preview does not know their names at first",
  async () => {
    await lost.forget(({ urn }) => /::heart-(endpoint|deployment-.*|traffic|model-2)$/.test(urn));
    const { changes, ...others } = await lost.recover();
    expect(others).toEqual(BACK);
    expect(changes.toSorted()).toEqual([
      "added heart-deployment-blue",
      "added heart-deployment-green",
      "added heart-endpoint",
      "added heart-traffic",
    ]);
  },
  TIMEOUT_MS,
);

test(
  "an endpoint that is recorded as not ready is no longer written",
  async () => {
    await lost.change((resource) =>
      resource.urn.endsWith("::heart-endpoint") ? { ...resource, initErrors: ["the connection was lost"] } : resource,
    );
    expect(await lost.recover()).toEqual({ ...BACK, changes: ["cleared heart-endpoint"] });
  },
  TIMEOUT_MS,
);

test(
  "a deployment that the program writes in another case is the same one: it is not deleted",
  async () => {
    const renamed = { blue: 90, Green: 10 };
    lost.declare({ traffic: renamed });
    expect(await lost.recover()).toEqual({
      ...BACK,
      changes: ["moved heart-deployment-Green"],
      writes: ["PUT deployments", "PUT onlineEndpoints via"],
      traffic: renamed,
    });
  },
  TIMEOUT_MS,
);

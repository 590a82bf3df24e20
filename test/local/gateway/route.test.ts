import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { chooseRoute, weightsOf } from "../../../local/src/gateway/route";
import type { RouteRequest } from "../../../local/src/gateway/route";

/** Weights that sum to 100, by name. */
const trafficMaps = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 0, maxLength: 19 })
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 100])
  .map((cuts) => Object.fromEntries(cuts.slice(1).map((cut, at) => [`Dep-${at}`, cut - (cuts[at] ?? 0)])));

function route(traffic: Record<string, number>, others: Partial<RouteRequest> = {}) {
  const deployments = new Set(Object.keys(traffic).map((name) => name.toLowerCase()));
  const request = { addressed: undefined, traffic: weightsOf(traffic), mirrorTraffic: [], deployments };
  return chooseRoute({ ...request, random: Math.random, ...others });
}

describe("a request without the header", () => {
  test.prop([trafficMaps])("reaches each deployment with exactly its share of all choices", (traffic) => {
    const counts: Record<string, number> = {};
    for (let point = 0; point < 100; point++) {
      const chosen = route(traffic, { random: () => (point + 0.5) / 100 });
      const name = chosen.kind === "deployment" ? chosen.name : chosen.kind;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    const weights = Object.entries(traffic).filter(([, percent]) => percent > 0);
    expect(counts).toEqual(Object.fromEntries(weights.map(([name, percent]) => [name.toLowerCase(), percent])));
  });

  test.prop([trafficMaps, fc.nat(99)])("never reaches a deployment that cannot answer", (traffic, point) => {
    const [gone = ""] = Object.keys(traffic);
    const deployments = new Set(
      Object.keys(traffic)
        .slice(1)
        .map((name) => name.toLowerCase()),
    );
    const chosen = route(traffic, { deployments, random: () => (point + 0.5) / 100 });
    expect(chosen).not.toMatchObject({ name: gone.toLowerCase() });
  });

  test.prop([trafficMaps, fc.integer({ min: 1, max: 50 })])(
    "is mirrored with the share of the target",
    (traffic, share) => {
      const mirrorTraffic = weightsOf({ target: share });
      const deployments = new Set([...Object.keys(traffic).map((name) => name.toLowerCase()), "target"]);
      const mirrored = Array.from({ length: 100 }, (_, point) => {
        const chosen = route(traffic, { mirrorTraffic, deployments, random: () => (point + 0.5) / 100 });
        return chosen.kind === "deployment" && chosen.mirror === "target";
      });
      expect(mirrored.filter(Boolean)).toHaveLength(share);
    },
  );
});

test.prop([trafficMaps])("a request with the header is never mirrored and ignores the weights", (traffic) => {
  const deployments = new Set(["target", "other"]);
  const chosen = route(traffic, { addressed: "Other", mirrorTraffic: weightsOf({ target: 50 }), deployments });
  expect(chosen).toEqual({ kind: "deployment", name: "other", mirror: undefined });
});

import { describe, expect, test } from "vitest";
import { chooseTried } from "../../../cli/trial/chosen";
import type { Choice } from "../../../cli/trial/chosen";

type Weights = Readonly<Record<string, number>>;
interface Setting {
  readonly traffic?: Weights;
  readonly mirrorTraffic?: Weights;
  readonly names?: readonly string[];
  readonly recorded?: string;
  readonly candidate?: string;
  readonly wanted?: string;
}

function choice({ traffic = {}, mirrorTraffic = {}, names = ["blue", "green"], recorded, ...rest }: Setting): Choice {
  return {
    endpoint: {
      name: "heart",
      id: "/heart",
      state: "Succeeded",
      traffic,
      mirrorTraffic,
      tags: recorded === undefined ? {} : { "mlflow-rollout-stable": recorded },
      authMode: "Key",
    },
    deployments: names.map((name) => ({ name, state: "Succeeded" })),
    candidate: rest.candidate,
    wanted: rest.wanted,
  };
}

/** As `tried (role) / stable`. */
function chosen(setting: Setting): string {
  const { tried, stable } = chooseTried(choice(setting));
  return `${tried.name} (${tried.role})${stable === undefined ? "" : ` / ${stable.name}`}`;
}

const THREE = ["blue", "green", "red"];

describe("what is tried", () => {
  test.each<[string, Setting, string]>([
    ["the only other one", { traffic: { blue: 100 } }, "green (candidate) / blue"],
    ["config's candidate", { traffic: { green: 100 }, candidate: "green" }, "green (candidate) / blue"],
    ["config's candidate, in another case", { traffic: { blue: 100 }, candidate: "GREEN" }, "green (candidate) / blue"],
    [
      "the new one after the last step, until the old one leaves",
      { traffic: { green: 100 }, candidate: "green", recorded: "blue" },
      "green (candidate) / blue",
    ],
    [
      "the other one of a rollout in config's map",
      { traffic: { blue: 90, green: 10 }, recorded: "blue" },
      "green (candidate) / blue",
    ],
    [
      "the one on the way to more than the stable one",
      { traffic: { blue: 40, green: 60 }, recorded: "blue" },
      "green (candidate) / blue",
    ],
    ["a single one", { traffic: { blue: 100 }, names: ["blue"] }, "blue (stable)"],
    [
      "a single one that config still names",
      { traffic: { green: 100 }, names: ["green"], candidate: "green" },
      "green (stable)",
    ],
    ["a single one without requests", { names: ["blue"] }, "blue (stable)"],
    [
      "the one that has requests",
      { traffic: { blue: 90, red: 10 }, names: THREE, recorded: "blue" },
      "red (candidate) / blue",
    ],
    [
      "the one that is mirrored to",
      { traffic: { blue: 100 }, mirrorTraffic: { red: 10 }, names: THREE },
      "red (candidate) / blue",
    ],
    ["the one that the user asks for", { traffic: { blue: 100 }, names: THREE, wanted: "RED" }, "red (other) / blue"],
    ["the stable one, alone, when it is asked for", { traffic: { blue: 100 }, wanted: "blue" }, "blue (stable)"],
    ["one without a stable one", { traffic: { blue: 50, green: 50 }, wanted: "green" }, "green (other)"],
    ["the candidate of a fresh endpoint", { candidate: "green" }, "green (candidate) / blue"],
  ])("is %s", (_, setting, expected) => {
    expect(chosen(setting)).toBe(expected);
  });

  test.each<[string, Setting, string, number]>([
    ["nothing is there", { names: [] }, 'endpoint heart has no deployment yet; declare one, then run "pulumi up"', 1],
    [
      "two are equal",
      { traffic: { blue: 50, green: 50 } },
      "it is not clear which deployment is the candidate; name one with --deployment: blue, green",
      2,
    ],
    [
      "three have none",
      { traffic: { blue: 100 }, names: THREE },
      "it is not clear which deployment is the candidate; name one with --deployment: blue, green, red",
      2,
    ],
    [
      "it is not there",
      { traffic: { blue: 100 }, wanted: "rde" },
      '--deployment: endpoint heart has no deployment "rde"; it has blue, green',
      2,
    ],
  ])("is refused when %s", (_, setting, message, exitCode) => {
    expect(() => chosen(setting)).toThrow(expect.objectContaining({ message, exitCode }) as Error);
  });
});

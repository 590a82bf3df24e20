import { describe, expect, test } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { updateEvents, waitingLine } from "../../../cli/verbs/engineEvents";
import { pulumiCommands } from "../../../cli/verbs/equivalent";
import { changeLines, othersMoved, plannedUpdateOf, verdictLines } from "../../../cli/verbs/plannedUpdate";
import { exitCodeOf, heldBy } from "../../../cli/verbs/refusal";
import { updateMessage, whoRunsThis } from "../../../cli/verbs/updateMessage";

const urn = (type: string, name: string): string => `urn:pulumi:dev::heart::a$azure-native:${type}::${name}`;
const STEP = urn("resources:Deployment", "heart-traffic");

function log(...events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

function about(kind: string, op: string, of: string, timestamp: number): object {
  return { timestamp, [kind]: { metadata: { op, urn: of, type: "azure-native:resources:Deployment" } } };
}

const said = (severity: string, message: string, of = STEP): object => ({
  diagnosticEvent: { severity, message, urn: of },
});

describe("what an update did", () => {
  test("writes that ended, with their time, and what was said", () => {
    const events = updateEvents(
      log(
        about("resourcePreEvent", "update", STEP, 10),
        said("info", "<{%reset%}>traffic  a 100 -> 90<{%reset%}>\nready    a\n"),
        about("resOutputsEvent", "update", STEP, 13),
        about("resourcePreEvent", "same", urn("x:Y", "other"), 14),
      ),
    );
    expect(events).toMatchObject({ running: [], errors: [], written: [{ name: "heart-traffic" }] });
    expect(events.lines).toEqual(["traffic  a 100 -> 90", "ready    a", "updated heart-traffic (3 s)"]);
  });

  test("a write that a hook refused never reached Azure; any other that failed may have", () => {
    const failed = (message: string) =>
      updateEvents(
        log(
          about("resourcePreEvent", "update", STEP, 10),
          said("error", message),
          about("resOpFailedEvent", "update", STEP, 11),
          said("error", "update failed", ""),
        ),
      );
    expect(failed('before hook "heart:traffic" failed: no').written).toEqual([]);
    expect(failed("Status=500").written).toMatchObject([{ name: "heart-traffic" }]);
    expect(failed("Status=500").errors).toEqual(["Status=500"]);
  });

  test("a write that did not end, and a line that was cut off", () => {
    const text = `${log(about("resourcePreEvent", "update", STEP, 10))}{"timestamp":11,"resOut`;
    expect(updateEvents(text).running).toMatchObject([{ name: "heart-traffic", at: 10_000 }]);
  });

  test("what is awaited", () => {
    const at = Date.parse("2026-01-02T20:31:10Z");
    const operation = {
      urn: urn("machinelearningservices:OnlineDeployment", "heart-deployment-b"),
      name: "heart-deployment-b",
      op: "create",
      at,
    };
    expect(waitingLine([operation], at + 250_000)).toBe(
      "waiting  create heart-deployment-b since 20:31 UTC (4 min), usually 5 to 20 min, 2 hours at most",
    );
    expect(waitingLine([], at)).toBeUndefined();
  });
});

describe("what a preview says", () => {
  const document = {
    steps: [
      { op: "same", urn: "urn:pulumi:dev::heart::pulumi:pulumi:Stack::heart-dev" },
      { op: "update", urn: STEP },
      { op: "create", urn: urn("machinelearningservices:OnlineDeployment", "heart-deployment-b") },
    ],
    diagnostics: [
      { severity: "info", message: "traffic  a 100 -> 90\nrules    weights kept\nnext: raise b\n" },
      { severity: "warning", message: "careful\n" },
      { severity: "error", message: 'error: Preview failed: before hook "heart:traffic" failed: refused\n' },
      { severity: "error", message: "preview failed\n" },
      { severity: "error", message: "error: preview failed\n" },
    ],
  };

  test("its changes, lines, warnings and refusals", () => {
    const planned = plannedUpdateOf(JSON.stringify(document));
    expect(planned).toMatchObject({ warnings: ["careful"], refusals: ["refused"] });
    expect(changeLines(planned?.changes ?? [])).toEqual([
      "~ Deployment heart-traffic",
      "+ OnlineDeployment heart-deployment-b",
    ]);
    expect(verdictLines(planned?.lines ?? [])).toEqual(["traffic  a 100 -> 90", "rules    weights kept"]);
    expect(plannedUpdateOf("error: no stack")).toBeUndefined();
  });

  test.each([
    ["a rule", ["x\n  - traffic.b: rises from 0 to 50, by more than policy.maxIncrease"], EXIT.refused],
    ["a bake time", ["x\n  - traffic.b: must stay at 10 for 5 more min: policy.bakeMinutes is 30"], EXIT.waiting],
    ["a bake time and a rule", ["  - a: must stay at 1\n  - b: is missing"], EXIT.refused],
    ["weights set elsewhere", ["  - traffic: the live traffic is a=80: it was changed elsewhere, or"], EXIT.conflict],
    [
      "a lock",
      ["error: the stack is currently locked\n file:///x: created by ann@host (pid 7) at 2026-01-02T03:04:05Z"],
      EXIT.conflict,
    ],
    ["anything else", ["error: no such stack"], EXIT.refused],
  ])("ends by what refused it: %s", (_, refusals, exitCode) => {
    expect(exitCodeOf(refusals)).toBe(exitCode);
  });

  test("who holds a stack", () => {
    expect(heldBy("created by ann@host (pid 7) at 2026-01-02T03:04:05Z")).toBe(
      "ann@host, pid 7, since 2026-01-02T03:04:05Z",
    );
    expect(heldBy("error: [409] Conflict: Another update is currently in progress.")).toBe(
      "Another update is currently in progress.",
    );
    expect(heldBy("fine")).toBeUndefined();
  });
});

describe("the same by hand", () => {
  test.each([
    [[{ path: ["candidateTraffic"], value: 10 }], undefined, ["pulumi up -c candidateTraffic=10"]],
    [[{ path: ["candidateTraffic"], value: 10 }], "alpha", ["pulumi up -c alpha:candidateTraffic=10"]],
    [
      [{ path: ["deployments", "a"] }, { path: ["modelVersions", "2"], value: { id: "azureml:it's:2" } }],
      undefined,
      [
        "pulumi config rm-all --path deployments.a",
        `pulumi config set-all --path --plaintext 'modelVersions["2"].id=azureml:it'\\''s:2'`,
        "pulumi up",
      ],
    ],
  ] as const)("%j", (edits, namespace, expected) => {
    expect(pulumiCommands(edits, namespace)).toEqual(expected);
  });
});

describe("the message of an update", () => {
  test("has what, why, who, and the verdicts", () => {
    expect(updateMessage("promote", "p95 is fine", "ann", ["traffic  a 100 -> 90"])).toBe(
      "mlflow-rollout promote: p95 is fine (by ann)\ntraffic  a 100 -> 90",
    );
  });

  test("whoever started the pipeline, else the person of git, else the login", () => {
    expect(whoRunsThis({ GITHUB_ACTOR: "ann" }, () => "bob")).toBe("ann");
    expect(whoRunsThis({}, () => "bob")).toBe("bob");
    expect(whoRunsThis({}, () => undefined)).toContain("@");
  });
});

test("the traffic steps of other components are told from this one's, and from all else", () => {
  const changes = [
    { op: "update", type: "Deployment", name: "heart-traffic" },
    { op: "update", type: "Deployment", name: "stroke-traffic" },
    { op: "update", type: "ProgressiveMlflowEndpoint", name: "kidney-traffic" },
    { op: "create", type: "Deployment", name: "a-template" },
  ];
  expect(othersMoved(changes, "heart")).toEqual(["stroke"]);
});

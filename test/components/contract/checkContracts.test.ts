import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  asksStable,
  checkContracts,
  checkStableRead,
  notCompared,
  contractVerdicts,
  describeContract,
} from "../../../components/contract/checkContracts";
import { comparedWith } from "../../../components/contract/contractFacts";
import type { ContractFacts, Contracts } from "../../../components/contract/contractFacts";
import { readMlModel } from "../../../components/contract/modelContract";
import type { Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { column, mlModelText } from "../../support/mlModelText";
import { stateOf } from "../../support/trafficStates";

const stable = readMlModel(mlModelText({ inputs: [column("age", "long")] }));
const broken = readMlModel(mlModelText({ inputs: [column("age", "string"), column("bmi", "double")] }));
const CONTRACTS: Contracts = {
  Default: { contract: stable, accepted: undefined },
  green: { contract: broken, accepted: undefined },
};
const ACCEPTED: Contracts = { ...CONTRACTS, green: { contract: broken, accepted: "all send bmi" } };
const SAME: Contracts = { ...CONTRACTS, green: { contract: stable, accepted: undefined } };
const UNKNOWN: Contracts = {
  ...CONTRACTS,
  green: { contract: undefined, unknown: "version 2 has no path", accepted: undefined },
};

const TYPE = "input age is long -> string";
const BMI = "input bmi (double, required) is new and callers do not send it";

function facts(from: Weights, to: Weights, more: Partial<ContractFacts> & { mirror?: Weights } = {}): ContractFacts {
  const { mirror, ...others } = more;
  return { live: stateOf(from), declared: stateOf(to, mirror), stable: "default", contracts: CONTRACTS, ...others };
}

describe("a candidate whose model breaks callers", () => {
  test("gets no weight; each break is named with its cure", () => {
    const or = "or say with deployments.green.acceptContract why callers can cope";
    expect(linesOf(checkContracts(facts({ default: 100 }, { Default: 90, green: 10 })))).toEqual([
      `traffic.green: breaks callers of Default: ${TYPE}; keep long, ${or}`,
      `traffic.green: breaks callers of Default: ${BMI}; make it optional in the signature, ${or}`,
    ]);
  });

  test.each<[string, ContractFacts]>([
    ["when that is accepted", facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: ACCEPTED })],
    ["when it keeps what it has", facts({ default: 90, green: 10 }, { Default: 90, green: 10 })],
    ["on the way back", facts({ default: 50, green: 50 }, { Default: 90, green: 10 })],
    ["at weight 0", facts({ default: 100 }, { Default: 100, green: 0 })],
    ["mirrored", facts({ default: 100 }, { Default: 100, green: 0 }, { mirror: { green: 10 } })],
    ["while nothing is stable", facts({}, { Default: 90, green: 10 }, { stable: undefined })],
    ["when its files are not at hand", facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: UNKNOWN })],
  ])("is not refused %s", (_, given) => {
    expect(checkContracts(given)).toEqual([]);
  });
});

test.each<[string, ContractFacts, readonly string[]]>([
  ["nothing at weight 0", facts({ default: 100 }, { Default: 100, green: 0 }), []],
  [
    "what mirrored requests meet",
    facts({ default: 100 }, { Default: 100, green: 0 }, { mirror: { green: 10 } }),
    [`contract Default -> green: ${TYPE}; ${BMI}`],
  ],
  [
    "what was accepted, and why",
    facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: ACCEPTED }),
    [`contract Default -> green: ${TYPE}; ${BMI} (accepted: all send bmi)`],
  ],
  [
    "nothing of models that cannot be read",
    facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: UNKNOWN }),
    [],
  ],
  [
    "that callers notice nothing",
    facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: SAME }),
    ["contract Default -> green: compatible"],
  ],
  ["nothing while no deployment is stable", facts({}, { Default: 90, green: 10 }, { stable: undefined }), []],
])("a verdict says %s", (_, given, expected) => {
  expect(contractVerdicts(given).map(describeContract)).toEqual(expected);
});

test("a verdict for machines has all that callers may notice", () => {
  expect(contractVerdicts(facts({ default: 100 }, { Default: 90, green: 10 }, { contracts: ACCEPTED }))).toEqual([
    {
      deployment: "green",
      stable: "Default",
      verdict: "breaking",
      differences: [TYPE, BMI],
      accepted: "all send bmi",
    },
  ]);
});

const STEP = { Default: 90, green: 10 };
const MIRROR = { mirror: { green: 10 }, contracts: UNKNOWN };
const NOT_READ = { contract: undefined, unknown: "deployment old has no model" };
test.each<[string, ContractFacts, readonly string[]]>([
  [
    "rises, with the reason",
    facts({ default: 100 }, STEP, { contracts: UNKNOWN }),
    ["contract Default -> green is not compared: version 2 has no path"],
  ],
  [
    "is mirrored",
    facts({ default: 100 }, { Default: 100, green: 0 }, MIRROR),
    ["contract Default -> green is not compared: version 2 has no path"],
  ],
  [
    "rises beside a stable one that leaves",
    facts({ Old: 100 }, { green: 100 }, { stable: "old", stableModel: NOT_READ }),
    ["contract Old -> green is not compared: deployment old has no model"],
  ],
  [
    "rises beside a stable one that leaves and that nobody has read",
    facts({ Old: 100 }, { green: 100 }, { stable: "old" }),
    ["contract Old -> green is not compared: old is not declared"],
  ],
  ["nothing when it keeps its weight", facts(STEP, STEP, { contracts: UNKNOWN }), []],
  ["nothing when it is compared", facts({ default: 100 }, STEP), []],
  ["nothing while no deployment is stable", facts({}, STEP, { stable: undefined, contracts: UNKNOWN }), []],
])("of a candidate that is not compared is said: %s", (_, given, lines) => {
  expect(notCompared(given)).toEqual(lines);
});

describe("a stable deployment that leaves with the step", () => {
  const leaving = (more: Partial<ContractFacts> = {}) =>
    facts({ Old: 100, green: 0 }, { green: 100 }, { stable: "old", stableModel: { contract: stable }, ...more });

  test("is compared by the model that it runs", () => {
    expect(linesOf(checkContracts(leaving())).map((line) => line.split(":").slice(0, 2).join(":"))).toEqual([
      "traffic.green: breaks callers of Old",
      "traffic.green: breaks callers of Old",
    ]);
    expect(contractVerdicts(leaving())).toMatchObject([{ deployment: "green", stable: "Old", verdict: "breaking" }]);
  });

  test("refuses more weight while it cannot be read, unless that is accepted", () => {
    expect(linesOf(checkStableRead(leaving(), "cannot read Old: 403"))).toEqual([
      "traffic.green: its model cannot be compared with that of Old, which serves: cannot read Old: 403, or say with " +
        "deployments.green.acceptContract why callers can cope",
    ]);
    expect(checkStableRead(leaving({ contracts: ACCEPTED }), "cannot read Old: 403")).toEqual([]);
    expect(checkStableRead(leaving({ contracts: UNKNOWN }), "cannot read Old: 403")).toEqual([]);
  });
});

test("what runs live decides, not what is declared for the stable deployment", () => {
  const given = facts({ default: 100 }, STEP, { stableModel: { contract: broken } });
  expect(checkContracts(given)).toEqual([]);
  expect(contractVerdicts(given).map(({ verdict }) => verdict)).toEqual(["compatible"]);
});

test.each<[string, ContractFacts, boolean]>([
  ["a candidate that rises", facts({ default: 100 }, STEP), true],
  ["a candidate that nothing is known of", facts({ default: 100 }, STEP, { contracts: UNKNOWN }), false],
  ["the way back", facts({ default: 50, green: 50 }, STEP), false],
  ["a mirror", facts({ default: 100 }, { Default: 100, green: 0 }, { mirror: { green: 10 } }), false],
  ["a first start", facts({}, STEP, { stable: undefined }), false],
])("%s asks what the stable deployment runs: %s", (_, given, asks) => {
  expect(asksStable(given)).toBe(asks);
});

test.each<[string, Weights, Weights, string | undefined, string | undefined]>([
  ["with all requests", { Old: 100 }, { green: 100 }, "old", "old"],
  ["that still serves", { Old: 40, green: 60 }, { green: 100 }, "Old", "old"],
  ["with as much as the candidate", { Old: 50, green: 50 }, { green: 100 }, "old", "old"],
  ["that serves no more", { Old: 0, green: 100 }, { green: 90, red: 10 }, "old", "green"],
  ["that nobody wrote down", { Old: 90, green: 10 }, { green: 100 }, undefined, "old"],
  ["on the way back", { Old: 0, green: 100 }, { Old: 10, green: 90 }, "old", "old"],
  ["of an endpoint that serves nothing", {}, { green: 100 }, "old", undefined],
])("candidates are compared with a stable deployment %s", (_, live, declared, recorded, expected) => {
  expect(comparedWith(stateOf(live), stateOf(declared), recorded)).toBe(expected);
});

const share = fc.integer({ min: 0, max: 100 });
property.prop([share, share])(
  "a step that gives a breaking candidate no more weight is never refused",
  (live, declared) => {
    const [from, to] = [Math.max(live, declared), Math.min(live, declared)];
    expect(checkContracts(facts({ default: 100 - from, green: from }, { Default: 100 - to, green: to }))).toEqual([]);
  },
);

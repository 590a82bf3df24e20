import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkContracts, uncheckedCandidates } from "../../components/contract/checkContracts";
import type { ContractFacts, Contracts } from "../../components/contract/contractFacts";
import { contractVerdicts, describeContract } from "../../components/contract/contractVerdicts";
import { readMlModel } from "../../components/contract/readMlModel";
import type { Weights } from "../../components/rollout/weights";
import { linesOf } from "../support/linesOf";
import { column, mlModelText } from "../support/mlModelText";
import { stateOf } from "../support/trafficStates";

const stable = readMlModel(mlModelText({ inputs: [column("age", "long")] }));
const broken = readMlModel(mlModelText({ inputs: [column("age", "string"), column("bmi", "double")] }));
const CONTRACTS: Contracts = {
  Default: { contract: stable, accepted: undefined },
  green: { contract: broken, accepted: undefined },
};
const ACCEPTED: Contracts = { ...CONTRACTS, green: { contract: broken, accepted: "all send bmi" } };
const SAME: Contracts = { ...CONTRACTS, green: { contract: stable, accepted: undefined } };
const UNKNOWN: Contracts = { ...CONTRACTS, green: { contract: undefined, accepted: undefined } };

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

test("a candidate that rises and cannot be compared is named", () => {
  const step = { Default: 90, green: 10 };
  expect(uncheckedCandidates(facts({ default: 100 }, step, { contracts: UNKNOWN }))).toEqual(["green"]);
  expect(uncheckedCandidates(facts({ old: 100 }, step, { stable: "old" }))).toEqual(["Default", "green"]);
  expect(uncheckedCandidates(facts(step, step, { contracts: UNKNOWN }))).toEqual([]);
  expect(uncheckedCandidates(facts({ default: 100 }, step))).toEqual([]);
});

const share = fc.integer({ min: 0, max: 100 });
property.prop([share, share])(
  "a step that gives a breaking candidate no more weight is never refused",
  (live, declared) => {
    const [from, to] = [Math.max(live, declared), Math.min(live, declared)];
    expect(checkContracts(facts({ default: 100 - from, green: from }, { Default: 100 - to, green: to }))).toEqual([]);
  },
);

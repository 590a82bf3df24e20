import { BLUE, GREEN } from "../driver/article";
import { wilsonInterval } from "../components/values/wilsonInterval";
import { observe, observeText } from "./observation";
import type { Observation } from "./observation";
import type { ObservedEndpoint } from "./observedEndpoint";

const MEASURED_REQUESTS = 2000;
const ADDRESSED_REQUESTS = 100;
/** The deployment that cannot start. */
const BROKEN = "xgboost-model-3";
const BY_HAND = { [BLUE]: 80, [GREEN]: 20 };

/** The values in the walk's config. */
export interface WalkSettings {
  readonly resourceGroup: string;
  readonly location: string;
  readonly instanceType: string;
  /** Folders of model versions 1, 2 and 3; the container of the third cannot start. */
  readonly models: readonly [blue: string, green: string, broken: string];
}

/** A step of the walk: commands and observations. */
export interface WalkStep {
  /** Names it in the report. */
  readonly id: string;
  readonly name: string;
  /** Each without the word `pulumi`. */
  readonly commands: readonly (readonly string[])[];
  /** The last command is refused. */
  readonly fails?: true;
  /** Nothing is written, so the walk continues if it fails. */
  readonly reads?: true;
  /** Done by somebody else before the commands. */
  readonly before?: (scene: ObservedEndpoint) => Promise<readonly Observation[]>;
  /** @param text - what the last command printed */
  readonly after: (scene: ObservedEndpoint, text: string) => Promise<readonly Observation[]>;
}

/** The article, a hand edit, a deployment that cannot start and the way back; then the semantics are asked. */
export function walkSteps({ resourceGroup, location, instanceType, models }: WalkSettings): readonly WalkStep[] {
  const deployment = (name: string, version: string): string[][] => [
    set(`modelVersions["${version}"]`, models[Number(version) - 1] ?? ""),
    set(`deployments.${name}.modelVersion`, version),
    set(`deployments.${name}.instanceType`, instanceType),
  ];
  return [
    {
      id: "walk-first-up",
      name: "the first deployment serves",
      commands: [
        ["config", "set", "azure-native:location", location],
        ["config", "set", "resourceGroupName", resourceGroup],
        ...deployment(BLUE, "1"),
        ["up"],
      ],
      after: async (scene) => [
        await weights("template-writes-weights", scene, { [BLUE]: 100 }),
        observe("route-all", "answers", { [BLUE]: ADDRESSED_REQUESTS }, await scene.measure(ADDRESSED_REQUESTS)),
      ],
    },
    {
      id: "walk-no-change",
      name: "nothing changes without a change of the program",
      commands: [["preview", "--expect-no-changes"]],
      reads: true,
      after: async () => [],
    },
    {
      id: "walk-candidate",
      name: "a candidate at 0",
      commands: [...deployment(GREEN, "2"), ["config", "set", "candidate", GREEN], ["up"]],
      after: async (scene) => [
        await weights("weights-new-deployment", scene, { [BLUE]: 100 }),
        observe(
          "route-by-header",
          `answers of ${GREEN} when the header names it, of ${ADDRESSED_REQUESTS}:`,
          ADDRESSED_REQUESTS,
          await scene.addressed(GREEN, "green", ADDRESSED_REQUESTS),
        ),
      ],
    },
    {
      id: "walk-10-percent",
      name: "90/10",
      commands: [["up", "-c", "candidateTraffic=10"]],
      after: async (scene) => [
        await weights("template-writes-weights", scene, { [BLUE]: 90, [GREEN]: 10 }),
        await share(scene, GREEN, 10),
      ],
    },
    {
      id: "walk-hand-edit-refused",
      name: "somebody sets other weights, and the next step is refused",
      before: async (scene) => {
        await scene.setWeights(BY_HAND);
        return [await weights("endpoint-update", scene, BY_HAND)];
      },
      commands: [["up", "-c", "candidateTraffic=100"]],
      fails: true,
      after: async (scene, text) => [
        observeText("walk-hand-edit-refused", "the refusal", ["acceptLive", `${BLUE}=80 ${GREEN}=20`], text),
        await weights("walk-hand-edit-refused", scene, BY_HAND),
      ],
    },
    {
      id: "walk-hand-edit-accepted",
      name: "they are accepted: 0/100",
      commands: [set(`acceptLive.${BLUE}`, "80"), set(`acceptLive.${GREEN}`, "20"), ["up"]],
      after: async (scene) => [
        await weights("template-writes-weights", scene, { [GREEN]: 100 }),
        observe("route-all", "answers", { [GREEN]: ADDRESSED_REQUESTS }, await scene.measure(ADDRESSED_REQUESTS)),
      ],
    },
    {
      id: "walk-retire",
      name: "the first deployment leaves",
      commands: [remove(`deployments.${BLUE}`, "candidate", "candidateTraffic", "acceptLive"), ["up"]],
      after: async (scene) => [
        observe("delete-at-zero", `GET of ${BLUE}:`, 404, await scene.state(BLUE)),
        observe("delete-removes-weight", "traffic", { [GREEN]: 100 }, await scene.traffic()),
      ],
    },
    {
      id: "walk-failed-deployment",
      name: "a candidate that cannot start",
      commands: [...deployment(BROKEN, "3"), ["config", "set", "candidate", BROKEN], ["up"]],
      fails: true,
      after: async (scene, text) => [
        observe("deployment-failed", `state of ${BROKEN}`, "Failed", await scene.state(BROKEN)),
        observeText("walk-failed-deployment", "the error", [BROKEN, "to do:"], text),
        await weights("walk-failed-deployment", scene, { [GREEN]: 100 }),
      ],
    },
    {
      id: "walk-way-back",
      name: "it leaves again",
      commands: [remove(`deployments.${BROKEN}`, "candidate", 'modelVersions["3"]'), ["up"]],
      after: async (scene) => [
        observe("delete-at-zero", `GET of ${BROKEN}:`, 404, await scene.state(BROKEN)),
        await weights("walk-way-back", scene, { [GREEN]: 100 }),
        observe("walk-lost-requests", "requests that no model answered:", 0, scene.requests.lost),
      ],
    },
  ];
}

/** The last step, which follows the semantics. */
export const DESTROY: WalkStep = {
  id: "walk-destroy",
  name: "everything is deleted",
  commands: [["up", "-c", "deletionProtection=false"], ["destroy"]],
  after: async (scene) => [
    observe("delete-endpoint-with-deployments", "GET of the endpoint:", 404, await scene.endpointStatus()),
  ],
};

/** As a user types it. */
export function shownCommand(args: readonly string[]): string {
  return ["pulumi", ...args.map((arg) => (/^[\w.:=/-]+$/.test(arg) ? arg : `'${arg}'`))].join(" ");
}

function set(path: string, value: string): string[] {
  return ["config", "set", "--path", path, value];
}

function remove(...paths: readonly string[]): string[] {
  return ["config", "rm-all", "--path", ...paths];
}

async function weights(
  id: string,
  scene: ObservedEndpoint,
  expected: Readonly<Record<string, number>>,
): Promise<Observation> {
  return observe(id, "live weights", expected, await scene.weights());
}

/** Whether the true share of a deployment can be its weight, with 99.9 %. */
async function share(scene: ObservedEndpoint, deployment: string, weight: number): Promise<Observation> {
  const { [deployment]: hits = 0, ...others } = await scene.measure(MEASURED_REQUESTS);
  const total = Object.values(others).reduce((sum, count) => sum + count, hits);
  const [low, high] = wilsonInterval(hits, total);
  const expected = `${weight} % of the requests to ${deployment}`;
  return low <= weight / 100 && weight / 100 <= high
    ? { id: "route-by-weight", expected }
    : { id: "route-by-weight", expected, seen: `${hits} of ${total} answered by ${deployment}` };
}

/** One change of stack config, as `pulumi config set --path` or `pulumi config rm --path` makes it. */
type ConfigChange = { readonly set: string; readonly value: string } | { readonly remove: string };

/** A step of the article: a change of the declared state, or requests to the deployments as they are. */
export interface ArticleStep {
  readonly name: string;
  readonly action: "up" | "request" | "destroy";
  readonly config?: readonly ConfigChange[];
  /** Addresses one deployment, whatever its weight. */
  readonly deployment?: string;
}

export const BLUE = "default";
export const GREEN = "xgboost-model-2";

/**
 * "Progressive rollout of MLflow models to Online Endpoints", step by step: each imperative command of the article has
 * become a line of stack config.
 */
export const ARTICLE: readonly ArticleStep[] = [
  { name: "the first deployment serves", action: "up" },
  { name: "a sample request", action: "request" },
  { name: "version 2 is registered", action: "up", config: [{ set: 'modelVersions["2"]', value: "models/green" }] },
  {
    name: "the candidate is deployed with weight 0",
    action: "up",
    config: [
      { set: `deployments.${GREEN}.modelVersion`, value: "2" },
      { set: "candidate", value: GREEN },
    ],
  },
  { name: "the candidate is tested by the header", action: "request", deployment: GREEN },
  { name: "10 % to the candidate", action: "up", config: [{ set: "candidateTraffic", value: "10" }] },
  { name: "all to the candidate", action: "up", config: [{ set: "candidateTraffic", value: "100" }] },
  {
    name: "the old deployment is removed",
    action: "up",
    // With the rollout's config: the next one starts at 0.
    config: [{ remove: `deployments.${BLUE}` }, { remove: "candidate" }, { remove: "candidateTraffic" }],
  },
  {
    name: "everything is deleted",
    action: "destroy",
    config: [{ set: "deletionProtection", value: "false" }],
  },
];

/** What a user types for a step. */
export function commandOf({ action, config = [], deployment }: Omit<ArticleStep, "name">): string {
  if (action === "request") return requestCommand(deployment);
  // An update lifts the protection first.
  if (action === "destroy") return `${commandOf({ action: "up", config })} && pulumi destroy`;
  const [first, ...more] = config;
  if (first !== undefined && "set" in first && isPlain(first.set) && more.length === 0) {
    return `pulumi ${action} -c ${first.set}=${first.value}`;
  }
  return [...configCommands(config), `pulumi ${action}`].join(" && ");
}

/** Removes several keys with one command. */
function configCommands(config: readonly ConfigChange[]): readonly string[] {
  const removed = config.flatMap((change) => ("remove" in change ? [quoted(change.remove)] : []));
  if (removed.length < 2 || removed.length < config.length) return config.map(configCommand);
  return [`pulumi config rm-all --path ${removed.join(" ")}`];
}

function configCommand(change: ConfigChange): string {
  if ("remove" in change) return `pulumi config rm --path ${quoted(change.remove)}`;
  const path = isPlain(change.set) ? change.set : `--path ${quoted(change.set)}`;
  return `pulumi config set ${path} ${change.value}`;
}

/** A key of config itself, not a place within its value. */
function isPlain(path: string): boolean {
  return /^\w+$/.test(path);
}

function quoted(path: string): string {
  return /^[\w.-]+$/.test(path) ? path : `'${path}'`;
}

function requestCommand(deployment: string | undefined): string {
  const header = deployment === undefined ? "" : ` -H "azureml-model-deployment: ${deployment}"`;
  return (
    'curl "$(pulumi stack output scoringUri)" -H "Authorization: Bearer $(pulumi stack output primaryKey --show-secrets)"' +
    `${header} -H "Content-Type: application/json" -d @examples/heart-classifier/sample-request.json`
  );
}

/** The phases of a run on Azure, with duration and billed machines. */
const PHASES: readonly { readonly what: string; readonly minutes: number; readonly machines: number }[] = [
  { what: "a workspace and the first deployment", minutes: 30, machines: 1 },
  { what: "a candidate, 90/10, a hand edit, 0/100", minutes: 30, machines: 2 },
  { what: "the first deployment leaves", minutes: 10, machines: 1 },
  { what: "a candidate that cannot start, and the way back", minutes: 40, machines: 2 },
  { what: "the semantics of docs/parity.md", minutes: 90, machines: 3 },
  { what: "the clean-up", minutes: 20, machines: 1 },
];

const PROVIDERS = [
  "Microsoft.MachineLearningServices",
  "Microsoft.Storage",
  "Microsoft.KeyVault",
  "Microsoft.Insights",
  "Microsoft.OperationalInsights",
  "Microsoft.ContainerRegistry",
];

export interface RunPlan {
  readonly group: string;
  readonly location: string;
  readonly instanceType: string;
  /** Of one machine, when it is known. */
  readonly hourlyPrice?: number;
  readonly currency: string;
}

/** Machine hours of a complete run. */
export function machineHours(): number {
  return PHASES.reduce((sum, { minutes, machines }) => sum + (minutes * machines) / 60, 0);
}

/** The notice before anything is created: phases, permissions, duration and cost. */
export function notice({ group, location, instanceType, hourlyPrice, currency }: RunPlan): string {
  const minutes = PHASES.reduce((sum, phase) => sum + phase.minutes, 0);
  const hours = machineHours();
  const most = Math.max(...PHASES.map(({ machines }) => machines));
  const cost =
    hourlyPrice === undefined
      ? "at their price (--hourly-price says the sum)"
      : `${(hours * hourlyPrice).toFixed(2)} ${currency} at ${hourlyPrice} ${currency} an hour`;
  return [
    `Takes a rollout through Azure, in a resource group of its own, ${group} in ${location}:`,
    ...PHASES.map((phase) => `  ${String(phase.minutes).padStart(3)} min  ${phase.what}`),
    "",
    "Permissions  Contributor on the subscription, or a role that may create and delete resource groups and has",
    "             what docs/azure.md lists under Permissions; these providers must be registered:",
    `             ${PROVIDERS.slice(0, 3).join(", ")},`,
    `             ${PROVIDERS.slice(3).join(", ")}`,
    `Quota        ${most} machines of ${instanceType} at a time; Azure reserves ${most * 2}`,
    `Time         about ${(minutes / 60).toFixed(1)} hours`,
    `Cost         about ${hours.toFixed(1)} machine hours of ${instanceType}: ${cost}; and storage, logs and a Basic`,
    "             container registry for that time",
    "Afterwards   the group is deleted, whatever happens; the deleted workspace keeps its name for 14 days and its vault",
    "             for 90, at no cost",
  ].join("\n");
}

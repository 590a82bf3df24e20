import type { Violation } from "./verdict";

/** Versions that the overlay derives from an older one, `provider/version` in lower case. */
export const DERIVED_VERSIONS: ReadonlySet<string> = new Set(["microsoft.machinelearningservices/2025-12-01"]);

/** A known break of the specification: recorded of the real service, or on purpose in the local one. */
interface Deviation {
  readonly operations: RegExp;
  readonly rule: string;
  readonly where: RegExp;
  readonly message: RegExp;
  readonly reason: string;
}

const DEVIATIONS: readonly Deviation[] = [
  {
    operations: /^Online(Endpoints|Deployments)_(Delete|Update|RegenerateKeys)$/,
    rule: "ASYNC_HEADERS",
    where: /^reply$/,
    message: /^lacks the header Retry-After$/,
    reason:
      "recorded: Azure ML sends no Retry-After with operations on endpoints and deployments, though the specification declares one of 10 to 600 s",
  },
  {
    operations: /^Workspaces_/,
    rule: "MINIMUM",
    where: /^reply \/headers\/retry-after$/,
    message: /^Value 1 is less than minimum 10$/,
    reason: "ours: an operation ends on the virtual clock, and a client that waits 10 s for it would wait in vain",
  },
  {
    operations: /^Workspaces_/,
    rule: "OBJECT_ADDITIONAL_PROPERTIES",
    where: /\/properties\/managedNetwork/,
    message: /^Additional properties not allowed: (enableNetworkMonitor|firewallSku|managedNetworkKind)$/,
    reason:
      "in 2025-12-01 and in what azure-native sends; the derived specification leaves the managed network as it was",
  },
];

/** Whether a violation is one of the known ones. */
export function isDeviation({ operation, rule, where, message }: Violation): boolean {
  return DEVIATIONS.some(
    (known) =>
      known.rule === rule && known.operations.test(operation) && known.where.test(where) && known.message.test(message),
  );
}

/** What is served though the saved specification of its provider has no such operation. */
interface Outside {
  /** @default GET */
  readonly methods?: readonly string[];
  /** Path without query. */
  readonly path: RegExp;
  readonly reason: string;
}

const ML_LOCATION = String.raw`^/subscriptions/[^/]+/providers/Microsoft\.MachineLearningServices/locations/[^/]+`;

const OUTSIDE: readonly Outside[] = [
  {
    path: new RegExp(`${ML_LOCATION}/(mfeOperationsStatus|mfeOperationResults|workspaceOperationsStatus)/[^/]+$`, "i"),
    reason: "where an operation is followed; clients take the address from a header, no specification lists it",
  },
  {
    path: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Resources\/deployments\/[^/]+\/operationStatuses\/[^/]+$/i,
    reason: "where a template deployment is followed; clients take the address from a header",
  },
  {
    path: /^\/subscriptions\/[^/]+\/operationresults\/[^/]+$/i,
    reason: "where the delete of a resource group is followed; clients take the address from a header",
  },
  { path: /^\/subscriptions(\/[^/]+(\/locations)?)?$/i, reason: "in subscriptions.json, which is not saved" },
  {
    path: /^\/subscriptions\/[^/]+\/providers\/[^/]+(\/register)?$/i,
    methods: ["GET", "POST"],
    reason: "an operation of Microsoft.Resources on another provider, which the path names",
  },
  {
    path: /\/providers\/Microsoft\.Insights\/(metrics|metricDefinitions)$/i,
    reason: "in metrics_API.json and metricDefinitions_API.json of Azure Monitor, which are not saved",
  },
  {
    path: /\/providers\/Microsoft\.Insights\/eventtypes\/management\/values$/i,
    reason: "in activityLogs_API.json of Azure Monitor, which is not saved",
  },
  {
    path: /\/providers\/Microsoft\.Insights\/(autoscaleSettings|diagnosticSettings|metricAlerts|actionGroups)(\/[^/]+)?$/i,
    methods: ["GET", "HEAD", "PUT", "PATCH", "DELETE"],
    reason: "in other files of Azure Monitor's specification; the one of components is saved",
  },
  {
    path: /\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets(\/[^/]+)?$/i,
    methods: ["GET", "HEAD", "PUT"],
    reason: "in secrets.json, which is not saved",
  },
  {
    path: /\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+\/sharedKeys$/i,
    methods: ["POST"],
    reason: "in SharedKeys.json, which is not saved",
  },
];

export function isOutside(method: string, url: string): boolean {
  const [path = ""] = url.split("?");
  return OUTSIDE.some(({ methods = ["GET"], path: known }) => methods.includes(method) && known.test(path));
}

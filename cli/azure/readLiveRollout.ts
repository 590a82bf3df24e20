import type { ArmReader } from "../../components/azure/armReaderWith";
import { RefusedRead } from "../../components/azure/armRequest";
import { checkNow } from "../../components/checks/checkNow";
import { redact } from "../../components/values/redact";
import { isMap } from "../../components/values/shape";
import { formatViolations } from "../../components/values/violation";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { deploymentOf, endpointOf } from "./liveRollout";
import type { LiveRollout } from "./liveRollout";
import { metricQueries } from "../../components/azure/metricValues";
import { metricsOf } from "./metrics";
import { API_QUERY } from "../../components/azure/apiVersion";

const ENDPOINTS = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
const METRICS = "Microsoft.Insights/metrics/read";
const MOST_MINUTES = 60;

/**
 * Reads an endpoint, its deployments and what Azure Monitor says of them.
 *
 * @param endpointId - ARM id; undefined while the rollout has no endpoint, and then nothing is read
 * @param minutes - of the metrics, 1 to 60
 * @throws Error when the endpoint or its deployments cannot be read
 */
export async function readLiveRollout(
  arm: ArmReader,
  endpointId: string | undefined,
  minutes = 5,
): Promise<LiveRollout> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw new RangeError(`minutes must be a whole number from 1 to ${MOST_MINUTES}, got ${minutes}`);
  const at = readNow();
  const nothing = { at, endpoint: undefined, deployments: [], metrics: undefined, missing: [] };
  if (endpointId === undefined) return nothing;
  const queries = metricQueries();
  const [endpoint, documents, requests, latency] = await Promise.all([
    required("the endpoint", `${ENDPOINTS}/read`, arm.get(`${endpointId}?${API_QUERY}`)),
    required(
      "its deployments",
      `${ENDPOINTS}/deployments/read`,
      orNone(arm.list(`${endpointId}/deployments?${API_QUERY}`)),
    ),
    optional("requests and errors", arm.get(`${endpointId}${queries.requests}`)),
    optional("latency", arm.get(`${endpointId}${queries.latency}`)),
  ]);
  if (!isMap(endpoint)) return nothing;
  const deployments = documents.filter(isMap).map(deploymentOf);
  const names = deployments.map(({ name }) => name);
  return {
    at,
    endpoint: endpointOf(endpoint, endpointId),
    deployments,
    ...measured({ requests, latency }, names, minutes),
  };
}

/** The instant given for one run, else that of the clock. @throws Failure when what is given is none */
function readNow(): Date {
  const given = process.env["MLFLOW_ROLLOUT_NOW"];
  const violations = checkNow(given);
  if (violations.length > 0) throw new Failure(formatViolations(violations).trim().replace(/^- /, ""), EXIT.usage);
  return given === undefined ? new Date() : new Date(given);
}

/** What came of a read that the rest does not stand on. */
type Outcome = { readonly answer: unknown } | { readonly missing: string };

interface Outcomes {
  readonly requests: Outcome;
  readonly latency: Outcome;
}

/** Without the requests nothing can be said; without the latency all else is there. */
function measured(
  { requests, latency }: Outcomes,
  names: readonly string[],
  minutes: number,
): Pick<LiveRollout, "metrics" | "missing"> {
  const missing = [requests, latency].flatMap((outcome) => ("missing" in outcome ? [outcome.missing] : []));
  if ("missing" in requests) return { metrics: undefined, missing };
  const answers = { requests: requests.answer, latency: "missing" in latency ? undefined : latency.answer };
  try {
    return { metrics: metricsOf(answers, names, minutes), missing };
  } catch (error) {
    return { metrics: undefined, missing: [...missing, `metrics: ${textOf(error)}`] };
  }
}

/** @throws Error that names what could not be read, and the permission where it is missing */
async function required<T>(what: string, permission: string, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw new Error(`cannot read ${what}: ${reasonOf(error, permission)}`, { cause: error });
  }
}

async function optional(what: string, read: Promise<unknown>): Promise<Outcome> {
  try {
    const answer = await read;
    return answer === undefined ? { missing: `${what}: Azure Monitor does not know the endpoint` } : { answer };
  } catch (error) {
    return { missing: `${what}: ${reasonOf(error, METRICS)}` };
  }
}

/** An endpoint that is not there has no list of deployments. */
async function orNone(read: Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof RefusedRead && error.status === 404) return [];
    throw error;
  }
}

function reasonOf(error: unknown, permission: string): string {
  const text = textOf(error);
  return error instanceof RefusedRead && error.status === 403 ? `${text}; it needs the permission ${permission}` : text;
}

function textOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

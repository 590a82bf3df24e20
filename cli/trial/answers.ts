import { isDeepStrictEqual } from "node:util";
import { redact } from "../../components/values/redact";
import { isSameName } from "../../components/values/sameName";
import type { Tried } from "./chosen";

/** What came of one request. */
export interface Reply {
  /** Of HTTP; undefined when nobody answered. */
  readonly status?: number;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What was answered, or why nothing was. */
  readonly text: string;
  readonly milliseconds: number;
}

/** What a deployment makes of the sample request. `test --json` prints it. */
export interface TriedDeployment {
  readonly deployment: string;
  readonly role: Tried["role"];
  /** Provisioning state as Azure words it. */
  readonly state: string;
  readonly requests: number;
  /** How many of them were not answered by the model of this deployment. */
  readonly failed: number;
  /** What the model answers, parsed where it is JSON; left out when it failed. */
  readonly answer?: unknown;
  /** What the first failed request was told; left out when none did. */
  readonly error?: string;
  /** Median of the requests that were answered, in milliseconds; left out when none was. */
  readonly latencyP50?: number;
}

/** Sums up what a deployment answered. @param replies - at least one */
export function triedDeployment({ name, role, state }: Tried, replies: readonly Reply[]): TriedDeployment {
  const errors = replies.map((reply) => errorOf(reply, name));
  const answered = replies.filter((_, index) => errors[index] === undefined);
  const [first] = answered;
  const error = errors.find((one) => one !== undefined);
  const latencyP50 = median(answered.map(({ milliseconds }) => milliseconds));
  return {
    deployment: name,
    role,
    state,
    requests: replies.length,
    failed: replies.length - answered.length,
    ...(first !== undefined && { answer: parsed(first.text) }),
    ...(error !== undefined && { error }),
    ...(latencyP50 !== undefined && { latencyP50: Math.round(latencyP50 * 100) / 100 }),
  };
}

/** Whether two deployments answer the same; undefined when one of them does not answer. */
export function isSameAnswer(one: TriedDeployment, other: TriedDeployment | undefined): boolean | undefined {
  if (!("answer" in one) || other === undefined || !("answer" in other)) return undefined;
  return isDeepStrictEqual(one.answer, other.answer);
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Azure passes on what the model says as 424, with the model's own status in a header. */
function errorOf({ status, headers = {}, text }: Reply, deployment: string): string | undefined {
  const said = redact(messageIn(parsed(text)) ?? text.trim());
  if (status === undefined) return said;
  const model = headers["ms-azureml-model-error-statuscode"];
  const code = status === 424 && model !== undefined ? `424, the model answers ${model}` : String(status);
  if (status !== 200) return said === "" ? code : `${code}: ${said}`;
  const answeredBy = headers["azureml-model-deployment"];
  if (answeredBy === undefined || isSameName(deployment, answeredBy)) return undefined;
  return `answered by ${answeredBy}, which was not asked`;
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { message, error } = body as { readonly message?: unknown; readonly error?: unknown };
  if (typeof message === "string") return message;
  return typeof error === "string" ? error : messageIn(error);
}

/** Text that is no JSON stays as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

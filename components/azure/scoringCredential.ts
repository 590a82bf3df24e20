import { at } from "../values/shape";
import { redact } from "../values/redact";
import type { ArmReader } from "./armReaderWith";
import { RefusedRead } from "./armRequest";
import { API_QUERY } from "./apiVersion";

const ENDPOINTS = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
/** What tokens for scoring are for. Source: Azure ML, "Authenticate clients for online endpoints". */
const SCORING_AUDIENCE = "https://ml.azure.com";
/** In other clouds, endpoints stand below another name: `https://NAME.REGION.inference.ml.azure.us/score`. */
const IN_SCORING_URI = /\.inference\.(ml\.azure\.[a-z]+)$/;

/** An endpoint as its callers know it. */
export interface ScoringEndpoint {
  readonly name: string;
  /** ARM id. */
  readonly id: string;
  readonly scoringUri?: string;
  /** `Key`, `AMLToken` or `AADToken`. */
  readonly authMode: string;
}

/** Who gives a credential. */
export interface CredentialSource {
  readonly arm: Pick<ArmReader, "ask">;
  /** An access token for another service, such as `https://ml.azure.com`. @throws Error when there is none */
  tokenFor(audience: string): Promise<string>;
}

/**
 * What an endpoint takes from its callers: a key, or a token of the kind that it wants.
 *
 * @throws Error that says what is missing
 */
export async function scoringCredential(azure: CredentialSource, endpoint: ScoringEndpoint): Promise<string> {
  const { authMode } = endpoint;
  switch (authMode.toLowerCase()) {
    case "key":
      return asked(azure, endpoint, "listKeys", "primaryKey");
    case "amltoken":
      return asked(azure, endpoint, "token", "accessToken");
    case "aadtoken":
      return entraToken(azure, endpoint);
    default:
      throw new Error(`endpoint ${endpoint.name} takes ${authMode}, which this version does not know`);
  }
}

async function asked(azure: CredentialSource, { name, id }: ScoringEndpoint, action: string, member: string) {
  const what = `the ${action === "token" ? "token" : "key"} of endpoint ${name}`;
  try {
    const found = at(await azure.arm.ask(`${id}/${action}?${API_QUERY}`), [member]);
    if (typeof found === "string") return found;
  } catch (error) {
    const permission = `; it needs the permission ${ENDPOINTS}/${action}/action`;
    const isForbidden = error instanceof RefusedRead && error.status === 403;
    throw new Error(`cannot get ${what}: ${messageOf(error)}${isForbidden ? permission : ""}`, { cause: error });
  }
  throw new Error(`cannot get ${what}: Azure answers none`);
}

async function entraToken(azure: CredentialSource, { name, scoringUri = "" }: ScoringEndpoint): Promise<string> {
  const host = URL.canParse(scoringUri) ? new URL(scoringUri).hostname : "";
  const [, cloud] = IN_SCORING_URI.exec(host) ?? [];
  const audience = cloud === undefined ? SCORING_AUDIENCE : `https://${cloud}`;
  try {
    return await azure.tokenFor(audience);
  } catch (error) {
    throw new Error(`cannot get a token for ${audience}, which endpoint ${name} takes: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

import { RefusedRead } from "../../components/azure/armRequest";
import { redact } from "../../components/values/redact";
import type { LiveRolloutEndpoint } from "../azure/liveRollout";
import type { AzureSession } from "../azure/session";
import { textIn } from "../stack/exportedStack";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** The version that the component's endpoint resource is written with. */
const API_VERSION = "api-version=2025-12-01";
const ENDPOINTS = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
/** What tokens for scoring are for. Source: Azure ML, "Authenticate clients for online endpoints". */
const SCORING_AUDIENCE = "https://ml.azure.com";
/** In other clouds, endpoints stand below another name: `https://NAME.REGION.inference.ml.azure.us/score`. */
const IN_SCORING_URI = /\.inference\.(ml\.azure\.[a-z]+)$/;

/**
 * What an endpoint takes from its callers: a key, or a token of the kind that it wants.
 *
 * @throws Failure that says what is missing
 */
export async function scoringCredential(azure: AzureSession, endpoint: LiveRolloutEndpoint): Promise<string> {
  const { authMode } = endpoint;
  switch (authMode.toLowerCase()) {
    case "key":
      return asked(azure, endpoint, "listKeys", "primaryKey");
    case "amltoken":
      return asked(azure, endpoint, "token", "accessToken");
    case "aadtoken":
      return entraToken(azure, endpoint);
    default:
      throw new Failure(`endpoint ${endpoint.name} takes ${authMode}, which this version does not know`, EXIT.failed);
  }
}

async function asked(azure: AzureSession, { name, id }: LiveRolloutEndpoint, action: string, member: string) {
  const what = `the ${action === "token" ? "token" : "key"} of endpoint ${name}`;
  try {
    const found = textIn(await azure.arm.ask(`${id}/${action}?${API_VERSION}`), member);
    if (found !== undefined) return found;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const permission = `; it needs the permission ${ENDPOINTS}/${action}/action`;
    const isForbidden = error instanceof RefusedRead && error.status === 403;
    throw new Failure(`cannot get ${what}: ${messageOf(error)}${isForbidden ? permission : ""}`);
  }
  throw new Failure(`cannot get ${what}: Azure answers none`);
}

async function entraToken(azure: AzureSession, { name, scoringUri = "" }: LiveRolloutEndpoint): Promise<string> {
  const host = URL.canParse(scoringUri) ? new URL(scoringUri).hostname : "";
  const [, cloud] = IN_SCORING_URI.exec(host) ?? [];
  const audience = cloud === undefined ? SCORING_AUDIENCE : `https://${cloud}`;
  try {
    return await azure.tokenFor(audience);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`cannot get a token for ${audience}, which endpoint ${name} takes: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

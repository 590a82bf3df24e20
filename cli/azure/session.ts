import { setTimeout as delay } from "node:timers/promises";
import { armReaderWith } from "../../components/azure/armReaderWith";
import type { ArmReader } from "../../components/azure/armReaderWith";
import { redact } from "../../components/values/redact";
import { stackEnvironment } from "../stack/environment";
import type { Variables } from "../stack/environment";
import type { OpenRollout } from "../stack/openRollout";
import { Pulumi } from "../stack/pulumi";
import { AccessTokens } from "./accessTokens";
import { askEngine } from "./engineToken";
import type { LiveRollout } from "./liveRollout";
import { patientReader } from "./patientReader";
import { PluginUnavailable, askPlugin } from "./providerPlugin";
import { providerIn, providerSettings, versionOf } from "./providerSettings";
import { readLiveRollout } from "./readLiveRollout";

/** Reads of Azure with the credentials of the rollout's own provider. Nothing is written, and no token leaves the memory. */
export interface AzureSession {
  readonly arm: ArmReader;
  /**
   * What is live now: at most four requests, at the same time, and one more for each further page of deployments.
   *
   * @param minutes - whole, 1 to 60, that the metrics are of; 5 by default
   * @throws Error when the endpoint or its deployments cannot be read; metrics that cannot be are among `missing`
   */
  readRollout(minutes?: number): Promise<LiveRollout>;
  /** An access token for another service, such as `https://ml.azure.com`. @throws Error when the provider has none */
  tokenFor(audience: string): Promise<string>;
}

/**
 * Signs in to Azure as the next update would: with the config of the stack or the provider that its program declares, the
 * stack's environments and the variables of this one. Without an endpoint in the state nobody is asked.
 *
 * @param signal - ends what is under way
 * @throws Error when the provider has no token
 */
export async function openAzure(rollout: OpenRollout, signal?: AbortSignal): Promise<AzureSession> {
  const signIn = new SignIn(rollout, signal);
  const tokens = new AccessTokens(() => signIn.token(undefined));
  const endpointId = rollout.component?.endpointId;
  if (endpointId !== undefined) await tokens.get();
  const arm = patientReader(
    armReaderWith((renewed) => tokens.get(renewed), signal),
    (milliseconds) => rest(milliseconds, signal),
  );
  return {
    arm,
    readRollout: (minutes) => uninterrupted(readLiveRollout(arm, endpointId, minutes), signal),
    tokenFor: (audience) => signIn.token(audience),
  };
}

async function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}

/** An interruption is told as such, and not as what it has cut short. */
async function uninterrupted<T>(read: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await read;
  } finally {
    signal?.throwIfAborted();
  }
}

/** Gets tokens from the rollout's provider. */
class SignIn {
  private environment: Promise<Variables> | undefined;

  constructor(
    private readonly rollout: OpenRollout,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async token(audience: string | undefined): Promise<string> {
    try {
      return await this.ask(audience);
    } catch (error) {
      this.signal?.throwIfAborted();
      const why = redact(error instanceof Error ? error.message : String(error));
      throw new Error(`the provider of the stack cannot sign in to Azure: ${why}`, { cause: error });
    }
  }

  private async ask(audience: string | undefined): Promise<string> {
    const { cwd, component, state } = this.rollout;
    this.environment ??= this.readEnvironment();
    const settings = providerSettings(this.rollout);
    settings.catch(() => undefined);
    const variables = await this.environment;
    const provider = component?.endpointId === undefined ? undefined : providerIn(state, component.endpointId);
    const pulumi = new Pulumi(cwd, { ...process.env, ...variables }, this.signal);
    try {
      return await askPlugin({ pulumi, version: versionOf(provider), settings, audience });
    } catch (error) {
      if (!(error instanceof PluginUnavailable)) throw error;
      this.signal?.throwIfAborted();
      return askEngine(await settings, variables, audience);
    }
  }

  /** A stack whose file names no environment has none, which saves a question to the backend. */
  private async readEnvironment(): Promise<Variables> {
    const { pulumi, place, file } = this.rollout;
    if (file.text !== undefined && !/^environment:/m.test(file.text)) return {};
    return stackEnvironment(pulumi, place, (line) => void process.stderr.write(`${line}\n`));
  }
}

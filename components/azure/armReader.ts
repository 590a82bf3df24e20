import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken";
import type * as pulumi from "@pulumi/pulumi";
import { armReaderWith } from "./armReaderWith";
import type { CredentialSource } from "./scoringCredential";
import type { ArmReader } from "./armReaderWith";

/** A reader of one subscription. */
export interface SubscriptionReader {
  readonly subscriptionId: string;
  /** @param path - below the subscription. @throws Error when Azure does not answer it */
  list(path: string): Promise<readonly unknown[]>;
}

/** A reader with the credentials of the component's own provider. */
export async function armReader(component: pulumi.ComponentResource): Promise<SubscriptionReader> {
  const { arm, subscriptionId } = await componentAzure(component);
  return { subscriptionId, list: (path) => arm.list(`/subscriptions/${subscriptionId}/${path}`) };
}

/** Reads of Azure, and tokens for its services, with the credentials of the component's own provider. */
export interface ComponentAzure extends CredentialSource {
  readonly arm: ArmReader;
  readonly subscriptionId: string;
}

const opened = new WeakMap<pulumi.ComponentResource, Promise<ComponentAzure>>();

/** Opened once for a component. @throws Error when the provider has no token */
export function componentAzure(component: pulumi.ComponentResource): Promise<ComponentAzure> {
  const known = opened.get(component);
  if (known !== undefined) return known;
  const opening = open(component);
  opened.set(component, opening);
  opening.catch(() => opened.delete(component));
  return opening;
}

async function open(component: pulumi.ComponentResource): Promise<ComponentAzure> {
  const parent = { parent: component };
  const newToken = async (audience?: string): Promise<string> =>
    (await getClientToken(audience === undefined ? {} : { endpoint: audience }, parent)).token;
  const [token, { subscriptionId }] = await Promise.all([newToken(), getClientConfig(parent)]);
  return {
    arm: armReaderWith((isRefused) => (isRefused ? newToken() : Promise.resolve(token))),
    subscriptionId,
    tokenFor: newToken,
  };
}

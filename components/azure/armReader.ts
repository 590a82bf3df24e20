import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken";
import type * as pulumi from "@pulumi/pulumi";
import { armReaderWith } from "./armReaderWith";

/** A reader of one subscription. */
export interface SubscriptionReader {
  readonly subscriptionId: string;
  /** @param path - below the subscription. @throws Error when Azure does not answer it */
  list(path: string): Promise<readonly unknown[]>;
}

/** A reader with the credentials of the component's own provider. */
export async function armReader(component: pulumi.ComponentResource): Promise<SubscriptionReader> {
  const parent = { parent: component };
  const [{ token }, { subscriptionId }] = await Promise.all([getClientToken({}, parent), getClientConfig(parent)]);
  const arm = armReaderWith(() => Promise.resolve(token));
  return { subscriptionId, list: (path) => arm.list(`/subscriptions/${subscriptionId}/${path}`) };
}

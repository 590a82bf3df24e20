import type * as pulumi from "@pulumi/pulumi";
import { API_QUERY } from "./apiVersion";
import { componentAzure } from "./armReader";

/** How long the engine may take for an answer, which mostly takes less than one second. */
const PATIENCE_MS = 3000;

const SILENCE = Symbol("no answer");

/**
 * What a function of the provider answers to a hook, or what Azure answers itself when the engine stays silent.
 *
 * While the engine starts a provider that is new in the run, it answers no function of any other. To start it, it needs a free
 * worker, and hooks may have all of them; and it first saves its state, for which it waits until no hook runs after a write. A
 * hook that waited for the engine then would wait for ever, and the update with it. Seen with Pulumi 3.259.
 *
 * @param idOf - ARM id of what the function reads, in a subscription; its answer has the form of Azure's document
 * @throws Error as the function does; with `Status=404` when Azure has none
 */
export async function answerOf<T>(
  component: pulumi.ComponentResource,
  answer: Promise<T>,
  idOf: (subscriptionId: string) => string,
): Promise<T> {
  const first = await inTime(answer);
  return first === SILENCE ? Promise.race([answer, askAzure<T>(component, idOf, answer)]) : first;
}

/** For an answer that a hook can do without. @throws Error as the function does, and when the engine stays silent */
export async function answerInTime<T>(answer: Promise<T>): Promise<T> {
  const first = await inTime(answer);
  if (first === SILENCE) throw new Error("the engine does not answer");
  return first;
}

async function inTime<T>(answer: Promise<T>): Promise<T | typeof SILENCE> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENCE>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, SILENCE);
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** @param otherwise - what is waited for when Azure does not answer either */
async function askAzure<T>(
  component: pulumi.ComponentResource,
  idOf: (subscriptionId: string) => string,
  otherwise: Promise<T>,
): Promise<T> {
  const azure = await componentAzure(component).catch(() => undefined);
  if (azure === undefined) return otherwise;
  const id = idOf(azure.subscriptionId);
  const document = await azure.arm.get(`${id}?${API_QUERY}`).catch(() => SILENCE);
  if (document === SILENCE) return otherwise;
  if (document === undefined) throw new Error(`request failed ${id}: Status=404`);
  return document as T;
}

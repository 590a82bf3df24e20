import * as pulumi from "@pulumi/pulumi";
import { placeOf, promiseOf } from "./sdkInternals";

/**
 * Warns on a component once it is registered. A refused component never gets a URN, and a log waiting for it would
 * block every later log of the process and hang the run.
 */
export function warnOnceRegistered(component: pulumi.ComponentResource, text: string): void {
  logLater(component, () => pulumi.log.warn(text, component));
}

/** As {@link warnOnceRegistered}, at level info. */
export function logOnceRegistered(component: pulumi.ComponentResource, text: string): void {
  logLater(component, () => pulumi.log.info(text, component));
}

/**
 * Logs what would be stale once a component is registered, such as how far something is: until then on the stack, with the
 * component's name.
 */
export function logAtOnce(component: pulumi.ComponentResource): (text: string) => void {
  let isRegistered = false;
  const { name = "" } = placeOf(component);
  promiseOf(component.urn).then(
    () => (isRegistered = true),
    () => undefined,
  );
  return (text) => void (isRegistered ? pulumi.log.info(text, component) : pulumi.log.info(`${name}: ${text}`));
}

function logLater(component: pulumi.ComponentResource, log: () => Promise<void>): void {
  promiseOf(component.urn).then(
    () => void log(),
    () => undefined,
  );
}

/** A promise that is resolved from elsewhere. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve: (value) => resolve(value) };
}

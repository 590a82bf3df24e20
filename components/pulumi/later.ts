import * as pulumi from "@pulumi/pulumi";
import { placeOf, promiseOf } from "./sdkInternals";

/**
 * Warns on a component when it is registered. One that is refused never has a URN, and a log that waits for it would hold up
 * every later one of the process, which ends in a run that hangs.
 */
export function warnOnceRegistered(component: pulumi.ComponentResource, text: string): void {
  logLater(component, () => pulumi.log.warn(text, component));
}

/** As {@link warnOnceRegistered}, for what is no warning. */
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

/** A promise and the means to resolve it, for what becomes known elsewhere. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve: (value) => resolve(value) };
}

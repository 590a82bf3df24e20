import type { BodyProblem } from "../../apiSpec/readBody";
import { bodyRefusal } from "../../apiSpec/requestBody";
import { durationMs } from "../../common/clock";
import { isObject, objectAt } from "../../common/json";

/** Longest time of a request, "reference-yaml-deployment-managed-online" and "-kubernetes-online", in milliseconds. */
const LONGEST_REQUEST: Readonly<Record<string, number>> = { Managed: 180_000, Kubernetes: 300_000 };
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];

/**
 * Refuses what the specification leaves open and Microsoft's page of the YAML schema does not: counts are from 1 on, times
 * above 0, a request takes three minutes at most.
 */
export function requireRanges(body: unknown): void {
  const properties = objectAt(body, "properties");
  const problems: BodyProblem[] = [];
  const refuse = (path: string, allowed: string, value: unknown): void =>
    void problems.push({ path, message: `must be ${allowed}, got ${JSON.stringify(value)}` });
  const count = (path: string, value: unknown): void => {
    if (typeof value === "number" && value < 1) refuse(path, "a whole number from 1 on", value);
  };
  const time = (path: string, value: unknown, most = Infinity): void => {
    const milliseconds = typeof value === "string" ? durationMs(value) : undefined;
    if (milliseconds === undefined || (milliseconds > 0 && milliseconds <= most)) return;
    refuse(path, most === Infinity ? "a duration above 0" : `a duration above 0, at most ${most / 1000} s`, value);
  };
  count("sku.capacity", isObject(body) ? objectAt(body, "sku")["capacity"] : undefined);
  const { maxConcurrentRequestsPerInstance, requestTimeout } = objectAt(properties, "requestSettings");
  count("properties.requestSettings.maxConcurrentRequestsPerInstance", maxConcurrentRequestsPerInstance);
  const longest = LONGEST_REQUEST[String(properties["endpointComputeType"])];
  time("properties.requestSettings.requestTimeout", requestTimeout, longest);
  for (const probe of PROBES) {
    const { failureThreshold, successThreshold, period, timeout } = objectAt(properties, probe);
    count(`properties.${probe}.failureThreshold`, failureThreshold);
    count(`properties.${probe}.successThreshold`, successThreshold);
    time(`properties.${probe}.period`, period);
    time(`properties.${probe}.timeout`, timeout);
  }
  if (problems.length > 0) throw bodyRefusal("microsoft.machinelearningservices/", problems);
}

import { objectAt, shown } from "../common/json";
import type { Json } from "../common/json";
import { anyId, bool, duration, listOf, object, objectOf, oneOf, optional, text, textOf } from "../arm/checks";
import { badRequest, conflict } from "../arm/errors";
import { withoutState } from "../arm/generic";
import type { GenericRules } from "../arm/generic";
import type { MonitorServices } from "./services";
import { AUTOSCALE_SETTING, targetOf } from "./autoscaleCapacity";

const MAX_PROFILES = 20;
const MAX_RULES = 10;
const wholeNumber = textOf(/^\d{1,5}$/, "a whole number as text");
const STATISTICS = ["Average", "Min", "Max", "Sum", "Count"];
const OPERATORS = [...["Equals", "NotEquals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"]];

const rule = objectOf({
  metricTrigger: objectOf({
    metricName: text,
    metricResourceUri: anyId,
    timeGrain: duration,
    statistic: oneOf(...STATISTICS),
    timeWindow: duration,
    timeAggregation: oneOf("Average", "Minimum", "Maximum", "Total", "Count", "Last"),
    operator: oneOf(...OPERATORS),
    threshold: (value) => (typeof value === "number" ? undefined : "a number"),
  }),
  scaleAction: objectOf({
    direction: oneOf("None", "Increase", "Decrease"),
    type: oneOf("ChangeCount", "PercentChangeCount", "ExactCount", "ServiceAllowedNextValue"),
    value: optional(wholeNumber),
    cooldown: duration,
  }),
});

/**
 * Autoscale settings, one for each target. A deployment is scaled into the capacity of the first profile; rules are kept
 * and checked, not evaluated.
 */
export function autoscaleSettings(services: Pick<MonitorServices, "store" | "autoscaled">): GenericRules {
  const { store } = services;
  return {
    name: [/^[^*#&+:<>?@%{}\\/ ]{1,260}$/, "1 to 260 characters without blanks and * # & + : < > ? @ % { } \\ /"],
    location: "regional",
    checks: {
      "properties.enabled": optional(bool),
      "properties.targetResourceUri": anyId,
      "properties.profiles": listOf(
        objectOf({
          name: text,
          capacity: objectOf({ minimum: wholeNumber, maximum: wholeNumber, default: wholeNumber }),
          rules: listOf(rule),
        }),
        1,
      ),
      "properties.notifications": optional(listOf(object)),
    },
    refuse: ({ id }, body) => {
      const { profiles, targetResourceUri } = objectAt(body, "properties");
      for (const profile of profiles as readonly Json[]) checkProfile(profile);
      if ((profiles as readonly Json[]).length > MAX_PROFILES) {
        throw badRequest("TooManyProfiles", `An autoscale setting has at most ${MAX_PROFILES} profiles.`);
      }
      const target = shown(targetResourceUri).toLowerCase();
      const other = store
        .all()
        .find(
          ({ type, id: otherId, document }) =>
            type === AUTOSCALE_SETTING && otherId !== id.text && targetOf(document) === target,
        );
      // assumed text; "Understand autoscale settings": a resource can have one setting
      if (other !== undefined)
        throw conflict("Conflict", `The target has the autoscale setting '${other.id}' already.`);
    },
    defaults: { enabled: true, notifications: [] },
    written: ({ document }) => {
      const target = store.get(targetOf(document));
      if (target !== undefined) services.autoscaled(target);
    },
    adds: ({ id }) => ({ ...withoutState(), name: id.names.at(-1) }),
  };
}

/** "Understand autoscale settings"; assumed texts. */
function checkProfile({ name, capacity, rules }: Json): void {
  const [minimum, start, maximum] = ["minimum", "default", "maximum"].map((key) =>
    Number(objectAt({ capacity }, "capacity")[key]),
  ) as [number, number, number];
  if (minimum > start || start > maximum) {
    throw badRequest(
      "InvalidAutoscaleSetting",
      `The capacity of profile '${shown(name)}' needs minimum <= default <= maximum, got ${minimum}, ${start}, ${maximum}.`,
    );
  }
  if ((rules as readonly unknown[]).length > MAX_RULES)
    throw badRequest("InvalidAutoscaleSetting", `Profile '${shown(name)}' has more than ${MAX_RULES} rules.`);
}

import { recordOf } from "../../components/rollout/record";
import { isSameName } from "../../components/values/sameName";
import { show } from "../../components/values/violation";
import type { LiveRolloutDeployment, LiveRolloutEndpoint } from "../azure/liveRollout";
import { roleOf, rolesOf } from "../status/roles";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { Role } from "../view/rolloutView";

/** A deployment that gets the sample request. */
export interface Tried extends LiveRolloutDeployment {
  readonly role: Role;
}

/** The deployment that is tried, and the stable one to compare it with, where that is another one. */
export interface Chosen {
  readonly tried: Tried;
  readonly stable?: Tried;
}

export interface Choice {
  readonly endpoint: LiveRolloutEndpoint;
  /** Those that Azure has. */
  readonly deployments: readonly LiveRolloutDeployment[];
  /** The candidate as stack config names it. */
  readonly candidate: string | undefined;
  /** The deployment that the user asks for. */
  readonly wanted: string | undefined;
}

/**
 * The deployment that the user asks for, else the candidate; with a single deployment, that one.
 *
 * @throws Failure when there is no such deployment, or it is not clear which one is meant
 */
export function chooseTried({ endpoint, deployments, candidate, wanted }: Choice): Chosen {
  const names = deployments.map(({ name }) => name);
  const [first, ...others] = deployments;
  if (first === undefined)
    throw new Failure(`endpoint ${endpoint.name} has no deployment yet; declare one, then run "pulumi up"`);
  const roles = rolesOf({ declared: names, candidate, live: endpoint, recorded: recordOf(endpoint.tags).stable });
  const find = (name: string | undefined): Tried | undefined => {
    const found = deployments.find((one) => isSameName(one.name, name));
    return found && { ...found, role: roleOf(found.name, roles) };
  };
  const stable = find(roles.stable);
  const tried = find(wanted ?? roles.candidate ?? (others.length === 0 ? first.name : undefined));
  if (tried !== undefined) return { tried, ...(stable && stable.name !== tried.name && { stable }) };
  throw wanted === undefined
    ? new Failure(
        `it is not clear which deployment is the candidate; name one with --deployment: ${names.join(", ")}`,
        EXIT.usage,
      )
    : new Failure(
        `--deployment: endpoint ${endpoint.name} has no deployment ${show(wanted)}; it has ${names.join(", ")}`,
        EXIT.usage,
      );
}

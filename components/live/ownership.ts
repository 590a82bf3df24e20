import * as pulumi from "@pulumi/pulumi";
import { componentOfUrn, ownerOf } from "../rollout/owner";
import type { Ownership } from "../rollout/owner";
import { aliasesOf, promiseOf } from "./sdkInternals";

/** How a component is known as the owner of its endpoint, by its URN and those that its aliases give it. */
export async function ownershipOf(
  component: pulumi.ComponentResource,
  takeOver: string | undefined,
): Promise<Ownership> {
  const urns = [component.urn, ...aliasesOf(component)].map((urn) => promiseOf(pulumi.output(urn)));
  const [owner = "", ...formerly] = (await Promise.all(urns)).map((urn) => {
    const { project, stack, name } = componentOfUrn(urn ?? "");
    return ownerOf(`${organization()}/${project}/${stack}`, name);
  });
  return { owner, formerly, ...(takeOver !== undefined && { takeOver }) };
}

/** What file backends call it too. Mocks may have none. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockResourceArgs, MockResourceResult, Mocks } from "@pulumi/pulumi/runtime/mocks";
import { createdState } from "./created";
import type { Values } from "./created";
import { MockedAzure } from "./mockedAzure";
import { serveHooks } from "./serveHooks";

/** Mocks of a test: as those of `pulumi.runtime.setMocks`, and each of them may be left out. */
export interface RolloutMocks extends Partial<Omit<Mocks, "call">> {
  /**
   * Answers calls of functions. No answer, an empty one or the inputs themselves leave the call to the mocked Azure.
   *
   * @throws what the call is to fail with
   */
  call?(args: MockCallArgs): Values | undefined | Promise<Values | undefined>;
}

/**
 * For unit tests of a program that declares a `ProgressiveMlflowEndpoint`: as `pulumi.runtime.setMocks`, and the
 * component's hooks can be registered, its outputs get known, and what it reads of Azure is what the program declares.
 * Mocks run no hooks, so no rule about live traffic is checked.
 *
 * @param mocks - what to answer instead of the mocked Azure
 * @param project - name of the project, @default "project"
 * @param stack - name of the stack, @default "stack"
 * @param preview - whether it is a preview: ids are unknown then, @default false
 */
export async function setRolloutMocks(
  mocks: RolloutMocks = {},
  project?: string,
  stack?: string,
  preview?: boolean,
  organization?: string,
): Promise<void> {
  await pulumi.runtime.setMocks(rolloutMocks(mocks), project, stack, preview, organization);
  serveHooks();
}

function rolloutMocks(mocks: RolloutMocks): Mocks {
  const azure = new MockedAzure();
  return {
    ...mocks,
    newResource: async (args) => {
      azure.write(args);
      const created = createdState(args, pulumi.runtime.isDryRun());
      return mocks.newResource === undefined ? created : completed(args, await mocks.newResource(args), created);
    },
    call: async (args) => {
      const answer = await mocks.call?.(args);
      return isAnswer(answer, args) ? answer : (azure.answer(args) ?? (args.inputs as Values));
    },
  };
}

/** What a test returns for a resource, completed with what the component needs. */
function completed(
  { custom, type }: MockResourceArgs,
  given: MockResourceResult,
  created: MockResourceResult,
): MockResourceResult {
  if (custom !== true || !/^(azure-native|random):/.test(type)) return given;
  const [ours, theirs] = [created.state as Values, given.state as Values];
  const properties = { ...(ours["properties"] as Values), ...(theirs["properties"] as Values) };
  return {
    id: given.id?.startsWith("/") === true ? given.id : created.id,
    state: { ...ours, ...theirs, ...("properties" in ours && { properties }) },
  };
}

function isAnswer(answer: Values | undefined, { inputs }: MockCallArgs): answer is Values {
  return answer !== undefined && answer !== inputs && Object.keys(answer).length > 0;
}

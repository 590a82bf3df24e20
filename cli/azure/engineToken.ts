import type * as tokenFunction from "@pulumi/azure-native/authorization/getClientToken";
import type { Variables } from "../stack/environment";
import { withScratchStack } from "../stack/scratchStack";
import type { StackSettings } from "../stack/stackSettings";

/**
 * Asks the engine for an access token of the provider, by a preview of a program that asks for nothing else. It takes
 * several times as long as to ask the plugin, and works wherever an update works.
 *
 * @throws Error when the provider has none
 */
export async function askEngine(
  settings: StackSettings,
  variables: Variables,
  audience: string | undefined,
): Promise<string> {
  const load = () => require("@pulumi/azure-native/authorization/getClientToken") as typeof tokenFunction;
  let token: string | undefined;
  let failure: unknown = new Error("the provider answers nothing; check its configuration");
  const program = async (): Promise<void> => {
    // A throw here would be reported with the stack trace of the program.
    await load()
      .getClientToken(audience === undefined ? {} : { endpoint: audience })
      .then((answer) => (token = answer.token))
      .catch((error: unknown) => (failure = error));
  };
  return withScratchStack({ settings, variables, program }, async (stack) => {
    await stack.preview();
    if (token === undefined) throw failure;
    return token;
  });
}

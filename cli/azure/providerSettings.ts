import { isSameName } from "../../components/values/sameName";
import { hasSecrets, inClear, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState } from "../stack/exportedStack";
import type { OpenRollout } from "../stack/openRollout";
import { providerUrnOf } from "../stack/providers";
import { readSettings, settingsOf } from "../stack/stackSettings";
import type { StackSettings } from "../stack/stackSettings";

const ENDPOINT_TYPE = /^azure-native:machinelearningservices(\/\w+)?:OnlineEndpoint$/;
const PROVIDER_TYPE = "pulumi:providers:azure-native";
/** What the engine writes beside the settings of a provider. */
const OWN = new Set(["version", "pluginDownloadURL", "pluginChecksums", "__internal"]);

/**
 * The azure-native provider of a component's endpoint in a state.
 *
 * @returns undefined when the state has none
 */
export function providerIn(state: ExportedStack, endpointId: string): ResourceState | undefined {
  const all = resourcesOf(state);
  const endpoint = all.find(({ type, id }) => ENDPOINT_TYPE.test(type) && isSameName(endpointId, id));
  const urn = endpoint && providerUrnOf(endpoint);
  return all.find((resource) => resource.type === PROVIDER_TYPE && resource.urn === urn);
}

/** The version of a provider as the state has it, such as `3.28.0`; undefined when it does not say. */
export function versionOf(provider: ResourceState | undefined): string | undefined {
  const version = provider?.inputs?.["version"];
  return typeof version === "string" && version !== "" ? version : undefined;
}

/**
 * What the endpoint's provider is set to: the stack's config, or the arguments of a provider that the program declares.
 *
 * @throws Error when the stack cannot be read
 */
export async function providerSettings({ pulumi, place, state, component }: OpenRollout): Promise<StackSettings> {
  const provider = component?.endpointId === undefined ? undefined : providerIn(state, component.endpointId);
  if (provider === undefined || isDefault(provider)) return readSettings(pulumi, place);
  const known = hasSecrets(provider.inputs) ? await withSecrets(provider) : provider;
  return settingsOf(place, entriesOf(known));

  async function withSecrets({ urn }: ResourceState): Promise<ResourceState> {
    const text = await pulumi.must(["stack", "export", "--show-secrets", "--stack", place.fullName]);
    const inClearText = resourcesOf(JSON.parse(text) as ExportedStack).find((resource) => resource.urn === urn);
    if (inClearText === undefined) throw new Error(`the state has no provider ${urn}`);
    return inClearText;
  }
}

/** The default provider is set by the config of the stack. */
function isDefault({ urn }: ResourceState): boolean {
  return /::default(_\d+)*$/.test(urn);
}

function entriesOf({ inputs = {} }: ResourceState) {
  return Object.entries(inputs)
    .filter(([key]) => !OWN.has(key))
    .map(([key, value]) => ({ key, value: textOf(inClear(value)), secret: hasSecrets(value) }));
}

/** Settings that are no text are kept as JSON, as config has them. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

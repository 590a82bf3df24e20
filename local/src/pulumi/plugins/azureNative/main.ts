import { serveProvider } from "../providerServer";
import { azureNative } from "./provider";

/** Serves the provider to the engine. */
export function main(): void {
  serveProvider(azureNative());
}

import type { ResourceHandler } from "./resourceHandler";

/** The resource types of a service, spelled as Azure spells them, and what answers each. */
export type Routes = Readonly<Record<string, ResourceHandler>>;

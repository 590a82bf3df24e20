import type {
  CommandGateArgs,
  CompareGateArgs,
  ErrorsGateArgs,
  GateArgs,
  HttpGateArgs,
  LatencyGateArgs,
  RequestGateArgs,
} from "../args/gates";

/** The settings of each kind of gate, with all defaults filled in. */
interface GateSettings {
  readonly request: WithDefaults<RequestGateArgs, "data" | "at" | "tolerance">;
  readonly errors: WithDefaults<ErrorsGateArgs, "minSamples">;
  readonly latency: WithDefaults<LatencyGateArgs, "percentile" | "data" | "minSamples">;
  readonly http: WithDefaults<HttpGateArgs, "status" | "timeoutSeconds">;
  readonly command: Required<CommandGateArgs>;
  readonly compare: WithDefaults<CompareGateArgs, "maxPercent" | "tolerance" | "minSamples">;
}

type WithDefaults<T, K extends keyof T> = T & Required<Pick<T, K>>;

export type GateKind = keyof GateSettings;

/** A gate of one kind. */
export interface GateOf<K extends GateKind> {
  readonly name: string;
  readonly kind: K;
  readonly settings: GateSettings[K];
  /** Whether its verdict refuses nothing. */
  readonly dryRun: boolean;
}

/** A gate of a rollout. */
export type Gate = { readonly [K in GateKind]: GateOf<K> }[GateKind];

/** The file that `mlflow-rollout init` writes. */
const SAMPLE = "sample-request.json";

const MIN_SAMPLES = 100;

const DEFAULTS: { readonly [K in GateKind]: Partial<GateSettings[K]> } = {
  request: { data: SAMPLE, at: "0", tolerance: 0 },
  errors: { minSamples: MIN_SAMPLES },
  latency: { percentile: 95, data: SAMPLE, minSamples: MIN_SAMPLES },
  http: { status: 200, timeoutSeconds: 10 },
  command: { timeoutSeconds: 60 },
  compare: { maxPercent: 0, tolerance: 0, minSamples: 30 },
};

/** Every kind of gate. */
export const GATE_KINDS = Object.keys(DEFAULTS) as readonly GateKind[];

/** A gate that sends fewer probes than it needs samples would never pass. */
function fewerProbes({ probes = Infinity }: LatencyGateArgs = {}): Partial<GateSettings["latency"]> {
  return probes < MIN_SAMPLES ? { minSamples: probes } : {};
}

/** Gates with all defaults filled in; what is of no one kind has been refused before. */
export function gatesOf(gates: Readonly<Record<string, GateArgs>>): readonly Gate[] {
  return Object.entries(gates).flatMap(([name, args]) => {
    const kind = GATE_KINDS.find((key) => args[key] !== undefined);
    if (kind === undefined) return [];
    const settings = { ...DEFAULTS[kind], ...fewerProbes(args.latency), ...args[kind] };
    return [{ name, kind, settings, dryRun: args.dryRun ?? false } as Gate];
  });
}

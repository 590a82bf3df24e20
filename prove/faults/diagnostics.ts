const SECTION = /^ {2}(\S+) \((\S+)\):$/;
/** Usual lines of every update. */
const USUAL = /^ {4}(traffic {2}|rules {2}|contract |ready {2}|leaves {2}|verified|next:|exposed|\s*\$ pulumi )/;
const NOISE = /^ {4}error: update failed$/;
const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/\bheart-classifier[0-9a-f]{8}\b/g, "<group>"],
  [/\b(heart-classifier|mlw|stmlflow)-?[a-z0-9]{5}\b/g, "<$1>"],
  [/\btrial-\d+\b/g, "trial"],
  [/\/datastores\/\w+\//g, "/datastores/<datastore>/"],
  [/https:\/\/localhost:\d+/g, "https://management.azure.com"],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"],
  [/\b00-[0-9a-f]{32}-[0-9a-f]{16}-01\b/g, "<trace>"],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z|\d+\/\d+\/\d{4} [\d:]+ [AP]M/g, "<time>"],
];

/** The diagnostics of an update besides the usual report: a block per resource, the component's first. */
export function diagnosticsIn(text: string): string {
  const lines = (text.split("Diagnostics:\n")[1] ?? "").split("\n");
  const blocks: string[][] = [];
  for (const line of lines) {
    if (/^\S/.test(line)) break;
    const [, type = "", name] = SECTION.exec(line) ?? [];
    if (name !== undefined) blocks.push([`${type.split(":").at(-1) ?? ""} ${name}`]);
    else if (!USUAL.test(line) && !NOISE.test(line) && line.trim() !== "") blocks.at(-1)?.push(line.slice(2));
  }
  const told = blocks.filter((block) => block.length > 1).map((block) => block.join("\n"));
  const isComponent = (block: string): boolean => block.startsWith("ProgressiveMlflowEndpoint");
  const sorted = [...told.filter(isComponent), ...told.filter((block) => !isComponent(block)).toSorted()];
  return RANDOM.reduce((rest, [pattern, shown]) => rest.replaceAll(pattern, shown), sorted.join("\n"));
}

/** Characters that XML 1.0 cannot hold. */
// oxlint-disable-next-line no-control-regex
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

export function xmlDocument(content: string): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>${content}`);
}

export function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The name of a blob as an element; one that XML cannot hold is percent-encoded and marked so. */
export function nameElement(name: string): string {
  return UNHOLDABLE.test(name)
    ? `<Name Encoded="true">${xmlText(encodeURIComponent(name))}</Name>`
    : `<Name>${xmlText(name)}</Name>`;
}

/** An empty element when there is no text. */
export function element(name: string, text: string): string {
  return text === "" ? `<${name} />` : `<${name}>${xmlText(text)}</${name}>`;
}

/** The text of an element without the entities that XML itself defines. */
export function unescapeXml(text: string): string {
  return text.replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

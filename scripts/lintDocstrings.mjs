// Every public argument has a summary, `@default` when it may be left out, and a range when it is a number; the main ones
// have an example; every output has a summary. Prints what is missing.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const ARGS = join("components", "args");
const COMPONENT = join("components", "progressiveMlflowEndpoint.ts");
/** The arguments that nobody does without. */
const MAIN = new Set([
  "resourceGroupName",
  "workspace",
  "model",
  "deployments",
  "traffic",
  "mirrorTraffic",
  "policy",
  "authMode",
  "acceptLive",
  "deletionProtection",
]);

const missing = [
  ...readdirSync(join(ROOT, ARGS)).flatMap((file) => ofArguments(join(ARGS, file))),
  ...ofOutputs(COMPONENT),
];
for (const line of missing) process.stderr.write(`${line}\n`);
process.exitCode = missing.length === 0 ? 0 : 1;

function ofArguments(file) {
  const source = parse(file);
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap((type) => [
    ...(summaryOf(type) === "" ? [`${file}: ${type.name.text} has no summary`] : []),
    ...type.members.filter(ts.isPropertySignature).flatMap((member) => {
      const name = `${file}: ${type.name.text}.${member.name.getText(source)}`;
      const isMain = type.name.text === "ProgressiveMlflowEndpointArgs" && MAIN.has(member.name.getText(source));
      return [
        ...(summaryOf(member) === "" ? [`${name} has no summary`] : []),
        ...(member.questionToken && !hasTag(member, "default") ? [`${name} has no @default`] : []),
        ...(isNumber(member) && !/\d/.test(summaryOf(member)) ? [`${name} has no range`] : []),
        ...(isMain && !hasTag(member, "example") ? [`${name} has no @example`] : []),
      ];
    }),
  ]);
}

function ofOutputs(file) {
  const members = parse(file)
    .statements.filter(ts.isClassDeclaration)
    .flatMap(({ members: all }) => all);
  const isPublic = (member) =>
    (ts.isPropertyDeclaration(member) || ts.isMethodDeclaration(member)) &&
    !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private);
  return members
    .filter((member) => isPublic(member) && summaryOf(member) === "")
    .map((member) => `${file}: ${member.name.getText()} has no summary`);
}

function isNumber(member) {
  return member.type !== undefined && /^(pulumi\.Input<number>|number)$/.test(member.type.getText());
}

function summaryOf(node) {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  return comment === undefined ? "" : (ts.getTextOfJSDocComment(comment.comment) ?? "").trim();
}

function hasTag(node, name) {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === name);
}

function parse(file) {
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest, true);
}

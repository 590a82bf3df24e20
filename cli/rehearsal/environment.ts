/** Families of variables that a rehearsal has its own of, or no use for: clouds, their logins, and Pulumi's own. */
const FAMILIES = /^(ARM|AZURE|AZUREML|AWS|GOOGLE|GCLOUD|CLOUDSDK|DIGITALOCEAN|KUBE|PULUMI|MSI|IDENTITY)(_|CONFIG)/;
/** Names that credentials usually have. */
const SECRETS = /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_PAT$)/;
/** Node would load what a debugger or a profiler of the user asks for once more in each program. */
const OF_THIS_PROCESS = new Set(["NODE_V8_COVERAGE"]);

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a rehearsal's engine: the user's without anything that a cloud or Pulumi would take for a login, and
 * the local Azure in its place.
 *
 * @param own - of this process
 * @param given - of the local Azure, its engine and the rehearsal's backend; they come later and win
 */
export function rehearsalEnvironment(own: Environment, ...given: readonly Environment[]): Record<string, string> {
  const kept = Object.entries(own).filter(([name]) => !isLogin(name.toUpperCase()) && !OF_THIS_PROCESS.has(name));
  const all = [...kept, ...given.flatMap((each) => Object.entries(each))];
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function isLogin(name: string): boolean {
  return FAMILIES.test(name) || SECRETS.test(name);
}

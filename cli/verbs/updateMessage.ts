import { execFileSync } from "node:child_process";
import { hostname, userInfo } from "node:os";

/**
 * The message that an update of a verb gets in Pulumi's history: what and why, who, and what the preview said.
 *
 * @param reason - given by the user
 */
export function updateMessage(verb: string, reason: string, who: string, verdicts: readonly string[]): string {
  return [`mlflow-rollout ${verb}: ${reason} (by ${who})`, ...verdicts].join("\n");
}

/** Who runs this command: in a pipeline whoever started it, else git's name for this person, else the login. */
export function whoRunsThis(env: NodeJS.ProcessEnv = process.env, gitUser = readGitUser): string {
  const inPipeline = env["GITHUB_ACTOR"] ?? env["BUILD_REQUESTEDFOR"] ?? env["GITLAB_USER_LOGIN"];
  return inPipeline ?? gitUser() ?? `${userInfo().username}@${hostname()}`;
}

function readGitUser(): string | undefined {
  try {
    const name = execFileSync("git", ["config", "user.name"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return name.trim() === "" ? undefined : name.trim();
  } catch {
    return undefined;
  }
}

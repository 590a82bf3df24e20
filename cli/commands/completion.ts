import { Argument } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";

const SHELLS = ["bash", "zsh", "fish"] as const;

export function addCompletionCommand(program: Command): void {
  const command = program
    .command("completion")
    .summary("let the shell complete commands and options")
    .description(
      "Print a script that lets the shell complete commands, options and their values, folders and the stacks of the project.",
    )
    .addArgument(new Argument("<shell>", "the shell that reads the script").choices(SHELLS))
    .action((shell: (typeof SHELLS)[number]) => void process.stdout.write(scriptFor(shell, program)));
  withExamples(command, [
    ["source <(mlflow-rollout completion bash)", "in ~/.bashrc, where the command is installed globally"],
    ["source <(mlflow-rollout completion zsh)", "in ~/.zshrc, after compinit"],
    ["mlflow-rollout completion fish | source", "in ~/.config/fish/config.fish"],
  ]);
}

function scriptFor(shell: (typeof SHELLS)[number], program: Command): string {
  const { wordsOf } = require("../completion/words") as typeof import("../completion/words");
  const words = wordsOf(program);
  switch (shell) {
    case "bash":
      return (require("../completion/bash") as typeof import("../completion/bash")).bashScript(words);
    case "zsh":
      return (require("../completion/zsh") as typeof import("../completion/zsh")).zshScript(words);
    default:
      return (require("../completion/fish") as typeof import("../completion/fish")).fishScript(words);
  }
}

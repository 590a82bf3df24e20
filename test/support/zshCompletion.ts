import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporaryFolder";

/** What an interactive zsh reads first: whatever is offered is written to a file. */
const INIT = `PROMPT=
autoload -Uz compinit
compinit -u -D
source $SCRIPT
bindkey '^I' complete-word
comppostfuncs=(ended)
ended() { print -r -- ENDED >> $HITS }
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  typeset -a __hits
  builtin compadd -A __hits "$@"
  local word; for word in $__hits; do print -r -- $word >> $HITS; done
  builtin compadd "$@"
}
print READY
`;

/** Types a line and Tab into a zsh on a terminal of its own. */
const TYPE = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "source $INIT"
zpty -r z line '*READY*'
zpty -w -n z "mlflow-rollout $1"$'\\t'
repeat 200; do grep -q ENDED $HITS 2>/dev/null && break; zpty -rt z line; sleep 0.05; done
zpty -d z
`;

/** What zsh offers for a line, as somebody at a terminal is offered it. */
export function zshOffers(script: string, folder: string, line: string): readonly string[] {
  const files = temporaryFolder({ "script.zsh": script, "init.zsh": INIT, "type.zsh": TYPE });
  const hits = join(files, "hits");
  const env = { ...process.env, SCRIPT: join(files, "script.zsh"), INIT: join(files, "init.zsh"), HITS: hits };
  spawnSync("zsh", ["-f", join(files, "type.zsh"), line], { cwd: folder, env, timeout: 30_000 });
  const lines = existsSync(hits) ? readFileSync(hits, "utf8").split("\n") : [];
  return [...new Set(lines)].filter((word) => word !== "" && word !== "ENDED");
}

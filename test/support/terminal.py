# Runs a command at a terminal of its own and answers what it asks, as its first argument says in JSON:
# [[text that is waited for, what is typed then, what somebody else runs before that (optional)], ...]
import json, os, pty, subprocess, sys

answers = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
seen = ""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    sys.stdout.buffer.write(part)
    sys.stdout.flush()
    seen += part.decode(errors="replace")
    if answers and answers[0][0] in seen:
        _, typed, *others = answers.pop(0)
        for other in others:
            subprocess.run(other, shell=True, check=True, stdin=subprocess.DEVNULL)
        os.write(terminal, typed.encode())
        seen = ""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) % 256)

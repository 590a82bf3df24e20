import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCRIPT_FAILED } from "../../local/src/scoring/inputData";
import { isRunning, startContainer } from "../support/container";
import type { TestContainer } from "../support/container";
import { SCRIPTED_MODEL, wish } from "../support/scriptedModel";
import { WITHOUT_PYTHON, hasPython } from "../support/python";

let container: TestContainer;
const ask = (text: string): Promise<unknown> => container.scorer.score(wish(text));
const pidOf = async (): Promise<number> => Number(await ask("os.getpid()"));

describe.skipIf(!hasPython)(`a model in a Python process${WITHOUT_PYTHON}`, () => {
  beforeAll(async () => {
    container = await startContainer(SCRIPTED_MODEL, { GREETING: "hello" });
  }, 180_000);
  afterAll(() => container.scorer.close());

  test.each([
    ["an array", "np.array([0, 1])", [0, 1]],
    ["an array of two dimensions", "np.array([[0.5, 1.5]])", [[0.5, 1.5]]],
    [
      "a frame, as records",
      "pd.DataFrame({'target': [0, 1], 'why': ['a', 'b']})",
      [
        { target: 0, why: "a" },
        { target: 1, why: "b" },
      ],
    ],
    ["a named series, as records", "pd.Series([2], name='target')", [{ target: 2 }]],
    ["a list", "['a', None, True]", ["a", null, true]],
    [
      "what JSON has no word for, as null",
      "pd.DataFrame({'p': [float('nan'), float('inf'), 0.5]})",
      [{ p: null }, { p: null }, { p: 0.5 }],
    ],
    ["text beyond ASCII", "['é', '\u2028']", ["é", "\u2028"]],
    ["a variable of the deployment", "[os.environ['GREETING']]", ["hello"]],
    [
      "the files of the model, by AZUREML_MODEL_DIR",
      "os.listdir(os.environ['AZUREML_MODEL_DIR'] + '/code')",
      ["scored.py"],
    ],
    ["nothing from its input, which is not the model's", "[sys.stdin.read()]", [""]],
  ])("answers %s", async (_, expression, expected) => {
    expect(await ask(expression)).toEqual(expected);
  });

  test("answers in the order of the requests", async () => {
    await ask("sys.__dict__.__setitem__('seen', [])");
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    await Promise.all(numbers.map((number) => ask(`sys.seen.append(${number})`)));
    expect(await ask("sys.seen")).toEqual(numbers);
  });

  test("writes what the model prints to the log", async () => {
    await ask("[print('printed'), print('written', file=sys.stderr)]");
    await expect.poll(() => container.log).toEqual(expect.arrayContaining(["printed", "written"]));
  });

  test.each([
    ["raises", "1 / 0", "ZeroDivisionError: division by zero"],
    ["gives what is no JSON", "[pd.Timestamp(0)]", "TypeError: Object of type Timestamp is not JSON serializable"],
  ])("fails the request when the model %s, with the traceback in the log, and goes on", async (_, expression, log) => {
    await expect(ask(expression)).rejects.toMatchObject({ status: 500, message: SCRIPT_FAILED, log });
    const written = ["Traceback (most recent call last):", log];
    await expect.poll(() => container.log).toEqual(expect.arrayContaining(written));
    expect(await ask("[1]")).toEqual([1]);
  });

  test("a crash fails its own request; the next ones are answered by a new process", async () => {
    const first = await pidOf();
    const crash = ask("crash");
    const next = pidOf();
    await expect(crash).rejects.toMatchObject({ status: 500, log: "Python ended with exit code 7" });
    expect(container.log).toEqual(
      expect.arrayContaining(["about to crash", "Python ended with exit code 7; starting it again"]),
    );
    expect(await next).not.toBe(first);
    expect(isRunning(first)).toBe(false);
  }, 180_000);

  test("a second crash before an answer is the last one", async () => {
    const crashes = [ask("crash"), ask("crash"), ask("[1]")];
    for (const crash of crashes) {
      await expect(crash).rejects.toMatchObject({
        status: 500,
        message: SCRIPT_FAILED,
        log: "Python ended with exit code 7",
      });
    }
    expect(container.log.at(-1)).toBe("Python ended with exit code 7 again before it gave an answer; it stays down");
  }, 180_000);
});

import { describe, expect, test } from "vitest";
import { keepCompiled } from "../../../cli/terminal/compileCache";

function kept(env: Record<string, string>, hasCache = true) {
  const asked: string[] = [];
  const enableCompileCache = (folder: string): void => void asked.push(folder);
  keepCompiled(env, hasCache ? { enableCompileCache } : {});
  return { asked, env };
}

describe("what Node has compiled", () => {
  test("is kept in the user's cache folder, and by the processes that the command starts", () => {
    const folder = "/cache/azure-mlflow-rollout/compiled";
    expect(kept({ XDG_CACHE_HOME: "/cache" })).toEqual({
      asked: [folder],
      env: { XDG_CACHE_HOME: "/cache", NODE_COMPILE_CACHE: folder },
    });
  });

  test("stays where the user keeps it", () => {
    expect(kept({ NODE_COMPILE_CACHE: "/mine" })).toEqual({ asked: ["/mine"], env: { NODE_COMPILE_CACHE: "/mine" } });
  });

  test("is not kept where the user has turned that off, or Node cannot", () => {
    const off = { NODE_DISABLE_COMPILE_CACHE: "1" };
    expect(kept({ ...off })).toEqual({ asked: [], env: off });
    expect(kept({ XDG_CACHE_HOME: "/cache" }, false)).toEqual({ asked: [], env: { XDG_CACHE_HOME: "/cache" } });
  });
});

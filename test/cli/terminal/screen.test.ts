import { EventEmitter } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Screen } from "../../../cli/terminal/screen";
import type { Display, Keyboard } from "../../../cli/terminal/screen";

const ESC = "\u001b[";
const OPEN = `${ESC}?1049h${ESC}?25l${ESC}?7l`;
const CLOSE = `${ESC}?7h${ESC}?25h${ESC}?1049l`;
const open: Screen[] = [];

afterEach(() => {
  for (const screen of open.splice(0)) screen.close();
});

/** A terminal that remembers what is done to it. */
function terminal({ isTTY = true, columns, rows }: { isTTY?: boolean; columns?: number; rows?: number } = {}) {
  const [keys, size] = [new EventEmitter(), new EventEmitter()];
  const written: string[] = [];
  const raw: boolean[] = [];
  const events: string[] = [];
  const keyboard: Keyboard = {
    isTTY,
    setRawMode: (isRaw) => void raw.push(isRaw),
    on: (event, listener) => keys.on(event, listener),
    off: (event, listener) => keys.off(event, listener),
    resume: () => undefined,
    pause: () => undefined,
  };
  const display: Display = {
    ...(columns !== undefined && { columns }),
    ...(rows !== undefined && { rows }),
    write: (text) => void written.push(text),
    on: (event, listener) => size.on(event, listener),
    off: (event, listener) => size.off(event, listener),
  };
  const told = (event: string) => (): void => void events.push(event);
  const screen = new Screen(keyboard, display, {
    ...{ quit: told("quit"), interrupt: told("interrupt"), redraw: told("redraw") },
  });
  open.push(screen);
  return {
    ...{ screen, written, raw, events },
    type: (text: string) => void keys.emit("data", Buffer.from(text, "latin1")),
    resize: () => void size.emit("resize"),
    listeners: () => keys.listenerCount("data") + size.listenerCount("resize"),
  };
}

/** What a process listens for; the tests' own listeners among them. */
const listened = (): readonly number[] =>
  ["SIGINT", "SIGTERM", "SIGHUP", "SIGCONT", "exit"].map((event) => process.listenerCount(event));

describe("a screen of its own", () => {
  test("is taken once and given back once, with the keyboard and all listeners", () => {
    const before = listened();
    const { screen, written, raw, listeners } = terminal();
    screen.open();
    screen.open();
    expect({ written, raw, listeners: listeners() }).toEqual({ written: [OPEN], raw: [true], listeners: 2 });
    screen.close();
    screen.close();
    expect({ written, raw, listeners: listeners() }).toEqual({
      written: [OPEN, CLOSE],
      raw: [true, false],
      listeners: 0,
    });
    expect(listened()).toEqual(before);
  });

  test("leaves a keyboard alone that is none", () => {
    const { screen, raw, listeners } = terminal({ isTTY: false });
    screen.open();
    expect({ hasKeys: screen.hasKeys, raw, listeners: listeners() }).toEqual({ hasKeys: false, raw: [], listeners: 1 });
  });

  test("has the size of the terminal, and that of an old one where it is not told", () => {
    expect(terminal({ columns: 120, rows: 50 }).screen.size).toEqual({ columns: 120, rows: 50 });
    expect(terminal().screen.size).toEqual({ columns: 80, rows: 24 });
  });
});

describe("what is drawn", () => {
  test("goes over what is there, each line to its end, in one write", () => {
    const { screen, written } = terminal();
    screen.open();
    screen.draw("one\ntwo");
    expect(written.slice(1)).toEqual([`${ESC}?2026h${ESC}Hone${ESC}K\r\ntwo${ESC}K${ESC}J${ESC}?2026l`]);
  });

  test("is not written again while nothing changes, nor before the screen is open", () => {
    const { screen, written } = terminal();
    screen.draw("early");
    screen.open();
    screen.draw("one");
    screen.draw("one");
    expect(written).toHaveLength(2);
  });

  test("is drawn anew in another size", () => {
    const { screen, written, events, resize } = terminal();
    screen.open();
    screen.draw("one");
    resize();
    screen.draw("one");
    expect(events).toEqual(["redraw"]);
    expect(written.slice(2)).toEqual([`${ESC}H${ESC}J`, written[1]]);
  });
});

describe("keys", () => {
  test.each([
    ["q", ["quit"]],
    ["Q", ["quit"]],
    ["\u0004", ["quit"]],
    ["\u0003", ["interrupt"]],
    ["x", []],
    ["\u001b[A", []],
  ])("%j", (key, expected) => {
    const { screen, events, type } = terminal();
    screen.open();
    type(key);
    expect(events).toEqual(expected);
  });

  test("Ctrl+Z gives the terminal back until the process goes on", async () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    const { screen, written, events, type } = terminal();
    screen.open();
    type("\u001a");
    expect(kill).toHaveBeenCalledWith(0, "SIGTSTP");
    expect(written).toEqual([OPEN, CLOSE]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toEqual([OPEN, CLOSE, OPEN]);
    expect(events).toEqual(["redraw"]);
  });

  test("the end of a pipeline is an interruption", () => {
    const { screen, events } = terminal();
    screen.open();
    const [listener] = process.listeners("SIGHUP").slice(-1);
    listener?.("SIGHUP");
    expect(events).toEqual(["interrupt"]);
  });
});

/** What is used of a terminal's keyboard. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: "data", listener: (data: Buffer) => void): unknown;
  off(event: "data", listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** What is used of a terminal's display. */
export interface Display {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** What a person or the terminal does. */
export interface ScreenEvents {
  readonly quit: () => void;
  readonly interrupt: () => void;
  /** The screen is empty or has another size: it is to be drawn. */
  readonly redraw: () => void;
}

const ESC = "\u001b[";
/** The screen of its own that a terminal has beside the lines of before, without a cursor, and without breaks of long lines. */
const OPEN = `${ESC}?1049h${ESC}?25l${ESC}?7l`;
const CLOSE = `${ESC}?7h${ESC}?25h${ESC}?1049l`;
const [HOME, TO_END_OF_LINE, TO_END] = [`${ESC}H`, `${ESC}K`, `${ESC}J`];
/** A terminal that knows these shows what is between them at once; any other ignores them. */
const [BEGIN, END] = [`${ESC}?2026h`, `${ESC}?2026l`];

const [CTRL_C, CTRL_D, CTRL_Z] = ["\u0003", "\u0004", "\u001a"];

/** A terminal's whole screen, for as long as it is open. However the process ends, the terminal is left as it was. */
export class Screen {
  private drawn: string | undefined;
  private isOpen = false;

  constructor(
    private readonly keyboard: Keyboard,
    private readonly display: Display,
    private readonly events: ScreenEvents,
  ) {}

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns = 80, rows = 24 } = this.display;
    return { columns, rows };
  }

  get hasKeys(): boolean {
    return this.keyboard.isTTY === true;
  }

  /** Takes the whole screen, if it has not yet. */
  open(): void {
    if (this.isOpen) return;
    this.enter();
    this.display.on("resize", this.resized);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, this.events.interrupt);
    process.on("SIGCONT", this.continued);
    process.once("exit", this.close);
    process.once("uncaughtExceptionMonitor", this.close);
  }

  /** Leaves the terminal as it was; more than once does no harm. */
  readonly close = (): void => {
    this.display.off("resize", this.resized);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, this.events.interrupt);
    process.off("SIGCONT", this.continued);
    process.off("exit", this.close);
    process.off("uncaughtExceptionMonitor", this.close);
    this.leave();
  };

  /** Draws over what is there, without clearing it first: nothing flickers. */
  draw(text: string): void {
    if (!this.isOpen || text === this.drawn) return;
    this.drawn = text;
    const lines = text.split("\n").map((line) => `${line}${TO_END_OF_LINE}`);
    this.display.write(`${BEGIN}${HOME}${lines.join("\r\n")}${TO_END}${END}`);
  }

  private enter(): void {
    this.isOpen = true;
    this.drawn = undefined;
    this.display.write(OPEN);
    if (!this.hasKeys) return;
    this.keyboard.setRawMode?.(true);
    this.keyboard.on("data", this.typed);
    this.keyboard.resume();
  }

  private leave(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.display.write(CLOSE);
    if (!this.hasKeys) return;
    this.keyboard.off("data", this.typed);
    this.keyboard.setRawMode?.(false);
    this.keyboard.pause();
  }

  private readonly typed = (data: Buffer): void => {
    const keys = data.toString("latin1");
    if (keys.includes(CTRL_C)) this.events.interrupt();
    else if (/^[qQ]/.test(keys) || keys.includes(CTRL_D)) this.events.quit();
    else if (keys.includes(CTRL_Z) && process.platform !== "win32") this.suspend();
  };

  /** As Ctrl+Z does in any other program; where nobody could wake it, nothing happens. */
  private suspend(): void {
    this.leave();
    process.kill(0, "SIGTSTP");
    setImmediate(this.continued);
  }

  private readonly continued = (): void => {
    if (this.isOpen) this.leave();
    this.enter();
    this.events.redraw();
  };

  private readonly resized = (): void => {
    this.drawn = undefined;
    this.display.write(`${HOME}${TO_END}`);
    this.events.redraw();
  };
}

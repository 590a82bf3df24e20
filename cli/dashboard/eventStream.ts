import type { ServerResponse } from "node:http";
import type { Published } from "./feed";
import type { Fragments } from "./page";

/** One page that is open in a browser, as server-sent events. */
export class EventStream {
  /** What the page shows; undefined when it has to be sent whole. */
  private shown: Published | undefined;
  /** What came while the browser took nothing; the newest one is enough. */
  private waiting: Published | undefined;

  constructor(private readonly response: ServerResponse) {
    response.on("drain", () => {
      const { waiting } = this;
      this.waiting = undefined;
      if (waiting !== undefined) this.send(waiting);
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 2000\n\n");
  }

  /** Says that a page shows a state already. */
  shows(published: Published): void {
    this.shown = published;
  }

  send(published: Published): void {
    if (this.response.writableNeedDrain) {
      this.waiting = published;
      return;
    }
    const { title, announcement, fragments } = published.update;
    const changed = Object.entries(fragments).filter(
      ([id, html]) => this.shown?.update.fragments[id as keyof Fragments] !== html,
    );
    const data = JSON.stringify({ title, announcement, fragments: Object.fromEntries(changed) });
    this.response.write(`id: ${published.version}\nevent: view\ndata: ${data}\n\n`);
    this.shown = published;
  }

  /** A comment, which tells the operating system of a browser that is gone. */
  beat(): void {
    if (!this.response.writableNeedDrain) this.response.write(":\n\n");
  }

  end(): void {
    this.response.end();
  }
}

import { FolderWorld, REMOTE } from "./folder";
import { InlineWorld } from "./inline";
import type { World } from "./world";

/** The worlds that cases begin in, by name; each serves 90/10. */
const WORLDS = {
  inline: () => InlineWorld.start(),
  project: () => FolderWorld.start(),
  remote: () => FolderWorld.start(REMOTE),
} satisfies Readonly<Record<string, () => Promise<World>>>;

export type WorldName = keyof typeof WORLDS;

/** Hands out worlds; one that a case has left as it was is used again. */
export class Worlds {
  private open: { readonly name: WorldName; readonly world: World } | undefined;

  async take(name: WorldName): Promise<World> {
    if (this.open?.name === name) return this.open.world;
    await this.close();
    const world = await WORLDS[name]();
    this.open = { name, world };
    return world;
  }

  async close(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    await open?.world.close();
  }
}

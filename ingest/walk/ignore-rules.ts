/** `.gitignore` and `.hopwiseignore` of every folder, with git's precedence: the nearest folder decides, last rule first. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** In this order: a later file's rules win. */
const FILES = ['.gitignore', '.hopwiseignore'];

/** The rules that hold in a folder: its own and those of the folders above, up to the root of the walk. */
export class IgnoreRules {
  private constructor(
    private readonly own: Ignore | undefined,
    private readonly above: IgnoreRules | undefined,
    /** Name of this folder in the one above. */
    private readonly name: string,
  ) {}

  /** Reads the rules of a folder; unreadable or missing files set none. */
  static async of(folder: string, name: string, above: IgnoreRules | undefined): Promise<IgnoreRules> {
    let own: Ignore | undefined;
    for (const file of FILES) {
      const rules = await readFile(join(folder, file), 'utf8').catch(() => undefined);
      if (rules !== undefined) own = (own ?? ignore()).add(rules);
    }
    return new IgnoreRules(own, above, name);
  }

  /** Whether an entry of this folder is ignored; `path` is relative to it, with `/`. */
  ignores(path: string, isFolder: boolean): boolean {
    const result = this.own?.test(isFolder ? `${path}/` : path);
    if (result?.ignored === true) return true;
    if (result?.unignored === true) return false;
    return this.above?.ignores(`${this.name}/${path}`, isFolder) ?? false;
  }
}

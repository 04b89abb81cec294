/** YAML front matter of Markdown: `---` on the first line, up to the next `---` or `...`. */
const FENCED = /^---[^\S\n]*\n([\s\S]*?)\n?^(?:---|\.\.\.)[^\S\n]*(?:\n|$)/m;
/** Larger front matter is no front matter. */
const MAX_CHARS = 64 * 1024;

export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The text after the front matter. */
  readonly body: string;
  readonly warnings: readonly string[];
}

/** Splits front matter off; text that only looks like it (no mapping inside) stays in the body. */
export async function frontMatter(text: string): Promise<FrontMatter> {
  const none: FrontMatter = { fields: {}, body: text, warnings: [] };
  if (!text.startsWith('---')) return none;
  const match = FENCED.exec(text);
  if (match === null || match.index !== 0 || match[1]!.length > MAX_CHARS) return none;
  const { parse } = await import('yaml');
  try {
    const fields: unknown = parse(match[1]!, { maxAliasCount: 100, logLevel: 'error' });
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return none;
    return { fields: fields as Record<string, unknown>, body: text.slice(match[0].length), warnings: [] };
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]!;
    return { ...none, warnings: [`front matter is no valid YAML and was read as text: ${why}`] };
  }
}

/** A generated corpus on disk whose states follow from a seed: pages and records that name each other. */
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FIRST = ['Ada', 'Brin', 'Cora', 'Dov', 'Elin', 'Faye', 'Goran', 'Hild', 'Iris', 'Jory'];
const LAST = ['Lark', 'Marrow', 'Norwood', 'Oster', 'Penrose', 'Quill', 'Rook', 'Sable', 'Thorne', 'Vale'];
const CLAUSES = [
  'was born in 1912 near',
  'founded the archive of',
  'wrote a long poem about',
  'never met',
  'succeeded',
];

/** Files by path relative to the corpus. */
export type World = ReadonlyMap<string, string>;

const PAGES = 40;
const RECORDS = 60;

export function firstWorld(random: () => number): World {
  const world = new Map<string, string>();
  for (let i = 0; i < PAGES; i++) world.set(pagePath(i), page(i, random));
  world.set('records.jsonl', records(random));
  return world;
}

/** Rewrites a third of the pages and the records, drops some pages and brings others back. */
export function editedWorld(world: World, random: () => number): World {
  const edited = new Map(world);
  for (let i = 0; i < PAGES; i++) {
    const roll = random();
    if (roll < 0.15) edited.delete(pagePath(i));
    else if (roll < 0.45) edited.set(pagePath(i), page(i, random));
  }
  edited.set('records.jsonl', records(random));
  return edited;
}

/** Without about a third of the pages. */
export function thinnedWorld(world: World, random: () => number): World {
  return new Map([...world].filter(([path]) => path === 'records.jsonl' || random() > 0.35));
}

/** Makes a folder hold exactly this world; all files have one date. */
export async function writeWorld(folder: string, world: World): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of world) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await utimes(file, 1_600_000_000, 1_600_000_000);
  }
}

function pagePath(i: number): string {
  return i % 3 === 0 ? `more/page-${i}.md` : `page-${i}.md`;
}

const nameOf = (i: number): string => `${FIRST[i % FIRST.length]} ${LAST[Math.floor(i / FIRST.length) % LAST.length]}`;

function sentences(count: number, subject: string, random: () => number): string {
  const parts: string[] = [];
  for (let s = 0; s < count; s++) {
    const clause = CLAUSES[Math.floor(random() * CLAUSES.length)]!;
    parts.push(
      `${s === 0 ? subject : nameOf(Math.floor(random() * 100))} ${clause} ${nameOf(Math.floor(random() * 100))}.`,
    );
  }
  return parts.join(' ');
}

function page(i: number, random: () => number): string {
  const name = nameOf(i);
  return `# ${name}\n\n${sentences(8, name, random)}\n\n## Later years\n\n${sentences(20, name, random)}\n`;
}

function records(random: () => number): string {
  const lines: string[] = [];
  for (let i = 0; i < RECORDS; i++) {
    if (random() < 0.2) continue;
    const title = nameOf(50 + (i % 50));
    lines.push(JSON.stringify({ id: `r${i}`, title, text: sentences(4, title, random) }));
  }
  return `${lines.join('\n')}\n`;
}

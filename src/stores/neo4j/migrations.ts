/** The migrations of the graph, as they lie in `graph-schema/migrations`. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../assets.js';

export interface Migration {
  /** From 1, without gaps. */
  readonly number: number;
  /** File name without number and ending. */
  readonly name: string;
  readonly statements: readonly string[];
  /** SHA-256 of the file's statements, hexadecimal: tells an edited migration from the one that was applied. */
  readonly checksum: string;
}

/** What the migrations create: a constraint (with the index behind it) or an index, by its name. */
export interface SchemaItem {
  readonly name: string;
  readonly kind: 'CONSTRAINT' | 'INDEX';
  /** Creates it if it does not exist. */
  readonly statement: string;
}

/** All migrations in order. @throws Error for a file that breaks the rules: a bug, not a fault of the user */
export function readMigrations(folder = join(packageRoot(), 'graph-schema', 'migrations')): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.cypher'))
    .sort();
  return files.map((file, i) => {
    const [, number, name] = /^(\d{3})-([a-z0-9-]+)\.cypher$/.exec(file) ?? [];
    if (name === undefined || Number(number) !== i + 1) throw new Error(`${file} is not migration ${i + 1}`);
    const statements = splitStatements(readFileSync(join(folder, file), 'utf8'));
    const checksum = createHash('sha256').update(statements.join(';\n')).digest('hex');
    return { number: i + 1, name, statements, checksum };
  });
}

/** Statements end with ";" at the end of a line; lines that begin with "//" are comments. */
export function splitStatements(text: string): readonly string[] {
  const code = text.replace(/^\s*\/\/.*$/gm, '');
  const statements = code.split(/;[^\S\n]*$/m).map((statement) => statement.trim());
  if (statements.pop() !== '') throw new Error('the last statement lacks its ";"');
  return statements;
}

const CREATE = /^CREATE\s+(?:(CONSTRAINT)|(?:[A-Z]+\s+)?INDEX)\s+(\w+)\s+IF NOT EXISTS\b/;
const DROP = /^DROP\s+(?:CONSTRAINT|INDEX)\s+(\w+)\s+IF EXISTS\b/;

/** Everything that is there after the migrations. */
export function schemaOf(migrations: readonly Migration[]): readonly SchemaItem[] {
  const items = new Map<string, SchemaItem>();
  for (const statement of migrations.flatMap(({ statements }) => statements)) {
    const [, constraint, name] = CREATE.exec(statement) ?? [];
    if (name !== undefined) items.set(name, { name, kind: constraint ? 'CONSTRAINT' : 'INDEX', statement });
    const dropped = DROP.exec(statement)?.[1];
    if (dropped !== undefined) items.delete(dropped);
  }
  return [...items.values()];
}

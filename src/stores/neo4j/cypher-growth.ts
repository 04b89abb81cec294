/**
 * Bounds how much one expression of a statement can do. Neo4j looks at time-outs and memory between rows, not within an
 * expression: a list comprehension over a long range cannot be interrupted, and a text doubled forty times ends the whole
 * server (both seen on 5.26). So what is looped and joined within expressions is estimated from the words, and refused
 * when it could be far more than what the statement reads. Lists of unknown length count as `GATHERED` where rows were
 * collected into them, else as `LISTED`; sizes are in units of one passage's text.
 */

import type { Token } from '../../cypher/statement-tokens.js';
import { CypherLimitError } from '../../errors.js';
import type { CypherParams } from '../../ports/index.js';
import { brackets, isCalled, isName, isValue, splitAt } from './cypher-brackets.js';
import { type Loop, loops } from './cypher-loops.js';
import { rangeLength } from './cypher-range.js';
import { timesLonger, UNIT } from './cypher-text-growth.js';

/** Loops within loops, those in the list of a loop included. */
const MAX_LOOP_DEPTH = 5;
/** Elements of a loop's list times those of the loops in it. */
const MAX_STEPS = 10_000_000;
/** Units that one value may hold: 10 million characters. */
const MAX_VALUE = 10_000;
/** Units that the steps of one loop may make. */
const MAX_MADE = 1_000_000;
const GATHERED = 100_000;
const LISTED = 100;
/** Units of a property other than `text`. */
const SHORT = 0.05;
/** Units of a number, and of one element of a list that was written or joined. */
const ELEMENT = 0.01;

const CLAUSES = new Set('MATCH WHERE WITH RETURN UNWIND ORDER SKIP LIMIT CALL YIELD UNION OPTIONAL'.split(' '));
const GRAMMAR = new Set(
  `AND AS ASC ASCENDING BY CASE CONTAINS DESC DESCENDING DISTINCT ELSE END ENDS FALSE IN IS NOT NULL OR STARTS THEN TRUE
  WHEN XOR`.split(/\s+/),
);
const GATHERING = new Set(['COLLECT', 'SPLIT']);
/** Their value is small whatever they are given. */
const SMALL = new Set(
  'SIZE LENGTH COUNT SUM AVG MIN MAX HEAD LAST TYPE ELEMENTID TOINTEGER TOFLOAT ABS ROUND'.split(' '),
);

type Bound = ReadonlyMap<string, number>;
const NOTHING: Bound = new Map();

/** @throws CypherLimitError `CYPHER_SIZE` */
export function checkGrowth(tokens: readonly Token[], params: CypherParams): void {
  new Growth(tokens, params).check();
}

class Growth {
  private readonly pairs: ReadonlyMap<number, number>;
  private readonly loopAt: ReadonlyMap<number, Loop>;
  /** Variables made by expressions so far. */
  private readonly made = new Map<string, { readonly units: number; readonly gathered: boolean }>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly params: CypherParams,
  ) {
    this.pairs = brackets(tokens);
    this.loopAt = new Map(loops(tokens, this.pairs).map((loop) => [loop.from, loop]));
  }

  check(): void {
    for (let i = 0; i < this.tokens.length; i++) if (isCalled(this.tokens, i, 'RANGE')) this.range(i);
    for (const loop of this.loopAt.values()) {
      const around = [...this.loopAt.values()].filter((other) => other.from <= loop.from && loop.to <= other.to);
      if (around.length > MAX_LOOP_DEPTH) throw tooMuch('loops so deep in one another', 'Take them apart by UNWIND.');
    }
    for (const [from, to] of this.expressions()) this.expression(from, to);
  }

  /** Expressions between the words of clauses and the commas of their lists, in the order written. */
  private expressions(): readonly (readonly [number, number])[] {
    const { tokens, pairs } = this;
    const found: (readonly [number, number])[] = [];
    let from = 0;
    let loopEnd = 0;
    for (let i = 0; i <= tokens.length; i++) {
      loopEnd = Math.max(loopEnd, this.loopAt.get(i)?.to ?? 0);
      const word = tokens[i]?.word;
      const clause =
        word !== undefined && CLAUSES.has(word) && i >= loopEnd && !/^[.:]$/.test(tokens[i - 1]?.word ?? '');
      if (i < tokens.length && !clause) continue;
      found.push(...splitAt(tokens, from, i, pairs));
      from = i + 1;
    }
    return found;
  }

  private expression(from: number, to: number): void {
    const { tokens } = this;
    const steps = this.steps(from, to);
    if (steps > MAX_STEPS) {
      throw tooMuch('loops within loops over long lists', 'UNWIND one of the lists: rows can be interrupted.');
    }
    const named = tokens[to - 2]?.word === 'AS';
    const end = named ? to - 2 : to;
    const units = this.units(from, end, NOTHING);
    if (units > MAX_VALUE) throw tooMuch('a value joined of so many parts', 'Join each part once, outside of loops.');
    const name = named ? tokens[to - 1] : end - from === 1 ? tokens[from] : undefined;
    if (name === undefined || !isName(name)) return;
    const before = this.made.get(name.text);
    this.made.set(name.text, {
      units: Math.max(units, before?.units ?? 0),
      gathered: this.isGathered(from, end) || before?.gathered === true,
    });
  }

  /** Steps of the loops between the offsets. */
  private steps(from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) {
      const loop = this.loopAt.get(i);
      if (loop === undefined) continue;
      sum += this.steps(loop.source, loop.body) + this.weight(loop) * Math.max(1, this.steps(loop.body, loop.to - 1));
      i = loop.to - 1;
    }
    return sum;
  }

  /** Elements of the list that a loop goes through. */
  private weight({ source, body }: Loop): number {
    const { tokens, pairs } = this;
    const only = body - source === 1 ? tokens[source] : undefined;
    const given = only?.kind === 'parameter' ? this.params[only.text] : undefined;
    if (Array.isArray(given)) return given.length;
    if (isCalled(tokens, source, 'RANGE') && pairs.get(source + 1) === body - 1) return this.range(source) ?? GATHERED;
    if (tokens[source]?.word === '[' && pairs.get(source) === body - 1 && !this.loopAt.has(source))
      return splitAt(tokens, source + 1, body - 1, pairs).length;
    if (this.isGathered(source, body)) return GATHERED;
    return Math.max(LISTED, this.units(source, body, NOTHING) / ELEMENT);
  }

  private range(i: number): number | undefined {
    return rangeLength(this.tokens, i, this.pairs, this.params);
  }

  private isGathered(from: number, to: number): boolean {
    const { tokens } = this;
    if (SMALL.has(tokens[from]?.word ?? '') && this.pairs.get(from + 1) === to - 1) return false;
    for (let i = from; i < to; i++) {
      const token = tokens[i];
      if (token === undefined) continue;
      const behind = tokens[i + 1]?.word;
      if (GATHERING.has(token.word) && (behind === '(' || behind === '{')) return true;
      if (token.word === '[' && behind === '(') return true;
      if (isCalled(tokens, i, 'RANGE')) return true;
      if (this.isVariable(i) && this.made.get(token.text)?.gathered === true) return true;
    }
    return false;
  }

  /** Units of the value between the offsets; `bound` are the variables of the loops around it. */
  private units(from: number, to: number, bound: Bound): number {
    const { tokens, pairs } = this;
    let sum = 0;
    let most = 0;
    for (let i = from; i < to; i++) {
      const loop = this.loopAt.get(i);
      let units: number;
      if (loop !== undefined) {
        units = this.loopUnits(loop, bound);
        i = loop.to - 1;
      } else if (isCalled(tokens, i, 'REPLACE') || isCalled(tokens, i, 'SPLIT')) {
        units = this.textUnits(i, bound);
        i = pairs.get(i + 1) ?? i;
      } else units = this.wordUnits(i, bound);
      sum += units;
      most = Math.max(most, units);
    }
    return this.joins(from, to) ? sum : most;
  }

  private joins(from: number, to: number): boolean {
    const { tokens } = this;
    for (let i = from; i < to; i++) {
      const word = tokens[i]?.word;
      if (word === '+' || word === ',' || (word === '|' && tokens[i + 1]?.word === '|')) return true;
    }
    return false;
  }

  private wordUnits(i: number, bound: Bound): number {
    const token = this.tokens[i];
    if (token === undefined) return 0;
    if (token.kind === 'number') return ELEMENT;
    if (token.kind === 'string') return Math.max(ELEMENT, token.text.length / UNIT);
    if (token.kind === 'parameter') return (JSON.stringify(this.params[token.text]) ?? '').length / UNIT;
    if (!this.isVariable(i)) return 0;
    const units = bound.get(token.text) ?? this.made.get(token.text)?.units ?? 1;
    const short = this.tokens[i + 1]?.word === '.' && this.tokens[i + 2]?.text !== 'text';
    return short ? Math.min(units, Math.max(SHORT, units - 1)) : units;
  }

  private loopUnits(loop: Loop, bound: Bound): number {
    const weight = this.weight(loop);
    const source = this.units(loop.source, loop.body, bound);
    const { accumulator } = loop;
    const inner = new Map(bound).set(loop.variable, source / Math.max(1, weight));
    if (accumulator !== undefined) inner.set(accumulator.name, 0);
    const made = weight * this.units(loop.body, loop.to - 1, inner);
    if (made > MAX_MADE) throw tooMuch('a loop that makes so much', 'UNWIND its list: rows can be interrupted.');
    if (loop.kind === 'predicate') return 0;
    if (loop.result === undefined) return source;
    const result = weight * this.units(loop.result, loop.to - 1, inner);
    if (accumulator === undefined) return result;
    const end = loop.to - 1;
    const twice = this.uses(accumulator.name, loop.result, end) > 1 && this.grows(loop.result, end);
    if (twice || this.lengthens(loop.result, end))
      throw tooMuch('a reduce that doubles its accumulator', 'Use it once in its expression, and lengthen nothing.');
    return this.units(accumulator.from, accumulator.to, bound) + result;
  }

  private uses(name: string, from: number, to: number): number {
    return this.tokens.slice(from, to).filter((token) => isName(token) && token.text === name).length;
  }

  private grows(from: number, to: number): boolean {
    return this.joins(from, to) || this.tokens.slice(from, to).some(({ word }) => word === '[' || word === '{');
  }

  /** The expression makes its text longer by putting more in the place of less. */
  private lengthens(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (isCalled(this.tokens, i, 'REPLACE') && this.times(i) > 1) return true;
    return false;
  }

  /** Of replace() and split(). */
  private textUnits(i: number, bound: Bound): number {
    const [text, ...others] = this.given(i);
    if (text === undefined) return 0;
    const [, by] = others;
    return this.times(i) * this.units(...text, bound) + (by === undefined ? 0 : this.units(...by, bound));
  }

  private times(i: number): number {
    return timesLonger(this.tokens, this.given(i));
  }

  private given(i: number): readonly (readonly [number, number])[] {
    return splitAt(this.tokens, i + 2, this.pairs.get(i + 1) ?? i + 2, this.pairs);
  }

  private isVariable(i: number): boolean {
    const token = this.tokens[i];
    return token !== undefined && isValue(this.tokens, i) && (!GRAMMAR.has(token.word) || this.made.has(token.text));
  }
}

function tooMuch(what: string, remedy: string): CypherLimitError {
  return new CypherLimitError('CYPHER_SIZE', `Neo4j could not interrupt ${what}`, {
    place: { field: 'cypher' },
    remedy: `${remedy} docs/cypher.md tells why.`,
  });
}

/** An answer as text for people: answer, sources, path. */
import type { Answer } from '../../queries/index.js';
import type { Terminal } from './terminal.js';

const ARROWS = { question: '?', entity: '◆', passage: '▤' } as const;

/** The lines of an answer; `explain` adds scores and timings. */
export function renderAnswer(answer: Answer, terminal: Terminal, explain: boolean): string {
  const { bold, dim, cyan, yellow, green } = terminal.colours;
  const lines: string[] = [];
  const text = answer.span === undefined ? answer.answer : answer.answer.replace(answer.span, bold(answer.span));
  lines.push(answer.abstained ? yellow(answer.answer) : text);
  lines.push(dim(`confidence ${(100 * answer.confidence).toFixed(0)} %`));
  if (answer.citations.length > 0) {
    lines.push('', bold('Sources'));
    for (const { n, title, uri, page, start, end, quote } of answer.citations) {
      const where = `${uri}${page === undefined ? '' : `, page ${page}`}, characters ${start}-${end}`;
      lines.push(`${cyan(`[${n}]`)} ${title} ${dim(`(${where})`)}`, `    “${quote.replaceAll(/\s+/g, ' ')}”`);
    }
  }
  // The first step is the question itself.
  if (answer.path.length > 1) {
    lines.push('', bold('Path'));
    answer.path.forEach((step, depth) => {
      lines.push(
        `${'  '.repeat(Math.min(depth, 8))}${depth === 0 ? '' : '└ '}${green(ARROWS[step.kind])} ${step.label} ${dim(step.why)}`,
      );
    });
  }
  if (explain) {
    lines.push('', bold('Passages'));
    for (const { id, score, text: passage } of answer.passages) {
      lines.push(`${score.toFixed(3).padStart(8)}  ${dim(id)}  ${passage.replaceAll(/\s+/g, ' ').slice(0, 90)}`);
    }
    lines.push(
      '',
      dim(
        Object.entries(answer.timings)
          .map(([step, ms]) => `${step} ${ms.toFixed(1)} ms`)
          .join(', '),
      ),
    );
  }
  for (const warning of answer.warnings) lines.push(yellow(`warning ${warning}`));
  return lines.join('\n');
}

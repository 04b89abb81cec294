// Draws the pictures of the README from the examples: `npm start` first, then `node scripts/make-pictures.mjs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderAnswer } from '../dist/app/cli/render-answer.js';
import { makeTerminal } from '../dist/app/cli/terminal.js';
import { Hopwise } from '../dist/app/index.js';

const QUESTION = 'In which town was the designer of the lighthouse kept by Ines Marlowe born?';
const FONT = 'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"';
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cuts a line with ANSI colours into [style, text] pieces of at most `width` characters a row. */
function rows(line, width) {
  const out = [[]];
  let style = '';
  let used = 0;
  for (const piece of line.split(/(\x1b\[\d+m)/)) {
    const code = /^\x1b\[(\d+)m$/.exec(piece)?.[1];
    if (code !== undefined) {
      style =
        {
          1: 'font-weight="bold"',
          2: 'fill="#8a94a6"',
          32: 'fill="#7bd88f"',
          33: 'fill="#f5c06f"',
          36: 'fill="#6cc7e8"',
        }[code] ?? '';
      continue;
    }
    for (const word of piece.split(/(?<= )/)) {
      if (used + word.length > width && used > 0) {
        out.push([['', '      ']]);
        used = 6;
      }
      out.at(-1).push([style, word]);
      used += word.length;
    }
  }
  return out;
}

function terminalPicture(question, text) {
  const lines = [`\x1b[2m$\x1b[22m hopwise ask "${question}"`, '', ...text.split('\n')].flatMap((line) =>
    rows(line, 104),
  );
  const height = 40 + lines.length * 19;
  const body = lines
    .map(
      (pieces, i) =>
        `<text x="20" y="${34 + i * 19}" xml:space="preserve">${pieces.map(([style, word]) => `<tspan ${style}>${escaped(word)}</tspan>`).join('')}</text>`,
    )
    .join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 ${height}" width="860" height="${height}" role="img"><title>An answer of hopwise on the command line</title><rect width="100%" height="100%" rx="10" fill="#1b2030"/>
<g ${FONT} font-size="13" fill="#e6e9f0">
${body}
</g></svg>\n`;
}

const COLOURS = {
  question: '#4b5563',
  passage: '#2f6fb2',
  entity: '#b4541a',
  person: '#b4541a',
  place: '#2e8b57',
  organisation: '#7a4fb5',
  date: '#8a6d1c',
  other: '#6b7280',
};

function graphPicture(steps, passages) {
  const nodes = steps.map((step, i) => ({ ...step, x: 90 + i * (1030 / Math.max(steps.length - 1, 1)), y: 190 }));
  const drawn = [];
  const known = new Set(steps.map(({ id }) => id));
  nodes.forEach(({ id, x, y }) => {
    const others = (passages.get(id)?.mentions ?? [])
      .filter(({ key, type }) => type !== 'other' && !known.has(`e:${key}`))
      .slice(0, 5);
    others.forEach(({ surface, type }, i) => {
      const up = i % 2 === 0;
      const [ox, oy] = [x + (i - (others.length - 1) / 2) * 46, y + (up ? -1 : 1) * (88 + 22 * Math.floor(i / 2))];
      drawn.push(
        `<line x1="${x}" y1="${y}" x2="${ox}" y2="${oy}" stroke="#c7ccd6"/><circle cx="${ox}" cy="${oy}" r="6" fill="${COLOURS[type] ?? COLOURS.other}" opacity=".55"/><text x="${ox}" y="${oy + (up ? -11 : 20)}" font-size="11" fill="#6b7280" text-anchor="middle">${escaped(surface)}</text>`,
      );
    });
  });
  for (let i = 1; i < nodes.length; i++)
    drawn.push(
      `<line x1="${nodes[i - 1].x}" y1="190" x2="${nodes[i].x}" y2="190" stroke="#1f2937" stroke-width="2.5"/>`,
    );
  for (const { kind, label, x, y } of nodes) {
    const shape =
      kind === 'passage'
        ? `<rect x="${x - 15}" y="${y - 18}" width="30" height="36" rx="4"`
        : `<circle cx="${x}" cy="${y}" r="17"`;
    drawn.push(
      `${shape} fill="${COLOURS[kind]}" stroke="#fff" stroke-width="2"/><text x="${x}" y="${y + 40}" font-size="13" font-weight="600" fill="#1f2937" text-anchor="middle">${escaped(kind === 'question' ? 'question' : label)}</text>`,
    );
  }
  const legend = [
    ['question', 'question'],
    ['entity', 'entity on the path'],
    ['passage', 'passage on the path'],
    ['place', 'other entities of the passages'],
  ];
  const keys = legend.map(
    ([kind, text], i) =>
      `<circle cx="${40 + i * 210}" cy="352" r="7" fill="${COLOURS[kind]}"/><text x="${54 + i * 210}" y="356" font-size="12" fill="#374151">${text}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1260 375" width="1260" height="375" font-family="system-ui, sans-serif" role="img"><title>The path of the answer through the graph</title><rect width="100%" height="100%" fill="#fff"/>
${drawn.join('\n')}
${keys.join('\n')}
</svg>\n`;
}

const hopwise = await Hopwise.open({ store: path('.hopwise-examples'), collection: 'examples', create: false });
const answer = await hopwise.ask(QUESTION);
const passages = new Map();
for await (const line of hopwise.export()) {
  const record = JSON.parse(line);
  if (record.kind === 'passage') passages.set(record.id, record);
}
const terminal = makeTerminal(process.stdout, process.stderr, process.stdin, true, false);
writeFileSync(path('docs/pictures/answer.svg'), terminalPicture(QUESTION, renderAnswer(answer, terminal, false)));
writeFileSync(path('docs/pictures/graph.svg'), graphPicture(answer.path, passages));
await hopwise.close();

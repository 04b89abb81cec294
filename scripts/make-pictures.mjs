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

const hopwise = await Hopwise.open({ store: path('.hopwise-examples'), collection: 'examples', create: false });
const answer = await hopwise.ask(QUESTION);
const terminal = makeTerminal(process.stdout, process.stderr, process.stdin, true, false);
writeFileSync(path('docs/pictures/answer.svg'), terminalPicture(QUESTION, renderAnswer(answer, terminal, false)));
const draw = async (file, subject, options) =>
  writeFileSync(path(`docs/pictures/${file}`), (await hopwise.graph(subject, options)).content);
await draw('graph.svg', QUESTION, { limit: 20 });
await draw('neighbourhood.svg', 'Ines Marlowe', { limit: 24 });
await draw('two-hops.svg', 'Norhaven', {
  hops: 2,
  limit: 45,
  types: ['person', 'organisation', 'place', 'work', 'event'],
});
await hopwise.close();

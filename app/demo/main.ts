/** `npm start`: ingests the examples, asks three questions, and says what to try next. */
import { join } from 'node:path';
import { packageRoot } from '../../src/assets.js';
import { renderAnswer } from '../cli/render-answer.js';
import { renderError } from '../cli/render-error.js';
import { processTerminal } from '../cli/terminal.js';
import { Hopwise } from '../hopwise.js';
import { QUESTIONS } from './questions.js';

const terminal = processTerminal();
const { bold, dim, cyan } = terminal.colours;
try {
  const examples = join(packageRoot(), 'examples', 'halvard-coast');
  await using hopwise = await Hopwise.open({ store: join(packageRoot(), '.hopwise-examples'), collection: 'examples' });
  terminal.print(bold('Reading examples/halvard-coast'));
  const { documents, passages, entities, relations, unchanged, seconds } = await hopwise.ingest(examples, {
    prune: true,
  });
  terminal.print(
    `${documents} documents, ${passages} passages, ${entities} entities, ${relations} relations ${dim(`(${unchanged} unchanged, ${seconds.toFixed(1)} s)`)}`,
  );
  for (const { evidence, question } of QUESTIONS) {
    terminal.print(`\n${cyan('?')} ${bold(question)} ${dim(`(evidence: ${evidence})`)}\n`);
    terminal.print(renderAnswer(await hopwise.ask(question), terminal, false));
  }
  terminal.print(`\n${bold('Now with your own documents:')}`);
  terminal.print('  npx hopwise ingest PATH/TO/YOUR/FOLDER');
  terminal.print('  npx hopwise ask "YOUR QUESTION"');
  terminal.print('  npx hopwise serve');
} catch (error) {
  process.exitCode = renderError(error, terminal, false);
}

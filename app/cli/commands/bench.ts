import { type Command, Option } from 'commander';
import { isNeo4jUri } from '../../../src/neo4j-uri.js';
import { commaList } from '../../comma-list.js';
import { loadSettings } from '../../settings.js';
import { type CommandContext, withExamples } from '../context.js';
import { wholeNumber } from '../parse-options.js';

interface BenchOptions {
  readonly system?: string[];
  readonly source?: 'memory' | 'store';
  readonly store?: string;
  readonly sample?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

/** The Neo4j that the option or the settings name; a folder is measured in a temporary one all the same. */
async function neo4jOf(store: string | undefined) {
  const { store: uri, neo4j } = await loadSettings({ store });
  return isNeo4jUri(uri) ? { uri, ...neo4j } : undefined;
}

function withSample(command: Command): Command {
  return command
    .argument('<dir...>', 'folders with corpus.jsonl and questions.jsonl')
    .option('--sample <n>', 'questions drawn from each folder (default all)', wholeNumber(1))
    .option('--seed <n>', 'seed of the sample and the bootstrap (default 0)', wholeNumber(0))
    .option('--json', 'one JSON object a line');
}

/** `hopwise bench retrieval|answers|abstain|extraction|cypher DIR...` */
export function benchCommand(program: Command, context: CommandContext): void {
  const { terminal, signal } = context;
  const print = (line: string): void => terminal.print(line);
  const bench = program.command('bench').summary('measure quality and speed on folders of questions');

  withSample(bench.command('retrieval'))
    .summary('recall, nDCG, MRR, latency and cost of each system')
    .option('--system <names>', 'of bm25, vector, hybrid, ppr, hopwise, comma-separated (default all)', commaList)
    .addOption(
      new Option('--source <source>', "store: also hopwise on the store's own search, beside the index in memory")
        .choices(['memory', 'store'])
        .default('memory'),
    )
    .option('--store <address>', 'a Neo4j to measure in (or HOPWISE_STORE): collections of its own, dropped afterwards')
    .addHelpText(
      'after',
      '\nExample:\n  hopwise bench retrieval test/data/retrieval --system bm25,hopwise --sample 100 --json',
    )
    .action(async (folders: string[], { system, source, store, ...options }: BenchOptions) => {
      const { runRetrievalBench } = await import('../../../bench/retrieval/run-retrieval-bench.js');
      await runRetrievalBench({
        folders,
        ...options,
        systems: system,
        source,
        neo4j: await neo4jOf(store),
        print,
        signal,
      });
    });

  withExamples(withSample(bench.command('extraction')), 'bench extraction musique-train100 --sample 50 --seed 5')
    .summary('recall and precision of entities and relations against recorded triples')
    .addHelpText(
      'after',
      '\nThe folder also holds openie_gpt35.json. --sample prints that many relations to read by eye.',
    )
    .action(async (folders: string[], options: BenchOptions) => {
      const { runExtractionBench } = await import('../../../bench/extraction/run-extraction-bench.js');
      await runExtractionBench({ folders, ...options, print, signal });
    });

  withExamples(withSample(bench.command('answers')), 'bench answers test/data/retrieval --json')
    .summary('exact match, F1, and whether the cited quotes hold the gold answer')
    .action(async (folders: string[], options: BenchOptions) => {
      const { runAnswersBench } = await import('../../../bench/answers/run-answers-bench.js');
      await runAnswersBench({ folders, ...options, print, signal });
    });

  withExamples(withSample(bench.command('abstain')), 'bench abstain test/data/retrieval')
    .summary('precision, recall, F1 and calibration of the decision to abstain')
    .action(async (folders: string[], options: BenchOptions) => {
      const { runAbstainBench } = await import('../../../bench/abstain/run-abstain-bench.js');
      await runAbstainBench({ folders, ...options, print, signal });
    });

  withExamples(bench.command('cypher'), 'bench cypher test/data/retrieval --documents 2000')
    .summary('what the graph for Cypher costs: building, updating, common statements')
    .argument('<dir...>', 'folders with corpus.jsonl, pooled; generated documents fill up')
    .option('--documents <n>', 'documents (default 10000)', wholeNumber(1))
    .option('--json', 'one JSON object')
    .action(async (folders: string[], options: { readonly documents?: number; readonly json?: boolean }) => {
      const { runCypherBench } = await import('../../../bench/cypher/run-cypher-bench.js');
      await runCypherBench({ folders, ...options, print });
    });
}

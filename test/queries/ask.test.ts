import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Answer, type AskOptions, ask, askStream, search } from '../../queries/index.js';
import { isAbort, NotFoundError, StoreError, UsageError } from '../../src/errors.js';
import { COLLECTION, openSmallWorld, type SmallWorld, WORLD } from './small-world.js';

const TWO_HOPS = 'Where was the designer of Skerrow Light born?';

describe('ask', () => {
  let world: SmallWorld;
  before(async () => {
    world = await openSmallWorld();
  });
  after(() => world[Symbol.asyncDispose]());

  const put = (question: string, options: Partial<AskOptions> = {}): Promise<Answer> =>
    ask(world.context, question, { collection: COLLECTION, ...options });
  const textOf = async (documentId: string): Promise<string> =>
    (await world.context.store.document(COLLECTION, documentId))!.text;
  const assertQuotes = async (answer: Answer): Promise<void> => {
    for (const citation of answer.citations) {
      assert.equal((await textOf(citation.documentId)).slice(citation.start, citation.end), citation.quote);
    }
    for (const passage of answer.passages) {
      assert.equal((await textOf(passage.documentId)).slice(passage.start, passage.end), passage.text);
    }
  };

  it('answers over two documents, one sentence a hop, in the order of the reasoning', async () => {
    const answer = await put(TWO_HOPS);
    assert.equal(answer.abstained, false);
    const uris = answer.citations.map((citation) => citation.uri);
    assert.ok(uris.indexOf('w/skerrow-light.md') >= 0, 'the sentence that names the designer');
    assert.ok(uris.indexOf('w/skerrow-light.md') < uris.indexOf('w/tobias-renn.md'), 'before the one on his birth');
    assert.match(answer.answer, /\[Tobias Renn\] was born in Port Ellery/, 'whom "He" stands for is shown');
    const born = answer.citations.find((citation) => citation.quote.includes('born'))!;
    assert.match(born.quote, /^He was born in Port Ellery/, 'and the quote stays as it is written');
    await assertQuotes(answer);
  });

  it('numbers the citations as the answer does', async () => {
    const answer = await put(TWO_HOPS);
    assert.deepEqual(
      answer.citations.map((citation) => citation.n),
      answer.citations.map((_, i) => i + 1),
    );
    const used = new Set([...answer.answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])));
    assert.deepEqual(
      [...used].sort(),
      answer.citations.map((citation) => citation.n),
    );
  });

  it('shows the path from the question through entities to each cited passage, each step with its reason', async () => {
    const { path, citations } = await put(TWO_HOPS);
    assert.equal(path[0]?.kind, 'question');
    const steps = path.map((step) => `${step.kind}:${step.label}`);
    assert.deepEqual(steps.slice(1, 3), ['entity:Skerrow Light', 'passage:Skerrow Light']);
    assert.ok(steps.indexOf('entity:Tobias Renn') < steps.indexOf('passage:Tobias Renn'));
    assert.ok(steps.indexOf('entity:Tobias Renn') > 0);
    assert.equal(path[1]?.why, 'the question names Skerrow Light');
    assert.match(
      path[steps.indexOf('entity:Tobias Renn')]!.why,
      /^its sentence 2 mentions Tobias Renn: "It was designed/,
    );
    assert.equal(path[steps.indexOf('passage:Tobias Renn')]!.why, 'document titled "Tobias Renn"');
    const reached = new Set(path.filter((step) => step.kind === 'passage').map((step) => step.label));
    for (const { title } of citations) assert.ok(reached.has(title));
  });

  it('chooses the earlier of two names by their dates, and cites both', async () => {
    const answer = await put('Which lighthouse was first lit earlier, Skerrow Light or Cape Orrin Light?');
    assert.match(answer.answer, /^Cape Orrin Light \[\d\]/);
    const uris = answer.citations.map((citation) => citation.uri);
    assert.ok(uris.includes('w/skerrow-light.md') && uris.includes('w/cape-orrin-light.md'));
  });

  it('compares through a bridge: the designers, not the lighthouses', async () => {
    const answer = await put(
      'Which lighthouse has the designer who was born first, Skerrow Light or Cape Orrin Light?',
    );
    assert.match(answer.answer, /^Cape Orrin Light \[\d\]/, 'Hanna Velde, 1840, before Tobias Renn, 1851');
  });

  it('says yes or no and cites both sides', async () => {
    const answer = await put('Were Tobias Renn and Hanna Velde born in the same town?');
    assert.match(answer.answer, /^No \[\d\]\[\d\]/);
    assert.equal(answer.span, undefined, 'a verdict is a span of no quote');
  });

  it('abstains on what the documents do not hold, names it, and still cites what is nearest', async () => {
    const answer = await put('Who is the prime minister of Zembla?');
    assert.equal(answer.abstained, true);
    assert.ok(answer.confidence < 0.5);
    assert.match(answer.answer, /no evidence on "Zembla"/);
    await assertQuotes(answer);
  });

  it('cites whole sentences for questions in other languages, without a span', async () => {
    const russian = await put('Где родилась Мария Соколова?');
    assert.equal(russian.citations[0]?.quote, 'Мария Соколова родилась в Казани в 1902 году.');
    assert.equal(russian.span, undefined);
    const chinese = await put('林书豪在哪里出生?');
    assert.equal(chinese.citations[0]?.uri, 'w/lin.txt');
    await assertQuotes(chinese);
  });

  it('gives the same answer twice', async () => {
    const { timings: _a, ...first } = await put(TWO_HOPS);
    const { timings: _b, ...second } = await put(TWO_HOPS);
    assert.deepEqual(first, second);
  });

  it('quotes exactly, whatever is asked', async () => {
    const words = WORLD.flatMap(({ content }) => String(content).split(/\s+/)).concat([
      'Who',
      'when',
      'or',
      '"',
      '?',
      'и',
      '林',
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }), async (chosen) => {
        const question = chosen.join(' ');
        fc.pre(question.trim() !== '');
        const answer = await put(question);
        await assertQuotes(answer);
        if (answer.span !== undefined) {
          assert.ok(
            answer.citations.some((citation) => citation.quote.includes(answer.span!)),
            'the span stands in a quote',
          );
        }
        for (const match of answer.answer.matchAll(/ \[(\d+)\]/g))
          assert.ok(Number(match[1]) <= answer.citations.length);
      }),
      { numRuns: 60 },
    );
  });

  it('neither reads, cites nor walks through what a filter keeps out', async () => {
    const answer = await put(TWO_HOPS, { filter: { tags: ['person'] } });
    const inside = new Set(['Tobias Renn', 'Hanna Velde']);
    for (const { title } of answer.citations) assert.ok(inside.has(title));
    for (const step of answer.path) if (step.kind === 'passage') assert.ok(inside.has(step.label));
    const documents = new Set(answer.passages.map((passage) => passage.documentId));
    assert.ok(documents.size <= 2);
  });

  it('takes filters on metadata', async () => {
    const result = await search(world.context, 'lighthouse', {
      collection: COLLECTION,
      filter: { metadata: { year: { gte: 1890 } } },
    });
    assert.deepEqual(new Set(result.hits.map((hit) => hit.uri)), new Set(['w/skerrow-light.md']));
  });

  it('refuses a filter on a document that is not there', async () => {
    await assert.rejects(
      put(TWO_HOPS, { filter: { documents: ['w/skerrow-light.md', 'w/none.md'] } }),
      (error) => error instanceof NotFoundError && error.message.includes('w/none.md'),
    );
  });

  it('does not see a disabled document', async () => {
    await world.setEnabled(['w/tobias-renn.md'], false);
    try {
      const answer = await put(TWO_HOPS);
      assert.ok(answer.passages.every((passage) => !passage.text.includes('rope maker')));
    } finally {
      await world.setEnabled(['w/tobias-renn.md'], true);
    }
  });

  it('starts again when a passage vanished between index and store', async () => {
    const stale = await world.context.index.current(COLLECTION);
    await world.remove(['w/tobias-renn.md']);
    try {
      let asked = 0;
      const index = {
        current: async () => (asked++ === 0 ? stale : world.context.index.current(COLLECTION)),
      };
      const answer = await ask({ ...world.context, index }, TWO_HOPS, { collection: COLLECTION });
      assert.equal(asked, 2);
      assert.ok(answer.passages.every((passage) => !passage.text.includes('rope maker')));
      await assert.rejects(
        ask({ ...world.context, index: { current: async () => stale } }, TWO_HOPS, { collection: COLLECTION }),
        (error) => error instanceof StoreError && error.code === 'COLLECTION_BUSY',
      );
    } finally {
      await world.put(WORLD);
    }
  });

  it('gives no more passages than asked for', async () => {
    const answer = await put(TWO_HOPS, { k: 2 });
    assert.equal(answer.passages.length, 2);
  });

  const refused: readonly [string, string, Partial<AskOptions>, string][] = [
    ['an empty question', ' \n ', {}, 'EMPTY_QUESTION'],
    ['a question over the limit', 'x'.repeat(2001), {}, 'QUESTION_TOO_LONG'],
    ['k of nothing', TWO_HOPS, { k: 0 }, 'INVALID_K'],
    ['a fraction', TWO_HOPS, { k: 1.5 }, 'INVALID_K'],
    ['k over the limit', TWO_HOPS, { k: 201 }, 'INVALID_K'],
    ['a model where none is', TWO_HOPS, { llm: 'required' }, 'NO_CHAT_MODEL'],
  ];
  for (const [what, question, options, code] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(put(question, options), (error) => error instanceof UsageError && error.code === code);
    });
  }

  it('refuses an unknown collection', async () => {
    await assert.rejects(put(TWO_HOPS, { collection: 'nowhere' }), NotFoundError);
  });

  it('stops when aborted', async () => {
    await assert.rejects(put(TWO_HOPS, { signal: AbortSignal.abort() }), (error) => isAbort(error));
  });

  it('streams the text, then the answer', async () => {
    const pieces: string[] = [];
    let whole: Answer | undefined;
    for await (const event of askStream(world.context, TWO_HOPS, { collection: COLLECTION })) {
      assert.equal(whole, undefined, 'the answer comes last');
      if (event.kind === 'text') pieces.push(event.text);
      if (event.kind === 'answer') whole = event.answer;
    }
    assert.equal(pieces.join(''), whole?.answer);
  });
});

describe('search', () => {
  it('marks the words of the query in each passage, also when they are inflected', async () => {
    await using world = await openSmallWorld();
    const { hits } = await search(world.context, 'designing lighthouses', { collection: COLLECTION, k: 3 });
    assert.equal(hits.length, 3);
    const light = hits.find((hit) => hit.uri === 'w/skerrow-light.md')!;
    const marked = light.highlights.map(([start, end]) => light.text.slice(start, end));
    assert.ok(marked.includes('lighthouse') && marked.includes('designed'));
    const scores = hits.map((hit) => hit.score);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
  });
});

describe('ask about one of many alike', () => {
  const TOWNS: readonly [town: string, mayor: string, year: number][] = [
    ['Altdorf', 'Ada Weiss', 1400],
    ['Bendorf', 'Karl Braun', 1407],
    ['Cassel', 'Nils Holm', 1414],
    ['Dornheim', 'Rosa Keller', 1421],
    ['Eschbach', 'Ivo Lang', 1428],
    ['Falkenau', 'Petra Wolf', 1435],
    ['Gernsee', 'Jan Pohl', 1442],
    ['Hallstadt', 'Mia Stern', 1449],
  ];

  it('takes the fact from the document on the name, not from a neighbour that names it', async () => {
    const neighbour = (i: number): string => TOWNS[(i + 1) % TOWNS.length]![0];
    await using world = await openSmallWorld(
      TOWNS.map(([town, mayor, year], i) => ({
        uri: `towns/${town}.md`,
        content: `# ${town}\n\n${town} is a town on the River Tarn. Its mayor is ${mayor}. It lies north of ${neighbour(i)}, and was founded in ${year}.`,
      })),
    );
    const said = async (question: string): Promise<string | undefined> =>
      (await ask(world.context, question, { collection: COLLECTION })).span;
    for (const [town, mayor, year] of TOWNS) {
      assert.equal(await said(`Who is the mayor of ${town}?`), mayor);
      assert.equal(await said(`When was ${town} founded?`), String(year));
    }
  });
});

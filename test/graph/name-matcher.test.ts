import assert from 'node:assert/strict';
import { MentionFold } from '../../src/graph/mention-fold.js';
import { makeDocument } from '../index/sample-documents.js';

/** Keys that a text mentions when documents of some titles stand beside it. */
function mentioned(
  text: string,
  titles: readonly string[],
  options: { title?: string; context?: string; language?: string } = {},
): string[] {
  const documents = titles.map((title, i) => makeDocument({ uri: `t${i}`, title, texts: [''] }));
  const own = makeDocument({ uri: 'own', title: '', texts: [text], ...options });
  const mentions = MentionFold.empty().apply({ put: [...documents, own], remove: [] });
  return mentions.get(own.passages[0]!.passage.id)!.map(({ key }) => key);
}

describe('NameMatcher', () => {
  it('prefers the longest alias, and skips runs inside it', () => {
    assert.deepEqual(mentioned('I saw New York City today.', ['New York', 'New York City']), ['new york city']);
  });

  it('needs a capital for one word, one capital for two, none for three', () => {
    assert.deepEqual(mentioned('a jaguar ran, then Jaguar sold.', ['Jaguar']), ['jaguar']);
    assert.deepEqual(mentioned('the black hole and the Black hole', ['Black hole']), ['black', 'black hole']);
    assert.deepEqual(mentioned('we study black hole', ['Black hole']), []);
    assert.deepEqual(mentioned('the theory of games is old', ['Theory of games']), ['theory of games']);
  });

  it('takes no function word at the head of a sentence for a title', () => {
    assert.deepEqual(mentioned('Before dawn we left.', ['Before']), []);
    assert.deepEqual(mentioned('We heard Before twice.', ['Before']), ['before']);
  });

  it('names the parts of a name too', () => {
    assert.deepEqual(mentioned('at the University of Oxford', []), ['oxford', 'university', 'university of oxford']);
    assert.deepEqual(mentioned('see Simon and Garfunkel', ['Simon and Garfunkel']), [
      'garfunkel',
      'simon',
      'simon and garfunkel',
    ]);
  });

  it('lets demonyms and variants stand for the country', () => {
    assert.deepEqual(mentioned('a Dutch painter in the UK', []), ['netherlands', 'united kingdom']);
  });

  it('finds names in headings, but not in column names or one-word headings', () => {
    assert.deepEqual(mentioned('she ran.', [], { context: 'History > Battle of Hastings' }), [
      'battle',
      'battle of hastings',
      'hastings',
    ]);
    assert.deepEqual(mentioned('she ran.', [], { context: 'First Name | Place Of Birth' }), []);
    assert.deepEqual(mentioned('she ran.', ['Hastings'], { context: 'Hastings' }), ['hastings']);
  });

  it('matches whole words in scripts without case', () => {
    assert.deepEqual(mentioned('زار القاهرة أمس', ['القاهرة'], { language: 'ar' }), ['القاهرة']);
    assert.deepEqual(mentioned('वह दिल्ली गया', ['दिल्ली'], { language: 'hi' }), ['दिल्ली']);
  });

  it('matches a name however its characters are cut into words', () => {
    for (const text of ['他在北京大学读书。', '北京大学生多。', '我爱北京大学']) {
      const found = mentioned(text, ['北京大学'], { language: 'zh' });
      // Where a word begins or ends inside the name, it is not the name.
      assert.deepEqual(found, text.includes('大学生') ? [] : ['北京 大学']);
    }
    assert.deepEqual(mentioned('เขาไปกรุงเทพมหานครเมื่อวาน', ['กรุงเทพมหานคร'], { language: 'th' }).length, 1);
  });

  it('gives a name in marks the key of the title', () => {
    assert.deepEqual(
      mentioned('他写了《红楼梦》。', ['红楼梦'], { language: 'zh' }),
      mentioned('红楼梦', ['红楼梦'], { language: 'zh' }),
    );
  });
});

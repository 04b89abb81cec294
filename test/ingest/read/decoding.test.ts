import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText } from '../../../ingest/read/decode-text.js';
import { sanitise } from '../../../ingest/read/sanitise.js';
import { readOne, refusal } from './fixtures/read.js';

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('decodeText', () => {
  const text = 'Καλημέρα, wörld — привет 東京 😀\n';

  it('reads UTF-8, UTF-16 and UTF-32 with and without marks', async () => {
    const utf32 = Buffer.concat(
      [...`\ufeff${text}`].map((char) => {
        const unit = Buffer.alloc(4);
        unit.writeUInt32LE(char.codePointAt(0)!);
        return unit;
      }),
    );
    const encoded = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      utf16be(`\ufeff${text}`),
      utf32,
    ];
    for (const bytes of encoded) assert.deepEqual(await decodeText(bytes), { text, warnings: [] });
    const ascii = 'plain English in two bytes a letter';
    assert.equal((await decodeText(Buffer.from(ascii, 'utf16le'))).text, ascii);
    assert.equal((await decodeText(utf16be(ascii))).text, ascii);
  });

  it('recognises older encodings and says so', async () => {
    const russian = Buffer.from(
      'f0d2c9d7c5d420cdc9d22c20dcd4cf20d4c5cbd3d420ced5d6cec120c4ccd120d0d2cfd7c5d2cbc920cbcfc4c9d2cfd7cbc92e',
      'hex',
    );
    const { text: decoded, warnings } = await decodeText(russian);
    assert.equal(decoded, 'Привет мир, это текст нужна для проверки кодировки.');
    assert.match(warnings.join(), /KOI8-R/i);
    const french = 'Le café était déjà fermé, hélas. Où aller à présent ?';
    assert.equal((await decodeText(Buffer.from(french, 'latin1'))).text, french);
  });

  it('keeps UTF-8 that is damaged in a few places', async () => {
    const bytes = Buffer.concat([
      Buffer.from('größer und schöner über alle Maßen '),
      Buffer.from([0xff]),
      Buffer.from(' Ende'),
    ]);
    const { text: decoded, warnings } = await decodeText(bytes);
    assert.equal(decoded, 'größer und schöner über alle Maßen \ufffd Ende');
    assert.match(warnings.join(), /1 invalid UTF-8/);
    const surrogate = Buffer.concat([Buffer.from('aé'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('b')]);
    assert.deepEqual(await decodeText(surrogate), {
      text: 'aé\ufffdb',
      warnings: ['1 lone surrogate replaced by U+FFFD'],
    });
    const pair = Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]);
    assert.deepEqual(await decodeText(pair), { text: '😀', warnings: [] });
  });

  it('reads back whatever is valid UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (any) => {
        const plain = any.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '');
        fc.pre(!plain.includes('\0'));
        assert.equal((await decodeText(Buffer.from(plain))).text, plain);
      }),
    );
  });
});

describe('sanitise', () => {
  it('replaces unit by unit, so that offsets stay', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('\ud800', '\udfff', '\0', '\u202e', 'x', '😀')),
        (text, odd) => {
          const given = text + odd.join('');
          const { text: clean } = sanitise(given);
          assert.equal(clean.length, given.length);
          assert.ok(!/\0|\p{Cs}/u.test(clean));
          for (let i = 0; i < given.length; i++) if (clean[i] !== given[i]) assert.equal(clean[i], '\ufffd');
        },
      ),
    );
  });

  it('tells what it found', async () => {
    const read = await readOne('odd.txt', Buffer.from('\ufeffab\ud800c\0d\u202ee', 'utf16le'));
    assert.equal(read.text, 'ab\ufffdc\ufffdd\u202ee');
    assert.deepEqual(read.warnings, [
      '1 lone surrogate replaced by U+FFFD, the first at character 2',
      '1 NUL character replaced by U+FFFD, the first at character 4',
      '1 mark of writing direction kept, the first at character 6',
    ]);
    assert.deepEqual(read.blocks, [{ kind: 'paragraph', start: 0, end: 8 }]);
  });
});

describe('limits of text', () => {
  it('refuses long lines and long documents', async () => {
    for (const uri of ['a.txt', 'a.md', 'a.csv']) {
      const error = await refusal(uri, `short\n${'x'.repeat(101)}\nshort`, { maxLineChars: 100 });
      assert.deepEqual([error.code, error.place.line], ['LINE_TOO_LONG', 2]);
    }
    assert.equal((await refusal('a.txt', 'word\n'.repeat(50), { maxDocumentChars: 100 })).code, 'DOCUMENT_TOO_LONG');
  });
});

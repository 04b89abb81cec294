/** Documents with everything that an export has to carry. */
import { made, relation } from './fixtures.js';

export const transferred = [
  made('c', {
    uri: 'a.pdf',
    title: 'A \0 😀',
    metadata: { z: 1e-7, a: [], m: true, '10': 'x', ['__proto__']: 'own' },
    tags: ['t'],
    date: '2020',
    enabled: false,
    ingestedAt: '2026-05-05T05:05:05.555Z',
    warnings: ['w'],
    passages: [
      {
        text: 'First of a.',
        context: 'h > i',
        page: 3,
        row: 1,
        mentions: [
          {
            key: 'x',
            surface: 'X',
            type: 'event',
            spans: [
              [0, 5],
              [6, 8],
            ],
            about: true,
          },
          { key: 'y', spans: [] },
        ],
        relations: [{ ...relation('x', 'be', 'y', 0.1 + 0.2), negated: true }, relation('y', 'see', 'x', 1 / 3)],
        aliases: [
          { key: 'x', surface: 'X', weight: 0.7, type: 'work' },
          { key: 'xx', surface: 'XX', weight: 0.5 },
        ],
      },
      'Second of a.',
    ],
  }),
  made('c', { uri: 'b#1', source: 'b', passages: [{ text: '', mentions: ['x'] }] }),
  made('c', { uri: 'empty', passages: [] }),
];
export const transferredRest = {
  failures: [{ uri: 'f', source: 's', code: 'C', message: 'm', remedy: 'r', contentHash: 'h', failedAt: 'then' }],
  sources: [
    { uri: 'b', contentHash: 'hb' },
    { uri: 'a.pdf', contentHash: 'ha' },
  ],
};

// One-way imports: graph-schema <- src <- ingest, queries <- bench <- app. The TypeScript project references refuse an
// upward import too; this also finds cycles, and adapters made outside app/compose.ts.
const storeys = ['graph-schema', 'src', '(ingest|queries)', '(bench|lab)', 'app'];
const upward = storeys.slice(0, -1).map((storey, level) => ({
  name: `no-upward-import-from-${storey.replace(/\W/g, '-')}`,
  severity: 'error',
  from: { path: `^${storey}/` },
  to: { path: `^(${storeys.slice(level + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'ingest-and-queries-are-neighbours',
      severity: 'error',
      from: { path: '^ingest/' },
      to: { path: '^queries/' },
    },
    {
      name: 'queries-and-ingest-are-neighbours',
      severity: 'error',
      from: { path: '^queries/' },
      to: { path: '^ingest/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'adapters-are-made-in-compose',
      severity: 'error',
      from: { path: '^(ingest|queries|app)/', pathNot: '^app/compose\\.ts$' },
      to: { path: '^src/(stores|models)/', pathNot: '^src/models/quantise' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)(dist|node_modules)/' },
    doNotFollow: { path: 'node_modules' },
  },
};

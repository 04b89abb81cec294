// First service of docker-compose.yml: refuses passwords and keys that are missing, short or the ones of examples.
// Letters only, as they are compared.
const DEFAULTS = ['neoj', 'password', 'secret', 'changeme', 'test', 'admin', 'letmein', 'hopwise'];

const problems = [
  problemOf('NEO4J_PASSWORD', process.env['NEO4J_PASSWORD'] ?? '', 12),
  problemOf('HOPWISE_API_KEY', process.env['HOPWISE_API_KEY'] ?? '', 16),
].filter((problem) => problem !== undefined);
if (process.env['NEO4J_PASSWORD'] && process.env['NEO4J_PASSWORD'] === process.env['HOPWISE_API_KEY'])
  problems.push('NEO4J_PASSWORD and HOPWISE_API_KEY are the same: use two.');
for (const problem of problems) console.error(problem);
if (problems.length > 0) console.error('Correct .env and run `docker compose up` again.');
process.exitCode = problems.length > 0 ? 1 : 0;

function problemOf(name, value, least) {
  if (value.length < least) return `${name} needs at least ${least} characters.`;
  const plain = value.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (DEFAULTS.some((word) => plain !== '' && plain === word.repeat(Math.round(plain.length / word.length))))
    return `${name} is one that everybody knows.`;
  if (new Set(value).size < 5) return `${name} is too uniform.`;
  // The image of Neo4j reads NEO4J_AUTH as user/password.
  if (name === 'NEO4J_PASSWORD' && value.includes('/')) return `${name} must not contain "/".`;
  return undefined;
}

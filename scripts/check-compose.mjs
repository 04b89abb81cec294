// Validates docker-compose.yml and Dockerfile without a Docker daemon: the schema by docker-compose itself (installed where
// that can be done without asking: as root on Debian), the rules of this repository by looking. Nothing is built or run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const SECRETS = { NEO4J_PASSWORD: 'a-Fine-passw0rd', HOPWISE_API_KEY: 'a-key-of-many-characters' };

const run = (command, args, env = {}) =>
  spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, HOPWISE_STORE: '', ...env } });

function findCompose() {
  if (run('docker', ['compose', 'version']).status === 0) return ['docker', 'compose'];
  if (run('docker-compose', ['version']).status === 0) return ['docker-compose'];
  return undefined;
}

function installCompose() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('installing docker-compose (apt-get, once)');
  const apt = (args) =>
    run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { DEBIAN_FRONTEND: 'noninteractive' });
  apt(['update']);
  apt(['install', '-y', '--no-install-recommends', 'docker-compose']);
  return findCompose();
}

const compose = findCompose() ?? installCompose();
if (compose === undefined) {
  console.error('Install docker-compose (or the compose plugin of Docker) to validate docker-compose.yml.');
  process.exit(1);
}
const [command, ...prefix] = compose;
// The environment wins over the developer's own .env.
const config = (env) => run(command, [...prefix, '-f', 'docker-compose.yml', 'config'], env);

const valid = config(SECRETS);
assert.equal(valid.status, 0, valid.stderr);
for (const name of Object.keys(SECRETS)) {
  const { status, stderr } = config({ ...SECRETS, [name]: '' });
  assert.notEqual(status, 0, `an empty ${name} must be refused`);
  assert.match(stderr, new RegExp(`set ${name} in .env`));
}

const { services } = parse(valid.stdout);
for (const [name, service] of Object.entries(services)) {
  assert.match(service.image, /:\d+\.\d+\.\d+/, `${name}: the image is not pinned`);
  assert.ok(service.security_opt?.includes('no-new-privileges:true'), `${name}: may gain privileges`);
  for (const port of service.ports ?? []) {
    const address = typeof port === 'string' ? port : `${port.host_ip}:`;
    assert.match(address, /^127\.0\.0\.1:/, `${name}: port ${JSON.stringify(port)} is open to the network`);
  }
}
for (const name of ['secrets', 'hopwise'])
  assert.equal(services[name].read_only, true, `${name}: writable file system`);
for (const name of ['neo4j', 'hopwise']) assert.ok(services[name].volumes.length > 0, `${name}: no volume`);
assert.ok(services.neo4j.healthcheck, 'neo4j: no health check');

const dockerfile = readFileSync('Dockerfile', 'utf8');
assert.match(dockerfile, /^USER node$/m, 'the image runs as root');
assert.match(dockerfile, /^HEALTHCHECK /m, 'the image has no health check');
for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm))
  assert.match(image, /:\d+\.\d+\.\d+/, `${image} is not pinned`);
const ignored = new Set(
  readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#')),
);
for (const [, sources] of dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm))
  for (const source of sources.split(' ')) {
    const path = source.replace('/build/', '');
    if (['node_modules', 'dist'].includes(path)) continue;
    assert.ok(existsSync(path), `Dockerfile copies ${path}, which is not there`);
    assert.ok(!ignored.has(path.split('/')[0]), `.dockerignore leaves out ${path}`);
  }

for (const [password, ok] of [
  ['neo4j', false],
  ['neo4jneo4jneo4j', false],
  ['password1234', false],
  ['a/slash-in-it-99', false],
  ['a-Fine-passw0rd', true],
]) {
  const { status } = run(process.execPath, ['docker/check-secrets.mjs'], { ...SECRETS, NEO4J_PASSWORD: password });
  assert.equal(status === 0, ok, `the password ${password} was ${ok ? 'refused' : 'taken'}`);
}
console.log(`docker-compose.yml and Dockerfile are valid (${compose.join(' ')}; not run)`);

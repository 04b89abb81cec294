// What `docker` is to the harness, for machines without an engine: it records each call in $STAND_IN/calls, and a container
// is a process that hands connections on to the Neo4j of $STAND_IN_TARGET. It behaves as the client does, as far as the
// harness looks: names and volumes once only, `port`, exit codes, `--rm`.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.env.STAND_IN;
const [command, ...args] = process.argv.slice(2);
const container = (name) => join(folder, `container-${name}.json`);
const volume = (name) => join(folder, `volume-${name}`);

if (command === '--be-the-container') await beTheContainer(...args);
else {
  appendFileSync(join(folder, 'calls'), `${JSON.stringify([command, ...args])}\n`);
  const last = args.at(-1);
  if (command === 'version') console.log('28.2.2');
  else if (command === 'run') await run();
  else if (command === 'volume') rmSync(volume(last), { force: true });
  else if (command === 'rm') end(last);
  else if (!existsSync(container(command === 'port' ? args[0] : last)))
    fail(`Error response from daemon: No such container: ${last}`);
  else if (command === 'port') console.log(`127.0.0.1:${JSON.parse(readFileSync(container(args[0]), 'utf8')).port}`);
  else if (command === 'kill' || command === 'stop') end(last);
  else if (command === 'logs') console.log('Started.');
  else if (command !== 'inspect') fail(`docker: '${command}' is not a docker command.`);
}

async function run() {
  const value = (option) => args[args.indexOf(option) + 1];
  writeFileSync(volume(value('--volume').split(':')[0]), '');
  if (!args.includes('--detach')) return;
  if (process.env.STAND_IN_FAULT) fail(process.env.STAND_IN_FAULT);
  const name = value('--name');
  if (existsSync(container(name))) fail(`docker: Error response from daemon: Conflict. The container name "${name}"`);
  const port = value('--publish').split(':')[1];
  const self = process.argv[1];
  spawn(process.execPath, [self, '--be-the-container', name, port], { detached: true, stdio: 'ignore' }).unref();
  while (!existsSync(container(name))) await sleep(20);
  console.log('0123456789abcdef');
}

function end(name) {
  if (!existsSync(container(name))) return;
  process.kill(JSON.parse(readFileSync(container(name), 'utf8')).pid, 'SIGKILL');
  rmSync(container(name));
}

async function beTheContainer(name, port) {
  const [host, target] = process.env.STAND_IN_TARGET.split(':');
  const server = createServer((client) => {
    const upstream = connect(Number(target), host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ])
      from
        .on('error', () => to.destroy())
        .on('close', () => to.destroy())
        .pipe(to);
  });
  server.listen(Number(port || 0), '127.0.0.1', () =>
    writeFileSync(container(name), JSON.stringify({ pid: process.pid, port: server.address().port })),
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

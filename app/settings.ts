/**
 * Settings of a hopwise process, from (later wins) defaults, a config file (`hopwise` in package.json, `.hopwiserc`,
 * `hopwise.config.json|yaml`), environment variables and options given in code or on the command line.
 */
import { cosmiconfig } from 'cosmiconfig';
import { z } from 'zod';
import { DEFAULT_LIMITS, type Limits, UsageError } from '../src/index.js';

const positive = z.number().int().positive();

/** Limits that may be 0: do not wait, keep nothing. */
const MAY_BE_ZERO: ReadonlySet<string> = new Set(['writerWaitMs', 'commitWaitMs', 'maxKeptEvidence']);
const limitSchema = (key: string) => (MAY_BE_ZERO.has(key) ? z.number().int().nonnegative() : positive).optional();

const limitsSchema = z
  .object(Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((key) => [key, limitSchema(key)])))
  .strict()
  .transform((given): Limits => {
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    return { ...DEFAULT_LIMITS, ...(Object.fromEntries(set) as Partial<Limits>) };
  });

const endpointSchema = z
  .object({
    baseUrl: z.url().optional(),
    model: z.string().min(1),
    apiKey: z.string().min(1).optional(),
    /** Milliseconds a request may take. */
    timeoutMs: positive.default(60_000),
  })
  .strict();

const embedderSchema = endpointSchema.extend({
  dimensions: positive,
  /** Put before questions and passages, as e5 models want ("query: ", "passage: "). */
  questionPrefix: z.string().default(''),
  passagePrefix: z.string().default(''),
});

const httpSchema = z
  .object({
    host: z.string().default('127.0.0.1'),
    port: z.number().int().min(0).max(65_535).default(8080),
    /** Clients must send `Authorization: Bearer KEY`. */
    apiKey: z.string().min(16, 'an API key needs at least 16 characters').optional(),
    /** Allows an address other than loopback without a key. */
    allowOpen: z.boolean().default(false),
    /** Questions answered at once; more wait, and beyond four times as many get 503. */
    concurrency: positive.default(4),
    /** Requests a minute and client address. */
    requestsPerMinute: positive.default(600),
    /** Milliseconds one request may take. */
    requestTimeoutMs: positive.default(30_000),
    /** Bytes of a JSON body. */
    maxBodyBytes: positive.default(1_000_000),
    /** Bytes of one uploaded file, files in one upload, and bytes of all of it: it is held in memory. */
    maxUploadBytes: positive.default(50 * 2 ** 20),
    maxUploadFiles: positive.default(50),
    maxUploadTotalBytes: positive.default(200 * 2 ** 20),
    /** Answers `POST /v1/cypher`. */
    cypher: z.boolean().default(true),
    /**
     * Lets statements read all collections of a Neo4j, which cannot confine them to one; else they are refused where it
     * holds several.
     */
    cypherAcrossCollections: z.boolean().default(false),
    /** Bytes of a Cypher answer as one JSON document; NDJSON is streamed and has no bound. */
    maxCypherAnswerBytes: positive.default(32 * 2 ** 20),
    /** Milliseconds open requests get to end at shutdown. */
    shutdownMs: positive.default(10_000),
  })
  .strict();

const neo4jSchema = z
  .object({
    username: z.string().min(1).default('neo4j'),
    password: z.string().min(1).optional(),
    /** A user that may only read, for statements of analysts; docs/cypher.md has its role. Default: the user above. */
    analystUsername: z.string().min(1).optional(),
    analystPassword: z.string().min(1).optional(),
    /** Default: the user's home database. */
    database: z.string().min(1).optional(),
    /** PEM file: the server's certificate, or that of the authority that signed it. */
    ca: z.string().min(1).optional(),
    /** Connections at most. */
    poolSize: positive.default(50),
    /** Milliseconds to open a connection, to try a failed transaction again, and of one transaction. */
    connectMs: positive.default(5_000),
    retryMs: positive.default(60_000),
    transactionMs: positive.default(120_000),
    /** Milliseconds after which the right to write of a process that gives no sign of life ends. */
    leaseMs: positive.default(10_000),
  })
  .strict();

/** The name of a collection: 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit. */
export const collectionNameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u,
    'a collection name is 1 to 64 letters, digits, dots, dashes or underscores',
  );

export const settingsSchema = z
  .object({
    /** A folder, or the address of a Neo4j: `neo4j://HOST:7687`. */
    store: z.string().min(1).default('.hopwise'),
    /** Folder for indexes of stores that are no folder; default: hopwise's in the system's folder for caches. */
    cache: z.string().min(1).optional(),
    neo4j: neo4jSchema.prefault({}),
    collection: collectionNameSchema.default('default'),
    limits: limitsSchema.prefault({}),
    llm: endpointSchema.optional(),
    embedder: embedderSchema.optional(),
    http: httpSchema.prefault({}),
  })
  .strict();

export type Settings = z.output<typeof settingsSchema>;
export type HttpSettings = Settings['http'];
export type SettingsInput = z.input<typeof settingsSchema>;

/** Options that overlay what file and environment say; undefined leaves a setting alone. */
export interface SettingsOverrides {
  readonly store?: string | undefined;
  readonly collection?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly llm?: SettingsInput['llm'];
  readonly embedder?: SettingsInput['embedder'];
  readonly http?: SettingsInput['http'];
  readonly neo4j?: SettingsInput['neo4j'];
  readonly cache?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function fromEnvironment(env: Environment): Record<string, unknown> {
  const llm = env['HOPWISE_LLM_MODEL'] && {
    model: env['HOPWISE_LLM_MODEL'],
    baseUrl: env['HOPWISE_LLM_BASE_URL'],
    apiKey: env['HOPWISE_LLM_API_KEY'] ?? env['OPENAI_API_KEY'],
  };
  const embedder = env['HOPWISE_EMBEDDER_MODEL'] && {
    model: env['HOPWISE_EMBEDDER_MODEL'],
    baseUrl: env['HOPWISE_EMBEDDER_BASE_URL'],
    apiKey: env['HOPWISE_EMBEDDER_API_KEY'] ?? env['OPENAI_API_KEY'],
    dimensions: Number(env['HOPWISE_EMBEDDER_DIMENSIONS']),
    questionPrefix: env['HOPWISE_EMBEDDER_QUESTION_PREFIX'],
    passagePrefix: env['HOPWISE_EMBEDDER_PASSAGE_PREFIX'],
  };
  const http = {
    apiKey: env['HOPWISE_API_KEY'],
    host: env['HOPWISE_HOST'],
    port: env['HOPWISE_PORT'] && Number(env['HOPWISE_PORT']),
  };
  const neo4j = {
    username: env['NEO4J_USERNAME'],
    password: env['NEO4J_PASSWORD'],
    analystUsername: env['NEO4J_ANALYST_USERNAME'],
    analystPassword: env['NEO4J_ANALYST_PASSWORD'],
    database: env['NEO4J_DATABASE'],
    ca: env['HOPWISE_NEO4J_CA'],
  };
  return {
    store: env['HOPWISE_STORE'],
    cache: env['HOPWISE_CACHE'],
    neo4j,
    collection: env['HOPWISE_COLLECTION'],
    llm: llm || undefined,
    embedder: embedder || undefined,
    http,
  };
}

type Layer = Readonly<Record<string, unknown>>;

function isLayer(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Later layers win, field by field; undefined and empty strings leave a field alone. */
function overlay(base: Layer, top: Layer): Layer {
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(top)) {
    if (value === undefined || value === '') continue;
    const below = out[key];
    out[key] = isLayer(value) ? overlay(isLayer(below) ? below : {}, value) : value;
  }
  return out;
}

function withoutEmpty(layer: Layer): Layer {
  return Object.fromEntries(
    Object.entries(layer).filter(([key, value]) => key === 'http' || !isLayer(value) || Object.keys(value).length > 0),
  );
}

/** The nearest config file. @throws UsageError `CONFIG_BROKEN` for one that cannot be read */
async function findConfig() {
  try {
    return await cosmiconfig('hopwise').search();
  } catch (cause) {
    const uri = cause instanceof Error && 'filepath' in cause ? String(cause.filepath) : undefined;
    const reason = (cause instanceof Error ? cause.message : String(cause))
      .replaceAll(/\s+/g, ' ')
      .slice(0, 300)
      .trim();
    throw new UsageError('CONFIG_BROKEN', `the config file cannot be read: ${reason}`, {
      place: uri === undefined ? {} : { uri },
      remedy: 'Correct it, or remove it: all settings have defaults.',
      cause,
    });
  }
}

/**
 * Reads and validates the settings.
 * @throws UsageError `INVALID_SETTING` naming the field that cannot be used, `CONFIG_BROKEN`
 */
export async function loadSettings(
  overrides: SettingsOverrides = {},
  env: Environment = process.env,
): Promise<Settings> {
  const found = await findConfig();
  const file: unknown = found?.config ?? {};
  const layers = [isLayer(file) ? file : {}, fromEnvironment(env), overrides as Layer];
  const parsed = settingsSchema.safeParse(withoutEmpty(layers.reduce(overlay, {})));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UsageError('INVALID_SETTING', `${issue.path.join('.') || 'settings'}: ${issue.message}`, {
    place: { field: issue.path.join('.'), ...(found?.filepath ? { uri: found.filepath } : {}) },
    remedy: 'Correct the option, the environment variable or the config file; docs/operations.md lists all settings.',
  });
}

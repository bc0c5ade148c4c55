/**
 * The launcher's cache: files that prove themselves. V8 checks neither the text that a code cache belongs to
 * nor the code cache's own bytes, so every file carries a digest and one that fails it counts as missing.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DIGEST_BYTES = 32;
/** `//`, the digest in hex, and the end of the line. */
const SEAL_LENGTH = 2 + 2 * DIGEST_BYTES + 1;
/** The seal and the bundle's facts, both comments: a stack's line numbers are those of the file. */
export const HEADER_LINES = 2;
/** What is younger may be another launcher's, at work right now. */
const SWEEP_AGE_MS = 60_000;

/** What every bundle depends on. An edit inside `node_modules` is seen after the next `npm ci`. */
const ENVIRONMENT = [
  'bin/build.mjs',
  'bin/cache.mjs',
  'bin/run.mjs',
  'node_modules/.package-lock.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];

const digestOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const shortDigest = (value) => digestOf(JSON.stringify(value)).toString('hex').slice(0, 16);

/** What tells one version of a file from another; null for a file that is not there. */
export function stampOf(path) {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

/** Where the bundles of a project are, and how the names of those begin that hold in its present environment. */
export function cacheOf(root) {
  const stamps = ENVIRONMENT.map((path) => stampOf(join(root, path)));
  return {
    directory: join(root, 'node_modules/.cache/honeydue'),
    prefix: `${shortDigest([process.version, process.arch, stamps])}-`,
  };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Complete or not at all, also between launchers that run at once. Without a cache the run is only slower. */
export function write(file, data) {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(unfinished, data);
    renameSync(unfinished, file);
  } catch {
    remove(unfinished);
  }
}

function remove(file) {
  try {
    rmSync(file, { force: true });
  } catch {
    // What cannot be removed was never written, or is not this launcher's to remove.
  }
}

/** A bundle as it is stored and run; `facts` is what the launcher needs to know before it runs it. */
export function sealBundle(file, facts, code) {
  const body = `//${JSON.stringify(facts)}\n${code}`;
  const digest = digestOf(body).toString('hex');
  return { file, facts, digest, text: `//${digest}\n${body}` };
}

/** The bundles that this process has read. */
const known = new Map();

export function readBundle(file) {
  if (!known.has(file)) known.set(file, readBundleAnew(file));
  return known.get(file);
}

function readBundleAnew(file) {
  const bytes = read(file);
  if (bytes === undefined) return undefined;
  const digest = digestOf(bytes.subarray(SEAL_LENGTH)).toString('hex');
  if (bytes.toString('latin1', 2, SEAL_LENGTH - 1) !== digest) return undefined;
  const text = bytes.toString();
  const facts = JSON.parse(text.slice(SEAL_LENGTH + 2, text.indexOf('\n', SEAL_LENGTH)));
  return { file, facts, digest, text };
}

/** The digest covers the bundle's too: V8 would run another version's code if only the length is the same. */
export function readCodeCache(bundle, command) {
  const bytes = read(`${bundle.file}.${command}.v8`);
  if (bytes === undefined || bytes.length <= DIGEST_BYTES) return undefined;
  const code = bytes.subarray(0, -DIGEST_BYTES);
  return digestOf(code, bundle.digest).equals(bytes.subarray(-DIGEST_BYTES)) ? code : undefined;
}

export function writeCodeCache(bundle, command, code) {
  write(`${bundle.file}.${command}.v8`, Buffer.concat([code, digestOf(code, bundle.digest)]));
}

/** Makes room for files whose names begin with `prefix` and removes what earlier ones left behind. */
export function prepareDirectory(directory, prefix) {
  try {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      if (name.startsWith(prefix) && !name.endsWith('.tmp')) continue;
      const file = join(directory, name);
      if (Date.now() - statSync(file).mtimeMs > SWEEP_AGE_MS) remove(file);
    }
  } catch {
    // Not writable, or another launcher was faster: neither keeps this one from running.
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './support/configuration';

/** Properties and variables that hold sentences for people. */
const prose = '(?:message|reason|sentence|summary|wayOut|why|stuck|title|fix)';
const parsing = '(?:startsWith|endsWith|match|matchAll|search|split|replace|replaceAll)';
const reading = `(?:${parsing}|includes|indexOf|lastIndexOf|slice|substring)`;

/** What code looks like that takes a sentence or a name in messages apart. */
const patterns: Readonly<Record<string, RegExp>> = {
  'asks what a sentence contains': new RegExp(`\\b${prose}\\b[?!]?\\.${reading}\\(`),
  'takes words apart': new RegExp(`\\bwords[?!]?\\.${parsing}\\(`),
  'holds a sentence against an expression': new RegExp(`\\.(?:test|exec)\\([^)]*\\b${prose}\\b`),
  'compares a sentence': new RegExp(`\\.${prose} [!=]== ['"\`](?!['"\`])`),
  'looks for words in a text': new RegExp(`\\.${parsing}\\(\\s*['"\`][^'"\`$(]*[A-Za-z,:] [^'"\`$(]*['"\`]`),
  'looks for words by an expression':
    /\.(?:match|matchAll|replace|replaceAll|search|split)\(\/[^/\n]*[a-z] [a-z"][^/\n]*\//,
  'has words as an expression': /\/[^/\n]*[a-z] [a-z"][^/\n]*\/[a-z]*\.(?:test|exec)\(/,
  'takes an object’s name apart': /\b(?:object|workload|client)\.(?:split|replace|startsWith|slice)\(/,
};

/** Code that may: what it reads is no sentence of ours, or nothing is decided by it. */
const exceptions: Readonly<Record<string, string>> = {
  'lib/operations/deploy/failure-reason.ts': 'a `reason` of Kubernetes is a code',
  'lib/operations/deploy/server-words.ts':
    'reads sentences of Kubernetes that have no code, each with its source',
  'lib/report/impact-markdown.ts': 'shows the first sentence of a reason in a list, and the whole below',
};

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The code of a file without its comments, which may speak of anything. */
function findings(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return code
    .split('\n')
    .flatMap((line) =>
      Object.entries(patterns).flatMap(([what, pattern]) =>
        pattern.test(line) ? [`${what}: ${line.trim()}`] : [],
      ),
    );
}

describe('control flow reads no prose', () => {
  test('anywhere in lib', () => {
    const found = sources(join(root, 'lib')).flatMap((path) => {
      const name = relative(root, path);
      return name in exceptions
        ? []
        : findings(readFileSync(path, 'utf8')).map((finding) => `${name} ${finding}`);
    });
    expect(found).toEqual([]);
  });

  test.each(Object.keys(exceptions))('but in %s', (name) => {
    expect(findings(readFileSync(join(root, name), 'utf8'))).not.toEqual([]);
  });

  test.each([
    'const suggestion = /did you mean "(.*)"\\?$/.exec(message)?.[1];',
    "findings.filter(({ message }) => !message.startsWith('is missing'));",
    "words: known?.words.startsWith('a new') ? known.words : words,",
    "const [short = ''] = sentence.split(', beside ');",
    "if (workload !== undefined && !workload.startsWith('Job ')) return workload;",
    "if (recovery.why === 'its requests may find no room') return;",
    "return what.replace('443 TCP ', '');",
    "names.map(({ workload: client = '' }) => client.replace(/^.*\\//, ''));",
  ])('the test finds %s', (line) => {
    expect(findings(line)).not.toEqual([]);
  });
});

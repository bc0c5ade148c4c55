import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './support/configuration';

/** Properties and variables that hold sentences. */
const prose = '(?:message|reason|sentence|summary|wayOut|why|stuck|title|fix)';
const parsing = '(?:startsWith|endsWith|match|matchAll|search|split|replace|replaceAll)';
const reading = `(?:${parsing}|includes|indexOf|lastIndexOf|slice|substring)`;
/** Names that also hold parsed source text: only a property of another object is a sentence. */
const sentenceProperty = '(?<=[\\w)\\]])(?<!\\bthis)[?!]?\\.(?:text|words)';

/** Patterns of code that reads a sentence or a name in messages. */
const patterns: Readonly<Record<string, RegExp>> = {
  'asks what a sentence contains': new RegExp(`\\b${prose}\\b[?!]?\\.${reading}\\(`),
  'takes words apart': new RegExp(`\\bwords[?!]?\\.${parsing}\\(`),
  'reads a text property': new RegExp(`${sentenceProperty}[?!]?\\.${reading}\\(`),
  'matches a sentence with an expression': new RegExp(`\\.(?:test|exec)\\([^)]*\\b${prose}\\b`),
  'matches a text property with an expression': new RegExp(`\\.(?:test|exec)\\([^)]*${sentenceProperty}\\)`),
  'compares a sentence': new RegExp(`\\b${prose} [!=]== (?!undefined\\b|null\\b|''|""|\`\`)`),
  'compares a text property': new RegExp(`${sentenceProperty} [!=]== (?!undefined\\b|null\\b|''|""|\`\`)`),
  'branches on a sentence': new RegExp(`\\bswitch \\([^)]*(?:\\b${prose}|${sentenceProperty})\\)`),
  'looks up a sentence': new RegExp(`\\.(?:includes|has)\\([^()]*(?:\\.${prose}|${sentenceProperty})\\)`),
  'looks for words in a text': new RegExp(`\\.${parsing}\\(\\s*['"\`][^'"\`$(]*[A-Za-z,:] [^'"\`$(]*['"\`]`),
  'looks for words by an expression':
    /\.(?:match|matchAll|replace|replaceAll|search|split)\(\/[^/\n]*[a-z] [a-z"][^/\n]*\//,
  'has words as an expression': /\/[^/\n]*[a-z] [a-z"][^/\n]*\/[a-z]*\.(?:test|exec)\(/,
  'takes an object’s name apart': /\b(?:object|workload|client)\.(?:split|replace|startsWith|slice)\(/,
};

/** Files that may read prose, and why: the text is not ours, or the code decides nothing by it. */
const exceptions: Readonly<Record<string, string>> = {
  'lib/operations/deploy/availability.ts': 'a `reason` of Kubernetes is a code',
  'lib/operations/deploy/failure-reason.ts': 'a `reason` of Kubernetes is a code',
  'lib/operations/deploy/server-words.ts':
    'reads sentences of Kubernetes that have no code, each with its source',
  'lib/report/impact-markdown.ts':
    'prints the first sentence of a reason in a list, and the whole reason below',
};

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The findings in the code of a file, without its comments. A chain of calls counts as one line. */
function findings(text: string): string[] {
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\n\s*(?=\??\.[a-z])/g, '');
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
    "if (recovery.why === 'the nodes may lack capacity for the requests of the pods') return;",
    'if (finding.message === fault) return;',
    'if (each.text !== missing) return;',
    "const isNew = known.words.startsWith('a new');",
    'if (line.text.includes(name)) return;',
    'return gone.test(finding.text);',
    'switch (finding.reason) {',
    'return seen.has(each.message);',
    "const isMissing = finding.message\n  .startsWith('is missing');",
    "return what.replace('443 TCP ', '');",
    "names.map(({ workload: client = '' }) => client.replace(/^.*\\//, ''));",
  ])('the test finds %s', (line) => {
    expect(findings(line)).not.toEqual([]);
  });
});

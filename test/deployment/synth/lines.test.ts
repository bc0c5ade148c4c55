import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { examine, type Synthesis } from '../../../lib/cli/synthesize';
import { unusedOfDeployment } from '../../../lib/cli/unused';
import { k3sReleases } from '../../../lib/kubernetes/release/k3s-release';
import { fixtures } from '../../support/configuration';

expect.extend({ toMatchFile });

/** Production for every known release of k3s. */
const made = k3sReleases.map(({ k3s }) => ({
  k3s,
  synthesis: examine(join(fixtures, 'production.yaml'), undefined, { k3s, day: '2026-11-30' }),
}));

describe('production on every known release of k3s', () => {
  test.each(made)('$k3s breaks no rule', ({ synthesis }) => {
    expect(
      synthesis.report.open.map(({ rule, object, message }) => `${rule.id} ${object}: ${message}`),
    ).toEqual([]);
  });

  test.each(made)('$k3s needs every acknowledgement, but for the end of support of 1.34', ({ synthesis }) => {
    const unused = unusedOfDeployment(synthesis).filter(
      ({ message }) => !message.includes('k3s-end-of-support'),
    );
    expect(unused).toEqual([]);
  });

  test('differs from one to the next in these lines', () => {
    const sections = made.flatMap(({ k3s, synthesis }, index) => {
      const before = made[index - 1];
      return before === undefined
        ? []
        : [`## ${before.k3s} -> ${k3s}\n`, ...differences(before.synthesis, synthesis)];
    });
    expect(['# Production, from one release of k3s to the next\n', ...sections].join('\n')).toMatchFile(
      join(__dirname, '__snapshots__', 'lines.md'),
    );
  });
});

function differences(before: Synthesis, after: Synthesis): string[] {
  const old = new Map(
    [...before.files, ...before.terraformFiles].map(({ path, text }) => [path, lines(text)]),
  );
  return [...after.files, ...after.terraformFiles].flatMap(({ path, text }) => {
    const [left, right] = [old.get(path) ?? [], lines(text)];
    const [gone, come] = [
      left.filter((line) => !right.includes(line)),
      right.filter((line) => !left.includes(line)),
    ];
    if (gone.length + come.length === 0) return [];
    return [
      path,
      '',
      '```diff',
      ...gone.map((line) => `-${line}`),
      ...come.map((line) => `+${line}`),
      '```',
      '',
    ];
  });
}

function lines(text: string): string[] {
  return [...new Set(text.split('\n'))];
}

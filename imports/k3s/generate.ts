import type { OutputFile } from '../../lib/documents/file';
import { compareVersions } from '../../lib/kubernetes/release/version-range';
import { readMinors } from '../kubernetes/minors';
import { chartVersions } from '../traefik-chart/generate';
import { type KeptLine, type KeptRelease, lineFile, readLines } from './lines';

/**
 * Generates `imports/k3s/releases.json`, which the program loads, from `imports/k3s/<minor>.json`: without the sources,
 * one release a line.
 *
 * @param root the directory of the project
 * @throws an error with the place, if a release is in the wrong file, occurs twice, or refers to an unknown version
 */
export function k3sReleases(root: string): OutputFile[] {
  const lines = readLines(root);
  const problems = lines.flatMap((line) => problemsOf(root, line));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const printed = lines.flatMap(({ releases }) =>
    releases.map((each) => `    ${JSON.stringify(compact(each))}`),
  );
  const ends = lines.map(({ minor, endOfSupport }) => `    "${minor}": "${endOfSupport}"`);
  const text = `{
  "source": "imports/k3s",
  "endOfSupport": {
${ends.join(',\n')}
  },
  "releases": [
${printed.join(',\n')}
  ]
}
`;
  return [{ path: 'imports/k3s/releases.json', text }];
}

function problemsOf(root: string, { minor, releases }: KeptLine): string[] {
  const [minors, charts] = [[...readMinors(root).keys()], chartVersions(root)];
  const file = lineFile(minor);
  return [
    ...(minors.includes(minor) ? [] : [`${file}: imports/kubernetes/minors has no ${minor}.json`]),
    ...releases.flatMap(({ k3s, kubernetes, chart }, index) => {
      const before = releases[index - 1];
      return [
        ...(k3s.startsWith(`v${minor}.`) && k3s.startsWith(`v${kubernetes}+`)
          ? []
          : [`${file}: ${k3s} must start with v${minor}. and contain its kubernetes version, ${kubernetes}`]),
        ...(charts.includes(chart) ? [] : [`${file}: ${k3s}: imports/traefik-chart has no ${chart}.json`]),
        ...(before !== undefined && compareVersions(before.kubernetes, kubernetes) >= 0
          ? [`${file}: ${k3s} must be listed once, before ${before.k3s}`]
          : []),
      ];
    }),
  ];
}

function compact({
  date: _,
  containerd: __,
  sources: ___,
  confidence: ____,
  ...release
}: KeptRelease): object {
  return release;
}

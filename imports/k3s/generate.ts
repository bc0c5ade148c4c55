import type { OutputFile } from '../../lib/documents/file';
import { compareVersions } from '../../lib/kubernetes/release/version-range';
import { readMinors } from '../kubernetes/minors';
import { chartVersions } from '../traefik-chart/generate';
import { type KeptLine, type KeptRelease, lineFile, readLines } from './lines';

/**
 * Derives `imports/k3s/releases.json`, what is loaded at run time of `imports/k3s/<minor>.json`: no sources, one release a line.
 *
 * @param root the project's directory
 * @throws when a release stands in the wrong file or twice, or names what is not known here, naming where
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
          : [`${file}: ${k3s} is no release of Kubernetes ${kubernetes} in this file`]),
        ...(charts.includes(chart) ? [] : [`${file}: ${k3s}: imports/traefik-chart has no ${chart}.json`]),
        ...(before !== undefined && compareVersions(before.kubernetes, kubernetes) >= 0
          ? [`${file}: ${k3s} must stand before ${before.k3s}, and only once`]
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

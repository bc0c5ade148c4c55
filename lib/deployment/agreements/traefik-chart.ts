import { unknownMinor } from '../../kubernetes/release/k3s-release';
import { chartOf, keyProblems } from '../../kubernetes/traefik-chart';
import { type Agreement, traefikValuesOf } from './sides';

/** k3s brings its own Traefik: a version of the one is a version of the other. */
export const traefikChart: Agreement = {
  id: 'traefik-chart',
  sentence:
    "Every node runs the same k3s, and Traefik's values are such that the chart of that k3s knows them.",
  why: 'k3s leaves the schema out of its chart, so that a key which the chart does not know changes nothing, without an error; servers of two versions serve two charts.',
  source: 'https://docs.k3s.io/networking/networking-services#traefik-ingress-controller',
  severity: 'high',
  fix: 'State one version under k3s, and write the values as its chart has them.',
  differences: (sides) => {
    const values = traefikValuesOf(sides);
    const versions = [...new Set(sides.setups.map(({ k3s }) => k3s.version))];
    const mixed = sides.setups
      .filter(({ k3s }) => k3s.version !== versions[0])
      .map(({ name, k3s }) => ({
        object: `the script of ${name}`,
        path: 'k3s',
        message: `is ${k3s.version}, and that of ${sides.setups[0]?.name} is ${versions[0]}; all servers must run the same`,
      }));
    if (values === undefined) return mixed;
    const object = 'HelmChartConfig kube-system/traefik';
    return [
      ...mixed,
      ...versions.flatMap((version) => {
        const chart = chartOf(version);
        const problems =
          chart === undefined
            ? [{ path: ['k3sVersion'], message: unknownMinor(version) ?? '' }]
            : keyProblems(chart, values);
        return problems.map(({ path, message }) => ({ object, path: path.join('.'), message }));
      }),
    ];
  },
};

import { unknownMinor } from '../../kubernetes/release/k3s-release';
import { chartOf, keyProblems } from '../../kubernetes/traefik-chart';
import { type Agreement, traefikValuesOf } from './sides';

/** Each k3s release installs one version of the Traefik chart. */
export const traefikChart: Agreement = {
  id: 'traefik-chart',
  sentence:
    'Every node runs the same k3s version, and the Traefik chart of that version knows every value that is set.',
  why: 'k3s bundles the chart without a schema, so an unknown key has no effect and causes no error. Servers with different k3s versions install different charts.',
  source: 'https://docs.k3s.io/networking/networking-services#traefik-ingress-controller',
  severity: 'high',
  fix: 'Set one version under k3s, and use only values of its Traefik chart.',
  differences: (sides) => {
    const values = traefikValuesOf(sides);
    const versions = [...new Set(sides.setups.map(({ k3s }) => k3s.version))];
    const mixed = sides.setups
      .filter(({ k3s }) => k3s.version !== versions[0])
      .map(({ name, k3s }) => ({
        object: `the script of ${name}`,
        path: 'k3s',
        message: `is ${k3s.version}, but ${sides.setups[0]?.name} has ${versions[0]}; all servers must run the same version`,
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

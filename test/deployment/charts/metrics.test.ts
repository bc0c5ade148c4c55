import { parse } from 'yaml';
import type { Synthesis } from '../../../lib/cli/synthesize';
import { at } from '../../support/at';
import { edited } from '../../support/configuration';
import { find, production, productionWith } from '../../support/production';

const scraped = (synthesis: Synthesis) => {
  const config = at(find(synthesis, 'ConfigMap', 'vmagent'), 'data') as Record<string, string>;
  const { scrape_configs: jobs } = parse(config['scrape.yml'] ?? '') as {
    scrape_configs: { job_name: string }[];
  };
  return jobs.map((job) => job.job_name);
};

/** Production with api's metrics at a path that is known. */
const known = (port: number) => {
  const [unresolved = ''] = /port: 8000\n {6}path:\n.*/.exec(edited([])) ?? [];
  return productionWith([unresolved, `port: ${port}\n      path: /internal/metrics`]);
};
describe('a workload that declares metrics', () => {
  test("is scraped, in addition to the platform's targets", () => {
    expect(scraped(production)).toEqual(['api', 'node', 'redis-exporter', 'traefik']);
  });

  test('is found by a headless Service', () => {
    expect(find(production, 'Service', 'api-metrics')['spec']).toMatchObject({
      clusterIP: 'None',
      selector: { 'app.kubernetes.io/name': 'api' },
    });
  });

  test('may be reached by the agent', () => {
    expect(at(find(production, 'NetworkPolicy', 'allow-ingress-to-api'), 'spec.ingress')).toContainEqual({
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'vmagent' } } }],
      ports: [{ port: 8000, protocol: 'TCP' }],
    });
  });

  test('a worker is one, too, once it has a port', () => {
    const metrics =
      'metrics: { port: 9090, path: /metrics, taskCounter: asynq_tasks_processed_total, quietFor: 2h }';
    const watched = productionWith(['    image: worker\n', `    image: worker\n    ${metrics}\n`]);
    expect(scraped(watched)).toContain('worker');
    expect(watched.files.find(({ path: file }) => file.startsWith('prometheus/'))?.text).toContain(
      'increase(asynq_tasks_processed_total{cluster="honeydue",job="worker"}[2h])',
    );
  });
});

describe('metrics on a public port', () => {
  test('answer 404 to requests that come through the ingress', () => {
    const denied = find(known(8000), 'Ingress', 'api-denied');
    expect(at(denied, 'metadata.annotations')).toMatchObject({
      'traefik.ingress.kubernetes.io/router.middlewares':
        'honeydue-security-headers@kubernetescrd,honeydue-deny-all@kubernetescrd',
    });
    const rules = at(denied, 'spec.rules') as { host: string; http: { paths: { path: string }[] } }[];
    expect(rules.map(({ host, http }) => [host, http.paths.map((each) => each.path)])).toEqual([
      ['api.myhoneydue.com', ['/internal/metrics']],
      ['myhoneydue.com', ['/internal/metrics']],
    ]);
  });

  test('are no way past the rate limit either', () => {
    const route = find(known(8000), 'IngressRoute', 'from-nodes-api-myhoneydue-com');
    expect(at(route, 'spec.routes.0.match')).toContain(' && !PathPrefix(`/internal/metrics`) && ');
  });

  test('are denied by nothing where they have a port of their own', () => {
    const kinds = known(9090).documents.map(({ object }) => `${object.kind} ${object.metadata.name}`);
    expect(kinds).not.toContain('Ingress api-denied');
    expect(kinds).not.toContain('Middleware deny-all');
  });
});

import { MetricsAgent, type MetricsAgentProps } from '../../../lib/constructs/metrics/metrics-agent';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { podProps } from '../../support/props';

export const props: MetricsAgentProps = {
  image: podProps.image.replace('shop/cart:v2', 'vmagent:v1.140.0'),
  resources: podProps.resources,
  targets: [
    { job: 'redis', host: 'redis-exporter-metrics', port: 9121, path: '/metrics' },
    { job: 'node', machines: { 'a.example.com': '84.20.10.1' }, port: 9102, path: '/metrics' },
    { job: 'cart', host: 'cart-metrics', port: 8080, path: '/internal/metrics', interval: '15s' },
  ],
  remoteWrite: {
    url: 'https://metrics.example.com/api/v1/write',
    token: { secret: { name: 'shop-secrets' }, key: 'METRICS_TOKEN' },
  },
  cluster: 'shop',
};

export const build = (more: Partial<MetricsAgentProps> = {}) =>
  objectsOf((chart) => new MetricsAgent(chart, 'agent', { ...props, ...more }));
export const template = (more?: Partial<MetricsAgentProps>) =>
  at(ofKind(build(more), 'Deployment'), 'spec.template');
export const pod = (more?: Partial<MetricsAgentProps>) => at(template(more), 'spec');
export const args = (more?: Partial<MetricsAgentProps>) => at(pod(more), 'containers.0.args') as string[];
export const config = (more?: Partial<MetricsAgentProps>) =>
  (ofKind(build(more), 'ConfigMap')['data'] as Record<string, string>)['scrape.yml'] ?? '';

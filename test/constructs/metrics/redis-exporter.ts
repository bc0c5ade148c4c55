import { RedisExporter, type RedisExporterProps } from '../../../lib/constructs/metrics/redis-exporter';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { podProps } from '../../support/props';

export const props: RedisExporterProps = {
  image: podProps.image.replace('shop/cart:v2', 'redis_exporter:v1.83.0'),
  resources: podProps.resources,
  address: 'shop-redis:6379',
  password: { secret: { name: 'shop-secrets', revision: 3 }, key: 'REDIS_PASSWORD' },
};

export const build = (more: Partial<RedisExporterProps> = {}) =>
  objectsOf((chart) => new RedisExporter(chart, 'redis-exporter', { ...props, ...more }));
export const template = (more?: Partial<RedisExporterProps>) =>
  at(ofKind(build(more), 'Deployment'), 'spec.template');
export const container = (more?: Partial<RedisExporterProps>) => at(template(more), 'spec.containers.0');

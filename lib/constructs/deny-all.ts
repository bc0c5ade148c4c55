import { Construct } from 'constructs';
import { Middleware } from '../../imports/traefik.io';
import { nameProblem } from './parts/identity';
import { refuse } from './props-error';

export interface DenyAllProps {
  /** @default deny-all */
  readonly name?: string;
}

/**
 * A Traefik Middleware that denies every request. Use it for a path that must not be public on a public host.
 * It is an allow list with only the broadcast address, which no client has, and responds 404.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/ipallowlist/
 */
export class DenyAll extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: DenyAllProps = {}) {
    super(scope, id);
    this.name = props.name ?? 'deny-all';
    refuse(this, props, [nameProblem(this.name)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: { ipAllowList: { sourceRange: ['255.255.255.255/32'], rejectStatusCode: 404 } },
    });
  }
}

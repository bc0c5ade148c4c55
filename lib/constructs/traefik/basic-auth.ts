import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { objectName } from '../../kubernetes/value-rule';
import { nameProblem } from '../parts/identity';
import { refuse, ruleProblem } from '../props-error';

export interface BasicAuthProps {
  /** The name of a Secret in the same namespace. Its key `users` has lines in the format of `htpasswd`. */
  readonly secret: string;
  /** @default basic-auth */
  readonly name?: string;
}

/**
 * HTTP basic authentication for all requests. The service does not receive the password. The service can't
 * use the Authorization header for its own tokens, because Traefik would check them as passwords.
 */
export class BasicAuth extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: BasicAuthProps) {
    super(scope, id);
    this.name = props.name ?? 'basic-auth';
    refuse(this, props, [nameProblem(this.name), ruleProblem(['secret'], props.secret, objectName)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: { basicAuth: { secret: props.secret, removeHeader: true } },
    });
  }
}

import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { limitProblem } from '../parts/limit';
import { refuse } from '../props-error';

export interface RequestSizeProps {
  /** The largest body that reaches the service; a larger one gets 413. Cloudflare's free plan ends at 100 MB. */
  readonly maxBodyBytes: number;
  /** @default request-size */
  readonly name?: string;
}

/**
 * A limit on the size of requests' bodies. Traefik then reads each request to its end before the service sees any
 * of it, and each response before the client does: streams and server-sent events arrive when they are over. What
 * exceeds 1 MiB waits in the pod's /tmp.
 */
export class RequestSize extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: RequestSizeProps) {
    super(scope, id);
    this.name = props.name ?? 'request-size';
    const { maxBodyBytes } = props;
    refuse(this, props, [nameProblem(this.name), limitProblem('maxBodyBytes', maxBodyBytes)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: { buffering: { maxRequestBodyBytes: maxBodyBytes } },
    });
  }
}

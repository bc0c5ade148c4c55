import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { limitProblem } from '../parts/limit';
import { refuse } from '../props-error';

export interface RequestSizeProps {
  /**
   * The largest allowed request body, in bytes. A larger body gets the status 413. Cloudflare's Free plan
   * allows 100 MB.
   */
  readonly maxBodyBytes: number;
  /** @default request-size */
  readonly name?: string;
}

/**
 * A limit on the size of request bodies. Traefik then buffers each whole request before it forwards it, and
 * each whole response: streams and server-sent events arrive only when they end. Bodies above 1 MiB are
 * buffered in the pod's /tmp.
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

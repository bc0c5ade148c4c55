import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { refuse } from '../props-error';

export interface SecurityHeadersProps {
  /** @default security-headers */
  readonly name?: string;
  /** What a link tells other sites of where it was. @default strict-origin-when-cross-origin: the host alone */
  readonly referrerPolicy?: string;
  /** What pages may ask of the browser. @default neither camera, microphone nor location */
  readonly permissionsPolicy?: string;
}

/**
 * Response headers that hold for every page: no framing, no guessing of types, little for other sites to read.
 *
 * Two are left to others on purpose. Content-Security-Policy is the application's, which knows what its pages load:
 * where there are two, browsers enforce both, and the stricter one breaks its fonts and its analytics.
 * Strict-Transport-Security is Cloudflare's, at whose edge the browser's TLS ends.
 */
export class SecurityHeaders extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: SecurityHeadersProps = {}) {
    super(scope, id);
    this.name = props.name ?? 'security-headers';
    refuse(this, props, [nameProblem(this.name)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: {
        headers: {
          frameDeny: true,
          contentTypeNosniff: true,
          referrerPolicy: props.referrerPolicy ?? 'strict-origin-when-cross-origin',
          permissionsPolicy: props.permissionsPolicy ?? 'camera=(), geolocation=(), microphone=()',
        },
      },
    });
  }
}

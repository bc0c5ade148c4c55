import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { refuse } from '../props-error';

export interface SecurityHeadersProps {
  /** @default security-headers */
  readonly name?: string;
  /** The Referrer-Policy. @default strict-origin-when-cross-origin: other sites get only the origin */
  readonly referrerPolicy?: string;
  /** The Permissions-Policy. @default no camera, microphone or location */
  readonly permissionsPolicy?: string;
}

/**
 * Response headers for every page: no framing, no MIME sniffing, a short referrer.
 *
 * Two headers are not set here. The application sets Content-Security-Policy, because it knows what its pages
 * load: browsers enforce all policies, so a second policy could block the fonts and analytics of a page.
 * Cloudflare sets Strict-Transport-Security, because it terminates the browser's TLS.
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

import { OriginCaCertificate } from '@cdktf/provider-cloudflare/lib/origin-ca-certificate';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';

export interface OriginCertificateProps {
  readonly zone: string;
  /** A certificate signing request in PEM, of an EC key, which never leaves its maker. */
  readonly request: string;
}

/** Fifteen years, the longest that Cloudflare signs for. */
const validityDays = 5475;

/** The certificate that the nodes show to Cloudflare, and that nobody else trusts. */
export class OriginCertificate extends Construct {
  constructor(scope: Construct, { zone, request }: OriginCertificateProps) {
    super(scope, 'certificate');
    const certificate = new OriginCaCertificate(this, 'cloudflare_origin_ca_certificate.hosts', {
      csr: request,
      // A host that is added needs no new certificate: the configuration refuses hosts that lie deeper.
      hostnames: [`*.${zone}`, zone],
      requestType: 'origin-ecc',
      requestedValidity: validityDays,
      // Cloudflare gives both back in a form of its own; replacing it would revoke what the nodes still show.
      lifecycle: { preventDestroy: true, ignoreChanges: ['csr', 'requested_validity'] },
    });
    new TerraformOutput(this, 'output.origin_certificate', {
      description: 'tls.crt of the Secret that the Ingresses name.',
      value: certificate.certificate,
    });
  }
}

import { OriginCaCertificate } from '@cdktf/provider-cloudflare/lib/origin-ca-certificate';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';

export interface OriginCertificateProps {
  readonly zone: string;
  /** A certificate signing request in PEM with an EC key. The key stays with its owner. */
  readonly request: string;
}

/** Fifteen years, Cloudflare's longest validity. */
const validityDays = 5475;

/** The certificate of the nodes for Cloudflare. Other clients do not trust it. */
export class OriginCertificate extends Construct {
  constructor(scope: Construct, { zone, request }: OriginCertificateProps) {
    super(scope, 'certificate');
    const certificate = new OriginCaCertificate(this, 'cloudflare_origin_ca_certificate.hosts', {
      csr: request,
      // A new host needs no new certificate: the configuration refuses hosts two labels below the zone.
      hostnames: [`*.${zone}`, zone],
      requestType: 'origin-ecc',
      requestedValidity: validityDays,
      // Cloudflare returns both in another format, and a replacement would revoke the certificate that the
      // nodes use.
      lifecycle: { preventDestroy: true, ignoreChanges: ['csr', 'requested_validity'] },
    });
    new TerraformOutput(this, 'output.origin_certificate', {
      description: 'tls.crt of the Secret that the Ingresses name.',
      value: certificate.certificate,
    });
  }
}

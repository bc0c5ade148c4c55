import { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { refuse } from '../props-error';

export interface CompressionProps {
  /** @default compression */
  readonly name?: string;
}

/** Compresses responses of 1 KiB or more, in an encoding that the request accepts. */
export class Compression extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: CompressionProps = {}) {
    super(scope, id);
    this.name = props.name ?? 'compression';
    refuse(this, props, [nameProblem(this.name)]);
    new Middleware(this, 'middleware', { metadata: { name: this.name }, spec: { compress: {} } });
  }
}

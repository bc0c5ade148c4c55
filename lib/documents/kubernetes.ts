/** A value in YAML or JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;

/** A map in a YAML or JSON document. A missing key has the value undefined. */
export type JsonMap = { readonly [key: string]: Json | undefined };

/** A Kubernetes object as plain data. The order of the keys has no meaning. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: Json | undefined;
  };
  readonly [field: string]: Json | undefined;
}

/** An object, the file to which it is written, and the construct that created it. */
export interface KubernetesDocument {
  /** Path below the output directory, such as `3-api.k8s.yaml`. */
  readonly file: string;
  /** Path in the construct tree, such as `3-api/api/deployment`. */
  readonly constructPath: string;
  readonly object: KubernetesObject;
}

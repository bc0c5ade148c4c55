/** A value of YAML or JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;

/** A map of a document. A key may be absent. */
export type JsonMap = { readonly [key: string]: Json | undefined };

/** An object as the API server receives it: plain data, with keys in any order. */
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

/** An object, its file, and the construct that made it. */
export interface KubernetesDocument {
  /** Path below the output directory, such as `3-api.k8s.yaml`. */
  readonly file: string;
  /** Path in the construct tree, such as `3-api/api/deployment`. */
  readonly constructPath: string;
  readonly object: KubernetesObject;
}

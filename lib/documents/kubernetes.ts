/** What YAML and JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;

/** A map as documents have it; a key may be absent. */
export type JsonMap = { readonly [key: string]: Json | undefined };

/** One object as the API server would receive it: plain data, in no particular order of keys. */
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

/** One object, the file it is written to, and the construct it came from. */
export interface KubernetesDocument {
  /** Path below the output directory, such as `3-api.k8s.yaml`. */
  readonly file: string;
  /** Path in the construct tree, such as `3-api/api/deployment`: where to look in the code. */
  readonly constructPath: string;
  readonly object: KubernetesObject;
}

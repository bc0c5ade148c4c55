/** One thing that is wrong with one synthesized object. It says enough to be fixed without reading the rule. */
export interface Violation {
  /** Identity of the rule, such as `schema-validation`: acknowledgements refer to it, so it doesn't change. */
  readonly rule: string;
  /** The object as people call it (`describeObject`), such as `Deployment honeydue/api`. */
  readonly object: string;
  /** Where in the object, in the names of Kubernetes: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** The value, the limit that it breaks, and what would be right; it reads well after the path and a colon. */
  readonly message: string;
}

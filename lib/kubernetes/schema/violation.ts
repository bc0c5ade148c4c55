/** A violation of an object. The text is sufficient to fix it without reading the rule. */
export interface Violation {
  /** Id of the rule, such as `schema-validation`. It is stable: acknowledgements refer to it. */
  readonly rule: string;
  /** Name of the object (`describeObject`), such as `Deployment shop/api`. */
  readonly object: string;
  /** Path in the object: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** The value, the limit, and the correction. It is printed after the path and a colon. */
  readonly message: string;
}

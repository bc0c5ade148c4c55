/**
 * A violation of a rule by an object. The text is sufficient to fix the violation without the description of the
 * rule.
 */
export interface Violation {
  /** Id of the rule, such as `schema-validation`. Ids do not change, because acknowledgements name them. */
  readonly rule: string;
  /** Name of the object (`describeObject`), such as `Deployment shop/api`. */
  readonly object: string;
  /** Path in the object: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /**
   * What is wrong with the value, what is allowed, and the correction. A report prints the message after the path and
   * a colon.
   */
  readonly message: string;
}

/** An operation changes nothing further, for a reason that the operator must settle. The message is all that is printed. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}

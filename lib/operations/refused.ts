/** An operation stopped for a reason that the user must resolve. Only the message is printed. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}

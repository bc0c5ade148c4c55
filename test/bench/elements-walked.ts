const walking = [
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'includes',
  'join',
  'map',
  'reduce',
  'some',
  'sort',
] as const;

/** The number of elements that a run walks with the methods of arrays. In contrast to a time, it is equal in every run. */
export function elementsWalked(run: () => unknown): number {
  let elements = 0;
  const spies = walking.map((name) => {
    const method: unknown = Array.prototype[name];
    const spy = jest.spyOn(Array.prototype, name);
    return spy.mockImplementation(function (this: readonly unknown[], ...args: readonly unknown[]) {
      elements += this.length;
      return Reflect.apply(method as () => never, this, args);
    });
  });
  try {
    run();
    return elements;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

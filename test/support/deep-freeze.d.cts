/** Freezes data: lists, plain objects, and maps and sets, as deep as they go. What a class makes is left alone. */
export function deepFreeze(value: unknown): void;

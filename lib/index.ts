/**
 * The public API without the commands. Nothing of it knows honeyDue's configuration. Each part can be imported by itself, such as
 * `@honeydue/infrastructure/constructs`, which loads less.
 */

export * from './api/analysis';
export * from './api/constructs';
export * from './api/nodes';

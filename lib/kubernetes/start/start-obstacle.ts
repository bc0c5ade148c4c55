/**
 * When a new pod fails to start.
 *
 * - refused: the API server refuses the pod
 * - unplaced: no node accepts it, so it stays Pending
 * - unstarted: its node cannot mount its volumes or resolve its environment
 */
export type ObstacleStage = 'refused' | 'unplaced' | 'unstarted';

/** A reason why a new pod never runs. */
export interface StartObstacle {
  readonly stage: ObstacleStage;
  /** Identity of the obstacle: equal for the same obstacle of another template. */
  readonly key: string;
  /** Path in the object with the pod template, such as `spec.template.spec.nodeSelector`. */
  readonly path: string;
  /** A clause, such as `its nodeName is a, but the nodes are b, c`. */
  readonly reason: string;
  /** No manifest describes what the pod names; the cluster may have it. @default false: the pod never runs */
  readonly isUndescribed?: true;
  /** A sentence that says what to do. */
  readonly wayOut: string;
}

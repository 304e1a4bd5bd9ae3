package dev.mneme.edit.pipeline;

/** What an {@link Editor} does for a request, in the order in which it is done. */
public enum Stage {
  /** The picture is reduced to one tile. */
  REDUCE,
  /** The frozen text encoder reads the sentence; now and then the picture says what it means. */
  SENTENCE,
  /** The frozen base looks at that tile. */
  GLANCE,
  /** The memory writes weights from what the base saw. */
  RECALL,
  /** The weights are added to a copy of the base's. */
  MERGE,
  /** The rewritten base edits all tiles. */
  STROKE
}

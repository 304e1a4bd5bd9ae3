package dev.mneme.edit.pipeline;

/** Told how far an edit has come. */
@FunctionalInterface
public interface TileProgress {
  /** Says nothing. */
  TileProgress NONE = (done, total) -> {};

  /**
   * Called after every group of tiles.
   *
   * @param done tiles done
   * @param total tiles in all
   */
  void tile(int done, int total);
}

package dev.mneme.lab.run;

import dev.mneme.edit.base.EditorConfig;

/**
 * A base that a run trains for itself on the base's own tasks, before its experiments.
 *
 * @param shape of it
 * @param steps of training, with batches of 16
 * @param rate highest learning rate
 */
public record OwnBase(EditorConfig shape, long steps, double rate) {
  /** Knows next to nothing; a minute. */
  public static final OwnBase TINY = new OwnBase(EditorConfig.tiny(), 300, 4e-3);

  /**
   * Edits windows of 64 pixels with a quarter of the shipped base's width and a tenth of its
   * operations; some ten minutes.
   */
  public static final OwnBase SMALL =
      new OwnBase(new EditorConfig(96, 3, 32, 8, 64, 24, 192, 44, 2), 1500, 3e-3);
}

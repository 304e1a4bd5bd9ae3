package dev.mneme.edit.pipeline;

import dev.mneme.edit.picture.Picture;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * What an editor's base saw of one picture, kept so that an edit glances once.
 *
 * @param by who saw it
 * @param whole the picture, reduced to a tile: all that a glance reads of it
 * @param context [1, 16, d], retained
 */
record Seen(Editor by, Picture whole, Tensor context) {
  /** Whether a glance by this editor at this reduced picture would give the same context. */
  boolean serves(Editor editor, Picture other) {
    return by == editor && Arrays.equals(whole.rgb(), other.rgb());
  }
}

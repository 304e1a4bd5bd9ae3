package dev.mneme.edit.learn;

import dev.mneme.edit.base.Shown;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.text.TextStates;
import java.util.List;

/**
 * One sentence, one picture, one tile of it.
 *
 * @param task name of the task, or {@link ExampleMaker#COMPOSED}
 * @param sentence what is asked for
 * @param text what its encoder says about it, in training more or less
 * @param glance the whole source reduced to one tile
 * @param tile source and target of one tile at the picture's own resolution
 * @param place left, top, right, bottom of the tile in the picture, in [0, 1]
 * @param shown parts of example pairs that say what is wanted; usually none
 */
public record EditExample(
    String task,
    String sentence,
    TextStates text,
    Picture glance,
    EditPair tile,
    float[] place,
    List<Shown> shown) {
  /** A request in words alone. */
  public EditExample(
      String task, String sentence, TextStates text, Picture glance, EditPair tile, float[] place) {
    this(task, sentence, text, glance, tile, place, List.of());
  }

  /** The same question in other words. */
  public EditExample saying(String sentence, TextStates text) {
    return new EditExample(task, sentence, text, glance, tile, place, shown);
  }

  /**
   * The same question of another picture.
   *
   * @throws IllegalArgumentException if the tile is not the whole picture
   */
  public EditExample from(Picture source) {
    if (place[0] != 0 || place[1] != 0 || place[2] != 1 || place[3] != 1) {
      throw new IllegalArgumentException("Expected a whole picture, found a part of one");
    }
    return new EditExample(
        task, sentence, text, source, new EditPair(source, tile.target()), place, shown);
  }
}

package dev.mneme.edit.learn;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.text.TextStates;

/**
 * One sentence, one picture, one tile of it.
 *
 * @param task name of the task, or {@link ExampleMaker#COMPOSED}
 * @param sentence the sentence's token states
 * @param glance the whole source reduced to one tile
 * @param tile source and target of one tile at the picture's own resolution
 * @param place left, top, right, bottom of the tile in the picture, in [0, 1]
 */
public record EditExample(
    String task, TextStates sentence, Picture glance, EditPair tile, float[] place) {}

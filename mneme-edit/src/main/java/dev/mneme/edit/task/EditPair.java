package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;

/**
 * What a user has and what the user wants.
 *
 * @param source the picture before the edit
 * @param target the picture after it, of the same size
 */
public record EditPair(Picture source, Picture target) {
  public EditPair {
    if (source.width() != target.width() || source.height() != target.height()) {
      throw new IllegalArgumentException(
          "Source and target must have one size, found %d x %d and %d x %d"
              .formatted(source.width(), source.height(), target.width(), target.height()));
    }
  }
}

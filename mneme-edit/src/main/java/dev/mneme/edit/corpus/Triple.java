package dev.mneme.edit.corpus;

import java.util.Objects;

/**
 * One thing a person did to one picture, and how it is asked for.
 *
 * @param before the picture as it was
 * @param after the picture as it is wanted, of the same size
 * @param sentence the wish
 * @param task what curves call it
 * @param origin file and line that name it, for messages
 */
public record Triple(Photo before, Photo after, String sentence, String task, String origin) {
  public Triple {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(origin, "origin");
  }
}

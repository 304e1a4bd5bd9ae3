package dev.mneme.cli;

import dev.mneme.edit.pipeline.ExamplePair;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which edit is wanted: one that a sentence asks for, or one that is kept in files. */
sealed interface Wanted {
  /**
   * A new operator for every photo.
   *
   * @param said what to do, how strongly and where, as it was typed
   * @param force whether to do it though nothing in it is known
   * @param save folder to keep the operator in
   */
  record Sentence(String said, boolean force, Optional<Path> save) implements Wanted {}

  /**
   * One operator for all photos.
   *
   * @param parts one folder, or several to blend
   */
  record Kept(List<Weighted> parts) implements Wanted {}

  /**
   * What example pairs show, the same for all photos, and then what a sentence says.
   *
   * @param pairs at least one
   * @param then what else is asked for
   * @param save folder to keep the operator in
   */
  record Shown(List<ExamplePair> pairs, Optional<Sentence> then, Optional<Path> save)
      implements Wanted {}

  /**
   * The look of another picture, for every photo anew, and then what a sentence says.
   *
   * @param reference whose look it is
   * @param then what else is asked for
   * @param save folder to keep the operator in
   */
  record Like(Path reference, Optional<Sentence> then, Optional<Path> save) implements Wanted {}

  /** The sentence that asks, if one does. */
  default Optional<Sentence> sentence() {
    if (this instanceof Sentence one) {
      return Optional.of(one);
    }
    if (this instanceof Like like) {
      return like.then();
    }
    return this instanceof Shown shown ? shown.then() : Optional.empty();
  }
}

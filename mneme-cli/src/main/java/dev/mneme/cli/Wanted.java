package dev.mneme.cli;

import dev.mneme.edit.words.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which edit is wanted: one that a sentence asks for, or one that is kept in files. */
sealed interface Wanted {
  /**
   * A new operator for every photo.
   *
   * @param asked what to do, how strongly and where
   * @param force whether to do it though nothing in it is known
   * @param save folder to keep the operator in
   */
  record Sentence(Asked asked, boolean force, Optional<Path> save) implements Wanted {}

  /**
   * One operator for all photos.
   *
   * @param parts one folder, or several to blend
   */
  record Kept(List<Weighted> parts) implements Wanted {}
}

package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Path;

/** Photographs to measure with. */
final class HeldOutPhotos {
  private HeldOutPhotos() {}

  /**
   * A folder's photographs.
   *
   * @throws CommandException if none of them is held out
   */
  static Corpus load(Path place) throws IOException {
    Corpus corpus = Corpus.load(place);
    if (corpus.heldOut().isEmpty()) {
      throw new CommandException(
          ExitCode.EMPTY,
          place
              + ": expected held-out photographs, found none. Name some 'heldout' in "
              + Corpus.SPLIT);
    }
    return corpus;
  }
}

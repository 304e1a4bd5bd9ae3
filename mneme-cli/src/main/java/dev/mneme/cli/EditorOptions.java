package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which editor is measured, and on which photographs. */
final class EditorOptions {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with the models 'editor' and 'memory'. Without it those of Mneme.")
  private Path models;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photographs; the held-out ones are used. Without it those of Mneme.")
  private Path photos;

  /** The photographs. */
  Corpus corpus() throws IOException {
    return HeldOutPhotos.load(photos == null ? Installation.photos() : photos);
  }

  /** Where the models are. */
  Path models() {
    return models == null ? Installation.models() : models;
  }

  /** The editor; the caller closes it. */
  Operators operators() throws IOException {
    return new Operators(models(), Optional.empty());
  }
}

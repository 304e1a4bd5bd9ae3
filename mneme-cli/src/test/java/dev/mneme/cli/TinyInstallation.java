package dev.mneme.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Models and photographs of a test's own, for commands that measure one on the other. */
abstract class TinyInstallation {
  @TempDir Path folder;
  Path models;
  Path photos;

  @BeforeEach
  void write() throws IOException {
    models = Models.write(folder.resolve("models"));
    photos = PhotoFiles.corpus(folder.resolve("photos"));
  }
}

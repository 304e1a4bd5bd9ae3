package dev.mneme.cli;

import java.nio.file.Path;

/** Where this copy of Mneme is installed. */
final class Installation {
  static final String HOME = "mneme.home";

  private Installation() {}

  static Path models() {
    return home().resolve("models");
  }

  static Path photos() {
    return home().resolve("photos");
  }

  private static Path home() {
    return Path.of(System.getProperty(HOME, "."));
  }
}

package dev.mneme.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/** Which version this is and where it lives. */
final class Installation {
  /** Set by the launcher: the folder that holds {@code models}. */
  static final String HOME = "mneme.home";

  /** Set by the launcher: whether standard error is a terminal. */
  static final String TERMINAL = "mneme.terminal";

  private Installation() {}

  /** Such as {@code 0.1.0}. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = Installation.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** {@code models} of the installation, or of the working folder where no launcher set a home. */
  static Path models() {
    return Path.of(System.getProperty(HOME, "")).resolve("models");
  }

  /** {@code photos} of the installation, or of the working folder. */
  static Path photos() {
    return Path.of(System.getProperty(HOME, "")).resolve("photos");
  }

  /** {@code objects} of the installation, or of the working folder: pictures of single objects. */
  static Path objects() {
    return Path.of(System.getProperty(HOME, "")).resolve("objects");
  }

  /** Whether a person watches standard error. */
  static boolean onTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }
}

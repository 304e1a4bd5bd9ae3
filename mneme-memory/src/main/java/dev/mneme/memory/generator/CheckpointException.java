package dev.mneme.memory.generator;

import java.io.IOException;

/** A generator checkpoint that cannot be used; the kind says whether updating can help. */
public abstract class CheckpointException extends IOException {
  private CheckpointException(String message) {
    super(message);
  }

  /** Written by a newer version of this program. */
  public static final class TooNew extends CheckpointException {
    TooNew(String message) {
      super(message);
    }
  }

  /** In a format that is no longer read. */
  public static final class TooOld extends CheckpointException {
    TooOld(String message) {
      super(message);
    }
  }

  /** Not a generator, or damaged: a field or tensor is missing, unknown or of another shape. */
  public static final class Corrupt extends CheckpointException {
    Corrupt(String message) {
      super(message);
    }
  }
}

package dev.mneme.cli;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.corpus.ManifestException;
import dev.mneme.edit.picture.PictureException;
import dev.mneme.edit.task.UserTaskException;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.learn.DivergedException;
import dev.mneme.learn.OtherRunException;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.generator.CheckpointException;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;

/** Turns whatever was thrown into an exit code and one line for people. */
final class Failures {
  /** How libtorch and JavaCPP say that memory ran out. */
  private static final List<String> NATIVE_MEMORY =
      List.of("bad_alloc", "allocate memory", "physical memory usage", "not enough memory");

  private static final int LONGEST_LINE = 1000;

  private Failures() {}

  static ExitCode codeOf(Throwable failure) {
    if (failure instanceof CommandException e) {
      return e.code();
    } else if (failure instanceof UncheckedIOException e) {
      return codeOf(e.getCause());
    } else if (failure instanceof PictureException e) {
      return codeOf(e.kind());
    } else if (failure instanceof UnusableSentenceException e) {
      return codeOf(e.kind());
    } else if (failure instanceof ModelException e) {
      // A memory's own reader knows better what is wrong with it.
      return e.getCause() instanceof CheckpointException cause ? codeOf(cause) : codeOf(e.kind());
    } else if (failure instanceof CheckpointException.Corrupt) {
      return ExitCode.MODEL_CORRUPT;
    } else if (failure instanceof CheckpointException) {
      return ExitCode.MODEL_VERSION;
    } else if (failure instanceof AdapterMismatchException) {
      return ExitCode.ADAPTER_MISMATCH;
    } else if (failure instanceof OtherRunException) {
      return ExitCode.OTHER_RUN;
    } else if (failure instanceof DivergedException) {
      return ExitCode.DIVERGED;
    } else if (failure instanceof ManifestException) {
      return ExitCode.BAD_MANIFEST;
    } else if (failure instanceof UserTaskException) {
      return ExitCode.BAD_TASK;
    } else if (isOutOfMemory(failure)) {
      return ExitCode.OUT_OF_MEMORY;
    } else if (failure instanceof IOException) {
      return codeOfFile(failure);
    }
    return ExitCode.INTERNAL_ERROR;
  }

  /** One line that says what was expected, what was found and what to do. */
  static String lineOf(Throwable failure) {
    String text =
        switch (codeOf(failure)) {
          case OUT_OF_MEMORY ->
              "expected enough memory for this work, found too little ("
                  + failure.getMessage()
                  + "). Close other programs, use a smaller picture, or give Java more with"
                  + " MNEME_JAVA_OPTS=-Xmx4g";
          case INTERNAL_ERROR ->
              "internal error: " + failure + ". Run again with --stack-trace and report it";
          default -> ofKnown(failure);
        };
    String line = String.valueOf(text).replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  private static String ofKnown(Throwable failure) {
    Throwable told = failure instanceof UncheckedIOException e ? e.getCause() : failure;
    return told instanceof FileSystemException e ? ofFile(e) : told.getMessage();
  }

  private static String ofFile(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return e.getFile() + ": expected a file, found nothing. Check the name and the folder";
    }
    return "%s: expected a readable file, found %s%s. Check its permissions and the disk"
        .formatted(
            e.getFile(),
            e.getClass().getSimpleName(),
            e.getReason() == null ? "" : " (" + e.getReason() + ")");
  }

  private static ExitCode codeOfFile(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof NoSuchFileException) {
        return ExitCode.NOT_FOUND;
      }
      if (t instanceof AccessDeniedException) {
        return ExitCode.NOT_READABLE;
      }
    }
    return failure instanceof SafetensorsException ? ExitCode.MODEL_CORRUPT : ExitCode.NOT_READABLE;
  }

  private static boolean isOutOfMemory(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof OutOfMemoryError
        || (failure instanceof RuntimeException && NATIVE_MEMORY.stream().anyMatch(text::contains));
  }

  private static ExitCode codeOf(ModelException.Kind kind) {
    return switch (kind) {
      case MISSING -> ExitCode.MODEL_MISSING;
      case CORRUPT -> ExitCode.MODEL_CORRUPT;
      case OTHER_VERSION -> ExitCode.MODEL_VERSION;
    };
  }

  private static ExitCode codeOf(UnusableSentenceException.Kind kind) {
    return switch (kind) {
      case BLANK -> ExitCode.BLANK_SENTENCE;
      case TOO_LONG -> ExitCode.LONG_SENTENCE;
      case OTHER_SCRIPT -> ExitCode.OTHER_SCRIPT;
      case NO_KNOWN_WORD -> ExitCode.UNUSABLE_SENTENCE;
    };
  }

  private static ExitCode codeOf(PictureException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case NOT_READABLE -> ExitCode.NOT_READABLE;
      case IS_DIRECTORY -> ExitCode.IS_DIRECTORY;
      case EMPTY -> ExitCode.EMPTY;
      case NOT_A_PICTURE -> ExitCode.NOT_A_PICTURE;
      case TRUNCATED -> ExitCode.TRUNCATED;
      case TOO_LARGE -> ExitCode.TOO_LARGE;
      case UNSUPPORTED -> ExitCode.UNSUPPORTED;
      case CANNOT_WRITE -> ExitCode.CANNOT_WRITE;
      case DISK_FULL -> ExitCode.DISK_FULL;
    };
  }
}

package dev.mneme.edit.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reading from the disk that goes on beside other work. */
record Pending<T>(CompletableFuture<T> future) {

  /** What is read. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Begins once something else is done, well or not, so that it does not take a core from that. */
  static <T> Pending<T> after(CompletableFuture<?> other, Reading<T> reading) {
    return new Pending<>(
        other.handleAsync( // never on the caller's thread, who has work to do
            (done, failure) -> {
              try {
                return reading.read();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  /**
   * Waits for it.
   *
   * @throws IOException if it could not be read
   */
  T get() throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException unread) {
        throw unread.getCause();
      }
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw e;
    }
  }
}

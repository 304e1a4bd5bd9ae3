package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PendingTest {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  @Test
  void goesOnBesideTheCallersWork() throws IOException {
    CountDownLatch worked = new CountDownLatch(1);
    Pending<String> pending =
        Pending.after(
            DONE,
            () -> {
              try {
                worked.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return "read";
            });
    assertFalse(pending.future().isDone());
    worked.countDown();
    assertEquals("read", pending.get());
  }

  @Test
  void beginsWhenTheOtherIsDoneEvenIfItFailed() throws IOException {
    CompletableFuture<Void> other = new CompletableFuture<>();
    Pending<String> pending = Pending.after(other, () -> "read");
    assertFalse(pending.future().isDone());
    other.completeExceptionally(new IOException("gone"));
    assertEquals("read", pending.get());
  }

  @Test
  void tellsTheCallerWhatFailed() {
    IOException unread = new IOException("gone");
    IllegalStateException unexpected = new IllegalStateException("no engine");
    Pending<String> first =
        Pending.after(
            DONE,
            () -> {
              throw unread;
            });
    Pending<String> second =
        Pending.after(
            DONE,
            () -> {
              throw unexpected;
            });
    assertSame(unread, assertThrows(IOException.class, first::get));
    assertSame(unexpected, assertThrows(IllegalStateException.class, second::get));
  }
}

package dev.mneme.learn;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Batches in order, the next of which is made on a background thread while one is in use. */
final class BatchQueue<E extends Batch> implements AutoCloseable {
  private final BatchSource<E> source;
  private final ExecutorService maker = Executors.newSingleThreadExecutor(BatchQueue::daemon);
  private final long end;
  private long asked;
  private Future<E> coming;

  /** Batches {@code first} to {@code end}, without the last. */
  BatchQueue(BatchSource<E> source, long first, long end) {
    this.source = source;
    this.end = end;
    this.asked = first;
    ask();
  }

  private void ask() {
    long number = asked++;
    coming = number < end ? maker.submit(() -> source.batch(number)) : null;
  }

  /** The next batch; throws what its source threw. */
  E next() {
    E batch = await(coming);
    ask();
    return batch;
  }

  private static <E> E await(Future<E> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Training was interrupted; start it again to resume from its checkpoint", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r
          ? r
          : new IllegalStateException(e.getCause());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "batches");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}

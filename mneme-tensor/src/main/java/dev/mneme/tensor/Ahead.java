package dev.mneme.tensor;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Does tasks in {@linkplain Engine#lanes lanes}, a few ahead of whoever takes their results, which
 * come in the order of the tasks. So what is kept of a long row of them stays small.
 *
 * <p>A task may read tensors of the scope in which this was opened: closing waits for all tasks
 * that were begun, and begins no more.
 *
 * @param <T> what a task gives
 */
public final class Ahead<T> implements AutoCloseable {
  private final Iterator<Supplier<T>> tasks;
  private final Queue<CompletableFuture<T>> begun = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Begins the first tasks.
   *
   * @param tasks in order; each opens scopes, guards and precision of its own, for these hold for a
   *     thread
   */
  public Ahead(Iterator<Supplier<T>> tasks) {
    this.tasks = tasks;
    int most = 2 * Engine.start().threads().value();
    while (begun.size() < most && tasks.hasNext()) {
      begin(tasks.next());
    }
  }

  private void begin(Supplier<T> task) {
    begun.add(CompletableFuture.supplyAsync(() -> closed ? null : task.get(), Engine.lanes()));
  }

  /**
   * The result of the next task.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public T next() {
    CompletableFuture<T> first = begun.element();
    if (tasks.hasNext()) {
      begin(tasks.next());
    }
    try {
      T result = first.join();
      begun.remove();
      return result;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Waits for what was begun, and forgets it. */
  @Override
  public void close() {
    closed = true;
    begun.forEach(task -> task.handle((result, error) -> null).join());
  }
}

package dev.mneme.cli;

import dev.mneme.learn.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process when it is told to stop (Ctrl-C, SIGTERM): training between two steps, where no
 * kernel of libtorch runs that the usual way down would free, anything else at once.
 */
final class StopSignal implements AutoCloseable {
  private static final int INTERRUPTED = 130;

  /** No step takes longer, unless something is wrong. */
  private static final long LONGEST_STEP_SECONDS = 60;

  private final Thread hook;
  private final CountDownLatch rested = new CountDownLatch(1);
  private volatile boolean steps;
  private volatile boolean asked;

  StopSignal(String message) {
    hook =
        new Thread(
            () -> {
              asked = true;
              System.err.println(message);
              awaitRest();
              Runtime.getRuntime().halt(INTERRUPTED);
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Progress of a training that is to be stopped between its steps only. */
  Progress between(Progress progress) {
    return (done, total, loss) -> {
      steps = true;
      progress.step(done, total, loss);
      if (asked) {
        rest();
      }
    };
  }

  private void awaitRest() {
    try {
      if (steps && !rested.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The step under way does not end; stopping in the middle of it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps the thread that trains where it is, until the process ends. */
  private void rest() {
    rested.countDown();
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // the process ends all the same
      }
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}

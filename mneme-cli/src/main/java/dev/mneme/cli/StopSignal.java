package dev.mneme.cli;

/**
 * Ends the process at once when it is told to stop (Ctrl-C, SIGTERM). The usual way down would free
 * libtorch's kernels while other threads still run them.
 */
final class StopSignal implements AutoCloseable {
  private static final int INTERRUPTED = 130;

  private final Thread hook;

  StopSignal(String message) {
    hook =
        new Thread(
            () -> {
              System.err.println(message);
              Runtime.getRuntime().halt(INTERRUPTED);
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}

package dev.mneme.cli;

import dev.mneme.edit.pipeline.TileProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with the time left, which appears when work takes long and goes when it ends. */
final class TileBar implements TileProgress, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int WIDTH = 79;

  private final String name;
  private final String unit;
  private final PrintWriter err;
  private final LongSupplier clock;
  private final long begin;
  private ProgressBar bar;

  /**
   * @param err where to draw, null for nowhere
   * @param clock nanoseconds
   */
  TileBar(String name, PrintWriter err, LongSupplier clock) {
    this(name, " tiles", err, clock);
  }

  /**
   * As above.
   *
   * @param unit what is counted, behind a blank
   */
  TileBar(String name, String unit, PrintWriter err, LongSupplier clock) {
    this.name = name;
    this.unit = unit;
    this.err = err;
    this.clock = clock;
    this.begin = clock.getAsLong();
  }

  @Override
  public void tile(int done, int total) {
    Duration elapsed = Duration.ofNanos(clock.getAsLong() - begin);
    if (err == null || (bar == null && elapsed.compareTo(PATIENCE) < 0)) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .startsFrom(done, elapsed)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(unit, 1)
              .setUpdateIntervalMillis(200)
              .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
              .build();
    }
    bar.stepTo(done);
  }

  private void draw(String line) {
    err.print("\r" + line);
    err.flush();
  }

  /** Clears the line, so that what is said next begins on an empty one. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      draw(" ".repeat(WIDTH) + "\r");
    }
  }
}

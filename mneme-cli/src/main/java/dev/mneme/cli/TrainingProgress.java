package dev.mneme.cli;

import dev.mneme.learn.Progress;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows training: a bar on a terminal, a line now and then elsewhere. */
final class TrainingProgress implements Progress, AutoCloseable {
  private static final int LINE_EVERY = 25;

  private final PrintStream out;
  private final int batch;
  private final boolean terminal;
  private long started = System.nanoTime();
  private ProgressBar bar;
  private long first = -1;
  private long last = -1; // step before this one

  TrainingProgress(PrintStream out, int batch) {
    this.out = out;
    this.batch = batch;
    this.terminal = Installation.onTerminal();
  }

  @Override
  public void step(long done, long total, double loss) {
    if (done != last + 1) { // a training begins, perhaps after another one
      close();
      bar = null;
      first = done - 1;
      started = System.nanoTime();
    }
    last = done;
    String loss4 = Double.isNaN(loss) ? "…" : "%.4f".formatted(loss);
    if (terminal) {
      if (bar == null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName("step")
                .setInitialMax(total)
                .startsFrom(first, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
      }
      bar.setExtraMessage("loss " + loss4);
      bar.stepTo(done);
    } else if (done % LINE_EVERY == 0 || done == total) {
      double seconds = (System.nanoTime() - started) / 1e9;
      double each = seconds / (done - first);
      Duration left = Duration.ofSeconds(Math.round(each * (total - done)));
      out.printf(
          "step %d/%d  loss %s  %.1f examples/s  %d:%02d:%02d left%n",
          done,
          total,
          loss4,
          batch / each,
          left.toHours(),
          left.toMinutesPart(),
          left.toSecondsPart());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

package dev.mneme.cli;

import dev.mneme.lab.run.LabProgress;
import dev.mneme.learn.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows an experiment: a line for what begins, and on a terminal a bar with the time left. */
final class LabTerminal implements LabProgress, AutoCloseable {
  private final PrintWriter err;
  private final boolean terminal = Installation.onTerminal();
  private ProgressBar bar;

  LabTerminal(PrintWriter err) {
    this.err = err;
  }

  @Override
  public Progress begin(String what) {
    close();
    err.println(what);
    err.flush();
    return this::step;
  }

  private void step(long done, long total, double loss) {
    if (!terminal) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("step")
              .setInitialMax(total)
              .startsFrom(done - 1, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .showSpeed()
              .build();
    }
    bar.setExtraMessage(Double.isNaN(loss) ? "" : "loss %.4f".formatted(loss));
    bar.stepTo(done);
    if (done == total) {
      close();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

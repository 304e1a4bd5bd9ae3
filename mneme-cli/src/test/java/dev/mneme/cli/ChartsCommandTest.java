package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChartsCommandTest extends TinyInstallation {
  private Ran charts(Object... more) {
    Object[] all = new Object[more.length + 7];
    Object[] fixed = {"charts", "--models", models, "--photos", photos, "--rounds", "2"};
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Ran.mneme(all);
  }

  @Test
  void measuresTheTasksAskedForAndKeepsTheTable() throws IOException {
    Path out = folder.resolve("charts.md");
    Ran ran = charts("--tasks", "warm,blur", "--out", out).ok();
    assertEquals(ran.out(), Files.readString(out));
    assertTrue(
        ran.out().matches("(?s).*\\| warm \\| \\d\\.\\d{3} \\| \\d+\\.\\d{3} \\| .*"), ran.out());
    assertTrue(ran.out().matches("(?s).*\\| blur \\| \\d\\.\\d{3} \\|  \\| .*"), ran.out());
    // Tiny models change every picture, and twice the strength changes it more.
    assertTrue(ran.out().contains("100.0 %"), ran.out());
    assertEquals(ran.out(), charts("--tasks", "warm,blur").ok().out(), "the same every time");
  }

  @Test
  void nonsenseIsRefused() {
    charts("--tasks", "warmth").failed(ExitCode.USAGE, "warmth");
    Ran.mneme("charts", "--rounds", "0").failed(ExitCode.USAGE, "at least 1");
  }
}

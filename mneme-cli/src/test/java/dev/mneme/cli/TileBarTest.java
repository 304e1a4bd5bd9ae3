package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TileBarTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final StringWriter drawn = new StringWriter();

  @Test
  void quickWorkShowsNothing() {
    try (TileBar bar = new TileBar("a.jpg", new PrintWriter(drawn), clock::get)) {
      clock.set(SECOND);
      bar.tile(9, 10);
    }
    assertEquals("", drawn.toString());
  }

  @Test
  void longWorkShowsHowFarItIsAndThenCleansUp() {
    try (TileBar bar = new TileBar("a.jpg", new PrintWriter(drawn), clock::get)) {
      clock.set(3 * SECOND);
      bar.tile(5, 10);
      bar.tile(10, 10);
    }
    String text = drawn.toString();
    assertTrue(text.contains("a.jpg 100%") && text.contains("10/10"), text);
    assertTrue(text.endsWith("\r" + " ".repeat(79) + "\r"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 79), "no line wraps");
  }

  @Test
  void withoutATerminalThereIsNoBar() {
    try (TileBar bar = new TileBar("a.jpg", null, clock::get)) {
      clock.set(9 * SECOND);
      bar.tile(1, 10);
    }
    assertEquals("", drawn.toString());
  }
}

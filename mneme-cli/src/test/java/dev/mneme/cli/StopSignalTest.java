package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.learn.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a process of its own, which is told to stop in the middle of a step. */
class StopSignalTest {
  /** Steps that take a while and say when they begin and end. */
  static final class Steps {
    public static void main(String[] args) throws InterruptedException {
      try (StopSignal stop = new StopSignal("Stopped.")) {
        Progress progress = stop.between(Progress.NONE);
        for (int i = 1; ; i++) {
          System.out.println("begin " + i);
          Thread.sleep(400);
          System.out.println("end " + i);
          progress.step(i, Long.MAX_VALUE, 0);
        }
      }
    }
  }

  @Test
  void aStepUnderWayIsTakenToItsEnd() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("begin 2")) {
        line = out.readLine();
      }
      process.toHandle().destroy(); // SIGTERM; leaves the streams open
      List<String> rest = out.lines().toList();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the process ends");
      assertEquals(130, process.exitValue());
      assertTrue(rest.contains("Stopped."), rest.toString());
      assertEquals("end 2", rest.get(rest.size() - 1), rest.toString());
    } finally {
      process.destroyForcibly();
    }
  }
}

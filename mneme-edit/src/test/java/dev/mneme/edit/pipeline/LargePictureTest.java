package dev.mneme.edit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.picture.RasterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A picture that would not fit if it were held as floats, edited by a process of its own. */
class LargePictureTest {
  private static final int WIDTH = 1_500;
  private static final int HEIGHT = 8_000;

  /** Room for the picture and its edit in bytes, 72 MB; its floats alone would be 144 MB. */
  private static final String HEAP = "-Xmx160m";

  /** High enough that the allocators and the compiler have taken what they take once. */
  private static final int WARM = 2_000;

  /** What the pictures differ by, 54 MB, and as much again; their floats alone would be 108 MB. */
  private static final long MOST = 108L << 20;

  @Test
  void memoryDoesNotGrowWithTheHeight() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    String last = out.lines().reduce((a, b) -> b).orElseThrow();
    long grown = Long.parseLong(last.replaceFirst("peak grew by ", ""));
    assertTrue(grown < MOST, out);
  }

  /**
   * Edits a picture, then one four times as high of the same width, and tells how the peak grew.
   */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      EditorBase base = StrokeTest.pointwise(StrokeTest.WIDE, 0.5, 0.2);
      edit(base, WARM);
      long before = peak();
      edit(base, HEIGHT);
      System.out.println("peak grew by " + (peak() - before));
    }

    private static void edit(EditorBase base, int height) {
      RasterImage edited =
          StrokeTest.stroke(base, new RasterImage(WIDTH, height), 1, TileProgress.NONE);
      for (int y = 0; y < height; y++) {
        if (edited.rgbAt(y % WIDTH, y) != 0x333333) {
          throw new IllegalStateException("row %d is %x".formatted(y, edited.rgbAt(y % WIDTH, y)));
        }
      }
    }

    /**
     * The most resident memory this process ever held, in bytes; 0 where the system does not say.
     */
    private static long peak() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      String line =
          Files.readAllLines(status).stream()
              .filter(l -> l.startsWith("VmHWM:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
  }
}

package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.measure.Gallery;
import dev.mneme.edit.picture.RasterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GalleryCommandTest extends TinyInstallation {
  private static final Pattern PICTURE = Pattern.compile("!\\[[a-z_]+\\]\\(([^)]+)\\)");

  private Ran gallery(Path out, Object... more) {
    Object[] all = java.util.Arrays.copyOf(more, more.length + 9);
    Object[] fixed = {
      "gallery", "--out", out, "--models", models, "--photos", photos, "--size", "32"
    };
    System.arraycopy(more, 0, all, fixed.length, more.length);
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    return Ran.mneme(all);
  }

  @Test
  void writesFourPairsInARowAndTheSameAgain() throws IOException {
    Path out = folder.resolve("gallery");
    Ran ran = gallery(out, "--pairs", "6").ok();
    assertTrue(ran.out().startsWith(out.resolve("README.md") + "  6 pairs, "), ran.out());

    String page = Files.readString(out.resolve(Gallery.PAGE));
    List<String> pictures = PICTURE.matcher(page).results().map(found -> found.group(1)).toList();
    assertEquals(6, pictures.size(), page);
    for (String name : pictures) {
      RasterImage pair = PhotoFiles.read(out.resolve(name));
      assertEquals(2 * 32 + 2, pair.width(), "before, a line, after");
    }
    assertEquals(7 + 1, PhotoFiles.snapshot(out).size(), "pictures, page, nothing else");
    long rows = page.lines().filter(line -> line.startsWith("| ![")).count();
    assertEquals(2, rows, "four pairs in a row");
    Matcher first = Pattern.compile("(?m)^\\| !\\[.*\n\\| (.*) \\|$").matcher(page);
    assertTrue(first.find());
    assertEquals(4, first.group(1).split(" \\| ").length, "a sentence below each");

    TreeMap<String, String> before = PhotoFiles.snapshot(out);
    Files.write(out.resolve("99-blur.jpg"), new byte[3]);
    Files.writeString(out.resolve("notes.txt"), "mine");
    gallery(out, "--pairs", "6").ok();
    before.put("notes.txt", "mine");
    assertEquals(before, PhotoFiles.snapshot(out), "the same, without what is left of others");
  }

  @Test
  void refusesWhatCannotBeShown() throws IOException {
    Path out = folder.resolve("gallery");
    gallery(out, "--pairs", "0").failed(ExitCode.USAGE, "at least 1 pair");
    Files.writeString(photos.resolve("SPLIT.tsv"), "one.png\ttrain\n");
    gallery(out).failed(ExitCode.EMPTY, "held-out");
    Ran.mneme("gallery", "--out", out, "--photos", folder.resolve("none"))
        .failed(ExitCode.NOT_FOUND, "none");
    assertFalse(Files.exists(out));
  }
}

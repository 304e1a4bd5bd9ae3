package dev.mneme.edit.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.PictureException;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.picture.Resize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  private static final Path PHOTOS = Path.of("..", "photos");

  @TempDir Path folder;

  @Test
  void theShippedPhotographsAreSplitBySubjectAndCredited() throws IOException {
    Corpus corpus = Corpus.load(PHOTOS);
    assertEquals(50, corpus.heldOut().size());
    Set<String> all = new TreeSet<>(names(corpus.train()));
    all.addAll(names(corpus.heldOut()));
    assertEquals(corpus.train().size() + 50, all.size());
    assertTrue(names(corpus.heldOut()).contains("red_panda.jpg"));

    Set<String> subjects = stems(corpus.train());
    subjects.retainAll(stems(corpus.heldOut()));
    assertEquals(Set.of(), subjects, "subjects on both sides of the split");

    Set<String> credited =
        Files.readAllLines(PHOTOS.resolve("CREDITS.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(credited, all);
  }

  @Test
  void cropsComeFromTheDecodedFile() throws IOException {
    Photo panda =
        Corpus.load(PHOTOS).heldOut().stream()
            .filter(p -> p.name().equals("red_panda.jpg"))
            .findFirst()
            .orElseThrow();
    assertEquals(1280, panda.width());
    assertEquals(720, panda.height());
    Picture whole = panda.image().toPicture();
    assertArrayEquals(
        whole.crop(1000, 500, 64, 48).rgb(), panda.crop(1000, 500, 64, 48, 64, 48).rgb());
    Picture half = Resize.to(whole.crop(200, 100, 600, 400), 300, 200);
    assertEquals(
        0, Pictures.largestDifference(half, panda.crop(200, 100, 600, 400, 300, 200)), 3e-6);
  }

  @Test
  void aFolderWithoutASplitIsAllTrainUnlessHashed() throws IOException {
    for (int i = 0; i < 300; i++) {
      Files.write(
          folder.resolve("p%03d.%s".formatted(i, List.of("jpg", "PNG", "webp").get(i % 3))),
          new byte[] {1});
    }
    Files.writeString(folder.resolve("notes.txt"), "not a picture");
    Corpus all = Corpus.load(folder);
    assertEquals(300, all.train().size());
    assertEquals(List.of(), all.heldOut());

    Corpus hashed = Corpus.loadHashed(folder);
    assertEquals(300, hashed.train().size() + hashed.heldOut().size());
    assertTrue(
        hashed.heldOut().size() >= 40 && hashed.heldOut().size() <= 80,
        "held out " + hashed.heldOut().size());
    List<String> before = names(hashed.heldOut());
    Files.delete(hashed.train().get(0).path());
    assertEquals(before, names(Corpus.loadHashed(folder).heldOut()), "others decide nothing");
  }

  @Test
  void plusKeepsBothSides() throws IOException {
    Files.write(folder.resolve("one.png"), new byte[] {1});
    Corpus both = Corpus.load(folder).plus(Corpus.load(PHOTOS));
    assertEquals("one.png", both.train().get(0).name());
    assertEquals(150, both.train().size());
    assertEquals(50, both.heldOut().size());
  }

  @Test
  void mistakesInAFolderAreNamed() throws IOException {
    assertThrows(IOException.class, () -> Corpus.load(folder.resolve("missing")));
    assertMessage("found none", folder);
    Path file = Files.writeString(folder.resolve("a.jpg"), "x");
    assertMessage("found a file", file);
    Path split = folder.resolve(Corpus.SPLIT);
    Files.writeString(split, "a.jpg\ttrain\nb.jpg\ttrain\n");
    assertMessage("line 2: expected the file 'b.jpg'", folder);
    Files.writeString(split, "a.jpg\ttest\n");
    assertMessage("line 1: expected a file name", folder);
    Files.writeString(split, "a.jpg\ttrain\n\na.jpg\theldout\n");
    assertMessage("line 3: expected every file once", folder);
  }

  @Test
  void aFileThatIsNoPictureIsToldAtItsFirstUse() throws IOException {
    Files.writeString(folder.resolve("a.jpg"), "not a picture");
    Photo photo = Corpus.load(folder).train().get(0);
    UncheckedIOException failure = assertThrows(UncheckedIOException.class, photo::width);
    assertEquals(
        PictureException.Kind.NOT_A_PICTURE, ((PictureException) failure.getCause()).kind());
  }

  @Test
  void theCacheForgetsTheLeastRecentlyUsed() {
    List<String> decoded = new ArrayList<>();
    PhotoCache cache =
        new PhotoCache(
            2 * 300,
            path -> {
              decoded.add(path.toString());
              return new RasterImage(10, 10);
            });
    RasterImage a = cache.get(Path.of("a"));
    cache.get(Path.of("b"));
    assertSame(a, cache.get(Path.of("a")));
    cache.get(Path.of("c"));
    assertEquals(600, cache.bytes());
    assertSame(a, cache.get(Path.of("a")));
    cache.get(Path.of("b"));
    assertEquals(List.of("a", "b", "c", "b"), decoded);
  }

  @Test
  void manyThreadsSeeTheSamePixels() throws Exception {
    Corpus corpus = Corpus.load(PHOTOS);
    List<Photo> small = corpus.train().stream().filter(p -> p.name().startsWith("hammer")).toList();
    assertFalse(small.isEmpty());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> crops =
          IntStream.range(0, 40)
              .mapToObj(
                  i -> threads.submit(() -> small.get(i % 2).crop(5, 6, 100, 90, 32, 32).rgb()))
              .toList();
      for (int i = 2; i < 40; i++) {
        assertArrayEquals(crops.get(i % 2).get(), crops.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void withinKeepsProportions() throws IOException {
    Photo photo = Corpus.load(PHOTOS).heldOut().get(0);
    Picture small = photo.within(64);
    assertEquals(64, Math.max(small.width(), small.height()));
    assertEquals(
        (double) photo.width() / photo.height(), (double) small.width() / small.height(), 0.03);
    assertEquals(photo.width(), photo.within(100_000).width());
  }

  private static void assertMessage(String expected, Path folder) {
    String message = assertThrows(IOException.class, () -> Corpus.load(folder)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static List<String> names(List<Photo> photos) {
    return photos.stream().map(Photo::name).toList();
  }

  private static Set<String> stems(List<Photo> photos) {
    return photos.stream()
        .map(p -> p.name().replaceFirst("_?\\d*\\.jpg$", ""))
        .collect(Collectors.toCollection(HashSet::new));
  }
}

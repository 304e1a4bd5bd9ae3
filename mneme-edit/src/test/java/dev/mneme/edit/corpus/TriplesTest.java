package dev.mneme.edit.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriplesTest {
  @TempDir Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    PictureWriter.write(folder.resolve("a.png"), Pictures.scene(20, 13), "");
    PictureWriter.write(folder.resolve("out/a.png"), Pictures.scene(20, 13), "");
    PictureWriter.write(folder.resolve("wide.png"), Pictures.scene(21, 13), "");
  }

  private Triples csv(String... lines) throws IOException {
    Files.writeString(folder.resolve("manifest.csv"), String.join("\n", lines) + "\n");
    return Triples.load(folder);
  }

  private Triples jsonl(String... lines) throws IOException {
    Files.writeString(folder.resolve("manifest.jsonl"), String.join("\n", lines));
    return Triples.load(folder);
  }

  private static void same(Triples found) {
    assertEquals(1, found.train().size());
    assertEquals(1, found.heldOut().size());
    Triple first = found.train().get(0);
    assertEquals("warmer, \"please\"", first.sentence());
    assertEquals("mine", first.task());
    assertEquals("a.png", first.before().name());
    assertEquals(20, first.after().width());
    assertTrue(first.origin().endsWith(", line 2") || first.origin().endsWith(", line 1"));
    assertEquals(Triples.TASK, found.heldOut().get(0).task());
    assertEquals(2, found.files().size());
  }

  @Test
  void bothFormsSayTheSame() throws IOException {
    same(
        csv(
            "split,sentence,after,before,task",
            "train,\"warmer, \"\"please\"\"\",out/a.png,a.png,mine",
            "",
            "held-out, cooler ,a.png,out/a.png,"));
    Files.delete(folder.resolve("manifest.csv"));
    same(
        jsonl(
            "{\"before\":\"a.png\",\"after\":\"out/a.png\",\"sentence\":\"warmer, \\\"please\\\"\",\"task\":\"mine\"}",
            "",
            "{\"split\":\"held-out\",\"before\":\"a.png\",\"after\":\"out/a.png\",\"sentence\":\"cooler\"}"));
  }

  @Test
  void everyWrongLineIsNamed() {
    ManifestException e =
        assertThrows(
            ManifestException.class,
            () ->
                csv(
                    "before,after,sentence,split",
                    "a.png,out/a.png,warm,",
                    "a.png,out/a.png,,train",
                    "a.png,none.png,warm,train",
                    "a.png,wide.png,warm,train",
                    "a.png,out/a.png,warm,test"));
    assertEquals(
        List.of(3, 4, 5, 6), e.faults().stream().map(ManifestException.Fault::line).toList());
    String said = e.getMessage();
    for (String part :
        List.of(
            "manifest.csv, line 3: expected something under 'sentence', found nothing",
            "line 4: expected a picture under 'after', found none.png",
            "line 5: expected before and after of one size, found 20 x 13 and 21 x 13",
            "line 6: expected 'train' or 'held-out' under 'split', found 'test'")) {
      assertTrue(said.contains(part), said);
    }
  }

  @Test
  void malformedTablesAreNamedByLine() {
    requireFault("line 1: expected columns among", "befor,after,sentence", "a.png,a.png,warm");
    requireFault("line 1: expected a header", "before,before,sentence", "a.png,a.png,warm");
    requireFault(
        "line 3: expected 3 cells, found 4 cells",
        "before,after,sentence",
        "a.png,a.png,warm",
        "a.png,a.png,warm, and bright");
    requireFault(
        "line 3: expected cells, quoted",
        "before,after,sentence",
        "a.png,a.png,warm",
        "a.png,a.png,\"warm\"er");
    requireFault("expected at least one triple to learn from", "before,after,sentence");
    requireFault("found none", "before,after,sentence,split", "a.png,a.png,warm,held-out");
  }

  private void requireFault(String said, String... lines) {
    ManifestException e = assertThrows(ManifestException.class, () -> csv(lines));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void malformedJsonLinesAreNamed() {
    ManifestException e =
        assertThrows(
            ManifestException.class,
            () -> jsonl("{\"before\":\"a.png\"", "[1]", "{\"before\":3}", "{\"befor\":\"a.png\"}"));
    assertEquals(
        List.of(1, 2, 3, 4), e.faults().stream().map(ManifestException.Fault::line).toList());
    assertTrue(
        e.getMessage().contains("line 3: expected text for 'before', found 3"), e.getMessage());
  }

  @Test
  void onlyTheFirstFaultsAreListed() {
    String[] lines = new String[31];
    java.util.Arrays.fill(lines, "a.png,none.png,warm");
    lines[0] = "before,after,sentence";
    ManifestException e = assertThrows(ManifestException.class, () -> csv(lines));
    assertEquals(30, e.faults().size());
    assertTrue(e.getMessage().contains("and 20 more"), e.getMessage());
  }

  @Test
  void aFolderHasOneManifest() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Triples.load(folder));
    assertThrows(NotDirectoryException.class, () -> Triples.load(folder.resolve("none")));
    csv("before,after,sentence", "a.png,a.png,warm");
    IOException e = assertThrows(IOException.class, () -> jsonl("{}"));
    assertTrue(e.getMessage().contains("found both"), e.getMessage());
  }
}

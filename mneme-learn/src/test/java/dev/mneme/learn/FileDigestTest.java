package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestTest {
  @TempDir Path folder;

  @Test
  void isSha256OverLengthsNamesAndBytes() throws IOException {
    Path file = Files.writeString(folder.resolve("b"), "xyz");
    // printf '\0\0\0\1a\0\0\0\0\0\0\0\3xyz' | sha256sum
    assertEquals(
        "d89a876d522f44fc4e03c2a0612e9c0106749611a58cd2e4c4161dfa971f9ddf",
        new FileDigest().add("a", file).hex());
  }

  @Test
  void namesBytesAndOrderAllCount() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "ab");
    Path two = Files.writeString(folder.resolve("two"), "c");
    String digest = new FileDigest().add("x", one).add("y", two).hex();
    assertEquals(digest, new FileDigest().add("x", one).add("y", two).hex());
    assertNotEquals(digest, new FileDigest().add("y", two).add("x", one).hex());
    assertNotEquals(digest, new FileDigest().add("x", two).add("y", one).hex());
    Files.writeString(one, "a");
    Files.writeString(two, "bc"); // the same bytes, cut elsewhere
    assertNotEquals(digest, new FileDigest().add("x", one).add("y", two).hex());
  }

  @Test
  void aFolderIsItsFilesWhereverItLies() throws IOException {
    for (String place : new String[] {"here", "there/deep"}) {
      Path inner = Files.createDirectories(folder.resolve(place).resolve("inner"));
      Files.writeString(inner.resolve("2"), "two");
      Files.writeString(inner.resolveSibling("1"), "one");
    }
    String digest = new FileDigest().addAll(folder.resolve("here")).hex();
    assertEquals(digest, new FileDigest().addAll(folder.resolve("there/deep")).hex());
    Files.writeString(folder.resolve("here/inner/2"), "too");
    assertNotEquals(digest, new FileDigest().addAll(folder.resolve("here")).hex());
  }
}

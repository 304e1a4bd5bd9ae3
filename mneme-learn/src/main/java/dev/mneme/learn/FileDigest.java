package dev.mneme.learn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * SHA-256 over names and contents of files, in the order in which they are added. Names and
 * contents are preceded by their lengths, so that none can pass for another's.
 */
public final class FileDigest {
  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest sha;

  public FileDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Adds one file.
   *
   * @param name what it is called, whatever folder it lies in
   * @throws IOException if it cannot be read
   */
  public FileDigest add(String name, Path file) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(text.length).array());
    sha.update(text);
    sha.update(ByteBuffer.allocate(8).putLong(Files.size(file)).array());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
    }
    return this;
  }

  /**
   * Adds a file under its own name, or all files of a folder and the folders inside it under their
   * paths from there, in order of these.
   *
   * @throws IOException if something cannot be read
   */
  public FileDigest addAll(Path fileOrFolder) throws IOException {
    if (!Files.isDirectory(fileOrFolder)) {
      return add(fileOrFolder.getFileName().toString(), fileOrFolder);
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(fileOrFolder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    List<String> names =
        files.stream()
            .map(file -> fileOrFolder.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .toList();
    for (String name : names) {
      add(name, fileOrFolder.resolve(name));
    }
    return this;
  }

  /** 64 hexadecimal digits over all that was added; the digest is empty again afterwards. */
  public String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }
}

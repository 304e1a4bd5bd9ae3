package dev.mneme.edit.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which models an edit was made with, as a picture's provenance tells: the first 12 digits of the
 * SHA-256 of their weights.
 *
 * @param editor of the base
 * @param memory of the first memory, then {@code +} and that of each beside it
 */
record ModelDigests(String editor, String memory) {
  private static final int DIGITS = 12;

  /**
   * Reads all weights of a folder of models.
   *
   * @throws IOException if some cannot be read
   */
  static ModelDigests of(Path models) throws IOException {
    StringBuilder memory = new StringBuilder(digest(models.resolve(Memories.FIRST)));
    for (Path place : Memories.beside(models)) {
      memory.append('+').append(digest(place));
    }
    return new ModelDigests(digest(models.resolve(Memories.EDITOR)), memory.toString());
  }

  private static String digest(Path model) throws IOException {
    try (InputStream in = Files.newInputStream(model.resolve("model.safetensors"))) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
      return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}

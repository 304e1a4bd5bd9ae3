package dev.mneme.edit.corpus;

import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.learn.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Photographs to learn from and others to measure with. A folder says which is which in {@value
 * #SPLIT}: one line a file, its name, a tab, and {@code train} or {@code heldout}. Immutable and
 * safe for any number of threads.
 */
public final class Corpus {
  /** Name of the file that splits a folder. */
  public static final String SPLIT = "SPLIT.tsv";

  /**
   * Pixel memory a corpus keeps decoded; the photographs of this project take about a quarter of
   * it.
   */
  private static final long CACHE_BYTES = 640L << 20;

  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp");

  private final List<Photo> train;
  private final List<Photo> heldOut;

  private Corpus(List<Photo> train, List<Photo> heldOut) {
    this.train = List.copyOf(train);
    this.heldOut = List.copyOf(heldOut);
  }

  /**
   * Opens a folder without decoding anything: split by its {@value #SPLIT} if it has one, otherwise
   * every picture file directly inside it is for training, in the order of names.
   *
   * @throws IOException if the folder cannot be read, holds no picture, or its split is malformed
   *     or names a missing file
   */
  public static Corpus load(Path folder) throws IOException {
    return load(folder, name -> false);
  }

  /**
   * As {@link #load(Path)}, but a folder without {@value #SPLIT} is split by a hash of the file
   * names: about one photograph in five is held out, and adding or removing others never moves it.
   */
  public static Corpus loadHashed(Path folder) throws IOException {
    return load(folder, Corpus::hashedOut);
  }

  private static Corpus load(Path folder, Predicate<String> otherwiseHeldOut) throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(
          folder.toString(), null, "expected a folder of photographs, found nothing");
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + ": expected a folder of photographs, found a file");
    }
    PhotoCache cache = new PhotoCache(CACHE_BYTES, Corpus::decode);
    List<Photo> train = new ArrayList<>();
    List<Photo> heldOut = new ArrayList<>();
    if (Files.exists(folder.resolve(SPLIT))) {
      readSplit(folder, cache, train, heldOut);
    } else {
      for (Path file : pictureFiles(folder)) {
        (otherwiseHeldOut.test(file.getFileName().toString()) ? heldOut : train)
            .add(new Photo(file, cache));
      }
    }
    if (train.isEmpty() && heldOut.isEmpty()) {
      throw new IOException(
          folder
              + ": expected photographs (.jpg, .jpeg, .png, .webp) directly inside this folder, found none");
    }
    return new Corpus(train, heldOut);
  }

  private static void readSplit(
      Path folder, PhotoCache cache, List<Photo> train, List<Photo> heldOut) throws IOException {
    Path split = folder.resolve(SPLIT);
    List<String> lines = Files.readAllLines(split, StandardCharsets.UTF_8);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).split("\t", -1);
      String place = split + ", line " + (i + 1) + ": ";
      if (cells.length != 2 || !(cells[1].equals("train") || cells[1].equals("heldout"))) {
        throw new IOException(
            place
                + "expected a file name, a tab, and 'train' or 'heldout', found '"
                + lines.get(i)
                + "'");
      }
      Path file = folder.resolve(cells[0]);
      if (!Files.isRegularFile(file)) {
        throw new IOException(
            place + "expected the file '" + cells[0] + "' in the same folder, found none");
      }
      if (!seen.add(cells[0])) {
        throw new IOException(place + "expected every file once, found '" + cells[0] + "' again");
      }
      (cells[1].equals("train") ? train : heldOut).add(new Photo(file, cache));
    }
  }

  private static List<Path> pictureFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(Corpus::isPicture).sorted().toList();
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean hashedOut(String name) {
    // SHA-256 rather than a checksum: numbered names differ in a digit only, and must still spread
    // evenly.
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Math.floorMod(ByteBuffer.wrap(hash).getInt(), 5) == 0;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  private static RasterImage decode(Path file) {
    try {
      return new PictureReader().read(file).image();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The photographs of both, this corpus first; each keeps its side of the split and its own cache.
   */
  public Corpus plus(Corpus other) {
    List<Photo> bothTrain = new ArrayList<>(train);
    bothTrain.addAll(other.train);
    List<Photo> bothHeldOut = new ArrayList<>(heldOut);
    bothHeldOut.addAll(other.heldOut);
    return new Corpus(bothTrain, bothHeldOut);
  }

  /** Photographs to learn from. */
  public List<Photo> train() {
    return train;
  }

  /** Photographs to measure with: never learned from. */
  public List<Photo> heldOut() {
    return heldOut;
  }

  /**
   * SHA-256 over photographs' names and contents, in their order.
   *
   * @throws IOException if one cannot be read
   */
  public static String digest(List<Photo> photos) throws IOException {
    FileDigest digest = new FileDigest();
    for (Photo photo : photos) {
      digest.add(photo.name(), photo.path());
    }
    return digest.hex();
  }
}

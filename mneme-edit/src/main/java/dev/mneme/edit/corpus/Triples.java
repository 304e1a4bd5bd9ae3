package dev.mneme.edit.corpus;

import dev.mneme.edit.corpus.ManifestException.Fault;
import dev.mneme.edit.picture.PictureException;
import dev.mneme.edit.picture.PictureHeader;
import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.RasterImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of (before, after, sentence) triples with a manifest, {@code manifest.csv} or {@code
 * manifest.jsonl}. Its columns are {@code before} and {@code after}, files named from the folder;
 * {@code sentence}; and, where wanted, {@code task}, a name for curves, and {@code split}, {@code
 * train} or {@code held-out}. Immutable and safe for any number of threads.
 *
 * @param manifest the file that lists them
 * @param train to learn from
 * @param heldOut to measure with: never learned from
 */
public record Triples(Path manifest, List<Triple> train, List<Triple> heldOut) {
  /** What triples without a task are called. */
  public static final String TASK = "triples";

  private static final String TRAIN = "train";
  private static final String HELD_OUT = "held-out";
  private static final List<String> REQUIRED = List.of("before", "after", "sentence");
  private static final Set<String> COLUMNS =
      new LinkedHashSet<>(List.of("before", "after", "sentence", "task", "split"));

  /** Pixel memory the pictures may keep decoded. */
  private static final long CACHE_BYTES = 640L << 20;

  public Triples {
    train = List.copyOf(train);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Opens a folder. Reads the heads of all pictures, since before and after must have one size, and
   * decodes none.
   *
   * @throws ManifestException if lines of the manifest are wrong, or it has none to learn from
   * @throws IOException if the folder or its manifest cannot be read
   */
  public static Triples load(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(
          folder + ": expected a folder of triples with a manifest, found none");
    }
    Path manifest = ManifestRows.find(folder);
    List<Fault> faults = new ArrayList<>();
    List<ManifestRows.Row> rows = ManifestRows.read(manifest, COLUMNS, faults);
    PhotoCache cache = new PhotoCache(CACHE_BYTES, Triples::decode);
    List<Triple> train = new ArrayList<>();
    List<Triple> heldOut = new ArrayList<>();
    if (faults.isEmpty()) {
      for (ManifestRows.Row row : rows) {
        Optional<Fault> fault = fault(folder, row);
        if (fault.isPresent()) {
          faults.add(fault.get());
          continue;
        }
        Map<String, String> cells = row.cells();
        Triple triple =
            new Triple(
                new Photo(folder.resolve(cells.get("before")), cache),
                new Photo(folder.resolve(cells.get("after")), cache),
                cells.get("sentence"),
                cells.getOrDefault("task", TASK),
                manifest + ", line " + row.line());
        (HELD_OUT.equals(cells.get("split")) ? heldOut : train).add(triple);
      }
      if (faults.isEmpty() && train.isEmpty()) {
        faults.add(new Fault(1, "at least one triple to learn from below", "none"));
      }
    }
    if (!faults.isEmpty()) {
      throw new ManifestException(manifest, faults);
    }
    return new Triples(manifest, train, heldOut);
  }

  private static Optional<Fault> fault(Path folder, ManifestRows.Row row) {
    Map<String, String> cells = row.cells();
    for (String column : REQUIRED) {
      if (!cells.containsKey(column)) {
        return Optional.of(new Fault(row.line(), "something under '" + column + "'", "nothing"));
      }
    }
    String split = cells.getOrDefault("split", TRAIN);
    if (!split.equals(TRAIN) && !split.equals(HELD_OUT)) {
      return Optional.of(
          new Fault(row.line(), "'train' or 'held-out' under 'split'", "'" + split + "'"));
    }
    List<PictureHeader> heads = new ArrayList<>();
    for (String column : List.of("before", "after")) {
      String name = cells.get(column);
      try {
        heads.add(new PictureReader().header(folder.resolve(name)));
      } catch (PictureException | InvalidPathException e) {
        return Optional.of(
            new Fault(
                row.line(),
                "a picture under '" + column + "'",
                "%s (%s)".formatted(name, e.getMessage())));
      }
    }
    PictureHeader before = heads.get(0);
    PictureHeader after = heads.get(1);
    return before.width() == after.width() && before.height() == after.height()
        ? Optional.empty()
        : Optional.of(
            new Fault(
                row.line(),
                "before and after of one size",
                "%d x %d and %d x %d"
                    .formatted(before.width(), before.height(), after.width(), after.height())));
  }

  private static RasterImage decode(Path file) {
    try {
      return new PictureReader().read(file).image();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every picture once, in the manifest's order of first mention, training first. */
  public List<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    for (List<Triple> part : List.of(train, heldOut)) {
      for (Triple triple : part) {
        files.add(triple.before().path());
        files.add(triple.after().path());
      }
    }
    return List.copyOf(files);
  }
}

package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.picture.PictureFormat;
import dev.mneme.edit.picture.PictureWriter;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.picture.SideBySide;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.tensor.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of edits before and after, of held-out photographs by held-out wording. The same
 * photographs, models and plan give the same page.
 */
public final class Gallery {
  /** The page's name inside its folder. */
  public static final String PAGE = "README.md";

  /** Bytes that all pictures of a gallery may take together, for it is kept with the sources. */
  public static final long MOST_BYTES = 3_000_000;

  private static final int ACROSS = 4;
  private static final Pattern PICTURE = Pattern.compile("\\d{2,}-[a-z_]+\\.jpg");

  private Gallery() {}

  /**
   * Edits all pairs, then writes their pictures and the page; pictures of an earlier gallery that
   * are not of this one are removed. Nothing is written before everything is edited.
   *
   * @param folder made if it is not there
   * @param photos held out from training, at least one
   * @param progress told after every pair
   * @return bytes of all pictures
   * @throws IOException if the disk refuses, or the pictures take more than {@link #MOST_BYTES}
   */
  public static long write(
      Path folder, List<Photo> photos, Editor editor, GalleryPlan plan, TileProgress progress)
      throws IOException {
    if (photos.isEmpty()) {
      throw new IllegalArgumentException("Expected held-out photographs, found none");
    }
    List<GalleryPair> pairs = GalleryPair.choose(photos, plan.pairs());
    Map<String, byte[]> files = new LinkedHashMap<>();
    long bytes = 0;
    for (GalleryPair pair : pairs) {
      byte[] jpeg = jpeg(pair, editor, plan.longest());
      bytes += jpeg.length;
      files.put(pair.fileName(), jpeg);
      progress.tile(files.size(), pairs.size());
    }
    if (bytes > MOST_BYTES) {
      throw new IOException(
          "Expected pictures of at most %,d bytes, found %,d for %d pairs of %d pixels. Ask for fewer or smaller ones"
              .formatted(MOST_BYTES, bytes, plan.pairs(), plan.longest()));
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      AtomicFiles.write(folder.resolve(file.getKey()), out -> out.write(file.getValue()));
    }
    AtomicFiles.writeString(folder.resolve(PAGE), page(pairs, editor));
    removeOthers(folder, files);
    return bytes;
  }

  private static byte[] jpeg(GalleryPair pair, Editor editor, int longest) throws IOException {
    RasterImage before = pair.before(longest);
    try (Operator operator = editor.recall(before, pair.sentence())) {
      RasterImage after = editor.apply(before, operator, 1, TileProgress.NONE);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PictureWriter.encode(SideBySide.of(before, after), PictureFormat.JPEG, "", out);
      return out.toByteArray();
    }
  }

  private static String page(List<GalleryPair> pairs, Editor editor) {
    StringBuilder out = new StringBuilder("# Gallery\n\n");
    out.append("Before and after, by the sentence below. No photograph and no sentence here was ")
        .append("trained on. Where the wish is a repair, the program did the damage first. ")
        .append("Nothing was chosen: tasks, photographs and sentences come in turn. Made by ")
        .append("`mneme gallery --out docs/gallery`, models editor=")
        .append(editor.editorDigest())
        .append(" memory=")
        .append(editor.memoryDigest())
        .append(".\n\n")
        .append("| ".repeat(ACROSS))
        .append("|\n")
        .append("|---".repeat(ACROSS))
        .append("|\n");
    for (int first = 0; first < pairs.size(); first += ACROSS) {
      List<GalleryPair> row = pairs.subList(first, Math.min(first + ACROSS, pairs.size()));
      row.forEach(p -> out.append("| ![%s](%s) ".formatted(p.task().name(), p.fileName())));
      out.append("|\n");
      row.forEach(p -> out.append("| ").append(p.sentence().replace("|", "\\|")).append(' '));
      out.append("|\n");
    }
    return out.toString();
  }

  private static void removeOthers(Path folder, Map<String, byte[]> kept) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (PICTURE.matcher(name).matches() && !kept.containsKey(name)) {
          Files.delete(file);
        }
      }
    }
  }
}

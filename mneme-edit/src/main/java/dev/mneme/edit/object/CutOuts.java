package dev.mneme.edit.object;

import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.RasterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of cut-outs: square pictures with transparency, and {@value #TABLE} with a line for
 * each: its file, {@code train} or {@code heldout}, its English and its Chinese names parted by |.
 *
 * @param train to learn from
 * @param heldOut to measure with: objects that no one has learned
 */
public record CutOuts(List<CutOut> train, List<CutOut> heldOut) {
  /** The file that lists a folder's cut-outs. */
  public static final String TABLE = "OBJECTS.tsv";

  public CutOuts {
    train = List.copyOf(train);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads a folder.
   *
   * @throws IOException if the table or a picture is missing or malformed
   */
  public static CutOuts load(Path folder) throws IOException {
    Path table = folder.resolve(TABLE);
    if (!Files.isRegularFile(table)) {
      throw new NoSuchFileException(
          table.toString(), null, "expected a table of cut-outs, found no such file");
    }
    Map<String, List<CutOut>> splits = new HashMap<>();
    splits.put("train", new ArrayList<>());
    splits.put("heldout", new ArrayList<>());
    PictureReader reader = new PictureReader();
    List<String> lines = Files.readAllLines(table);
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\t");
      if (cells.length != 4 || !splits.containsKey(cells[1])) {
        throw new IOException(
            "%s, line %d: expected a file, train or heldout, English and Chinese names, found \"%s\""
                .formatted(table, i + 1, lines.get(i)));
      }
      RasterImage image = reader.read(folder.resolve(cells[0])).image();
      splits.get(cells[1]).add(new CutOut(stem(cells[0]), image, names(cells[2]), names(cells[3])));
    }
    return new CutOuts(splits.get("train"), splits.get("heldout"));
  }

  private static String stem(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('.')));
  }

  private static List<String> names(String cell) {
    return List.of(cell.split("\\|"));
  }
}

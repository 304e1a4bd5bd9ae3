package dev.mneme.edit.bench;

import java.util.List;

/** A Markdown table that can be read as it is: columns stand below each other. */
final class Columns {
  private Columns() {}

  /**
   * @param rows the first is the head; all of one length. Cells after the first stand on the right
   */
  static String of(List<List<String>> rows) {
    int columns = rows.get(0).size();
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        int width = width(rows, c);
        String format = c == 0 ? "| %-" + width + "s " : "| %" + width + "s ";
        out.append(format.formatted(rows.get(r).get(c)));
      }
      out.append("|\n");
      if (r == 0) {
        for (int c = 0; c < columns; c++) {
          out.append('|').append("-".repeat(width(rows, c) + 1)).append(c == 0 ? '-' : ':');
        }
        out.append("|\n");
      }
    }
    return out.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }
}

package dev.mneme.cli.inspect;

import java.util.ArrayList;
import java.util.List;

/** Text in columns; numbers stand on the right. */
final class Table {
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    this.titles = List.of(titles);
    rows.add(this.titles);
  }

  /** Adds a row; numbers are written with thousands apart. */
  void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Number n ? Report.text("%,d", n.longValue()) : cell.toString());
    }
    rows.add(row);
  }

  String text() {
    int[] widths = new int[titles.size()];
    boolean[] numeric = new boolean[titles.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      numeric[c] = rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9.,]*"));
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String space = " ".repeat(widths[c] - row.get(c).length());
        line.append("  ").append(numeric[c] ? space + row.get(c) : row.get(c) + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

package dev.mneme.cli.inspect;

import dev.mneme.tensor.safetensors.TensorInfo;
import dev.mneme.tensor.safetensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The text about one thing: a title, facts, tables. */
final class Report {
  private static final int LONGEST_FACT = 300;

  private final StringBuilder text = new StringBuilder();

  Report title(Object what, String kind) {
    text.append(text.isEmpty() ? "" : "\n").append(what).append(": ").append(kind).append('\n');
    return this;
  }

  Report fact(String name, Object value) {
    String shown = value.toString().replaceAll("\\s+", " ");
    shown = shown.length() <= LONGEST_FACT ? shown : shown.substring(0, LONGEST_FACT) + "…";
    text.append("  ").append(name).append(": ").append(shown).append('\n');
    return this;
  }

  Report table(Table table) {
    text.append('\n').append(table.text());
    return this;
  }

  /** What the writer of a file noted in it. */
  Report metadata(TensorSource source) {
    source.metadata().forEach((key, value) -> fact("metadata " + key, value));
    return this;
  }

  /** The table of all tensors with totals. */
  Report tensors(TensorSource source) throws IOException {
    return tensors(source, name -> true);
  }

  Report tensors(TensorSource source, Predicate<String> wanted) throws IOException {
    List<TensorInfo> infos = new ArrayList<>();
    for (String name : source.names()) {
      if (wanted.test(name)) {
        infos.add(source.info(name));
      }
    }
    Table table = new Table("tensor", "type", "shape", "count", "parameters");
    for (TensorGroup group : TensorGroup.of(infos)) {
      table.row(group.name(), group.dtype(), group.shape(), group.tensors(), group.parameters());
    }
    long values = infos.stream().mapToLong(TensorInfo::elementCount).sum();
    long bytes = infos.stream().mapToLong(TensorInfo::byteCount).sum();
    table(table);
    text.append(text("\n  %,d tensors, %,d parameters, %s\n", infos.size(), values, size(bytes)));
    return this;
  }

  /** Formats alike in every country. */
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String size(long bytes) {
    String[] units = {"KB", "MB", "GB", "TB"};
    double amount = bytes;
    int unit = -1;
    while (amount >= 1000 && unit < units.length - 1) {
      amount /= 1000;
      unit++;
    }
    return unit < 0 ? bytes + " bytes" : text("%.1f %s", amount, units[unit]);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

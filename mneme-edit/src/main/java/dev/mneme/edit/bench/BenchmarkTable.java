package dev.mneme.edit.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.bench.Benchmark.Comparison;
import dev.mneme.edit.bench.Benchmark.MemoryUse;
import dev.mneme.edit.bench.Benchmark.PictureTimes;
import dev.mneme.edit.bench.Benchmark.Side;
import dev.mneme.edit.bench.Benchmark.StageTime;
import dev.mneme.tensor.EngineInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A benchmark as Markdown and as JSON. */
public final class BenchmarkTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MEGABYTE = 1e6;

  private BenchmarkTable() {}

  /** Tables for people; 1 MB is a million bytes. */
  public static String markdown(Benchmark done) {
    StringBuilder out = new StringBuilder();
    Machine machine = done.machine();
    out.append(
        text(
            "%s, %d cores, %.1f GB; %s, heap of at most %.1f GB; %s\n%s\neditor %s, memory %s\n",
            machine.cpu(),
            machine.cores(),
            machine.memoryBytes() / 1e9,
            machine.java(),
            machine.heapBytes() / 1e9,
            machine.os(),
            machine.engine().summary(),
            done.editorDigest(),
            done.memoryDigest()));
    out.append(
        text(
            "Median and fastest of %d runs after %d to warm up, \"%s\"\n",
            done.plan().runs(), done.plan().warmUps(), done.plan().wish()));
    done.pictures().forEach(picture -> append(out, picture));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("comparison", "median, ms", "fastest, ms", "times as fast"));
    for (Comparison c : done.comparisons()) {
      rows.add(row(c.baseline().what(), c.baseline().timing(), "1.00"));
      rows.add(row(c.mneme().what(), c.mneme().timing(), text("%.2f", c.speedup())));
    }
    out.append('\n').append(Columns.of(rows));
    append(out, done.memory(), done.smallEdit());
    return out.toString();
  }

  private static void append(StringBuilder out, PictureTimes picture) {
    List<List<String>> rows = new ArrayList<>();
    String size =
        text("%s megapixels, %d x %d", picture.megapixels(), picture.width(), picture.height());
    rows.add(List.of(size, "median, ms", "fastest, ms", "share"));
    for (StageTime s : picture.stages()) {
      String name = s.calls() == 1 ? s.stage() : s.stage() + ", " + s.calls() + " times";
      rows.add(row(name, s.timing(), text("%.1f %%", 100 * s.share())));
    }
    rows.add(row("whole edit", picture.whole(), ""));
    out.append('\n').append(Columns.of(rows));
    picture
        .peakBytes()
        .ifPresent(
            peak -> out.append(text("Most memory held until then: %.0f MB\n", peak / MEGABYTE)));
  }

  private static void append(StringBuilder out, MemoryUse memory, Timing smallEdit) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("resident memory", "MB"));
    rows.add(List.of("before the models are opened", megabytes(memory.before())));
    rows.add(List.of("after that", megabytes(memory.opened())));
    rows.add(List.of("after %d small edits".formatted(memory.warmUps()), megabytes(memory.warm())));
    rows.add(List.of("after %d more".formatted(memory.edits()), megabytes(memory.after())));
    rows.add(List.of("highest during these", megabytes(memory.highest())));
    out.append('\n').append(Columns.of(rows));
    out.append(
        text(
            "Drift over %d small edits: %+.2f %%; a small edit takes %.2f ms (fastest %.2f)\n",
            memory.edits(),
            memory.driftPercent(),
            smallEdit.medianMillis(),
            smallEdit.minMillis()));
  }

  private static List<String> row(String name, Timing timing, String last) {
    return List.of(
        name, text("%.2f", timing.medianMillis()), text("%.2f", timing.minMillis()), last);
  }

  private static String megabytes(long bytes) {
    return text("%.0f", bytes / MEGABYTE);
  }

  /** Formats alike in every country. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Everything, for programs. */
  public static String json(Benchmark done) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    machine(root.putObject("machine"), done.machine());
    root.putObject("models").put("editor", done.editorDigest()).put("memory", done.memoryDigest());
    root.set("plan", JSON.valueToTree(done.plan()));
    var pictures = root.putArray("pictures");
    done.pictures().forEach(picture -> picture(pictures.addObject(), picture));
    timing(root.putObject("smallEdit"), done.smallEdit());
    var comparisons = root.putArray("comparisons");
    for (Comparison c : done.comparisons()) {
      ObjectNode node = comparisons.addObject().put("name", c.name());
      side(node.putObject("baseline"), c.baseline());
      side(node.putObject("mneme"), c.mneme());
      node.put("speedup", c.speedup());
    }
    ObjectNode memory = JSON.valueToTree(done.memory());
    root.set("memory", memory.put("driftPercent", done.memory().driftPercent()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void machine(ObjectNode node, Machine machine) {
    EngineInfo engine = machine.engine();
    node.put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("memoryBytes", machine.memoryBytes())
        .put("heapBytes", machine.heapBytes())
        .put("java", machine.java())
        .put("os", machine.os())
        .put("blas", engine.blas().value().name())
        .put("threads", engine.threads().value())
        .put("instructions", engine.instructionSet())
        .put("precision", engine.precision().value().name())
        .put("attention", engine.attention().value().name());
  }

  private static void picture(ObjectNode node, PictureTimes picture) {
    node.put("megapixels", picture.megapixels())
        .put("width", picture.width())
        .put("height", picture.height());
    ObjectNode stages = node.putObject("stages");
    for (StageTime s : picture.stages()) {
      timing(stages.putObject(s.stage()).put("calls", s.calls()), s.timing())
          .put("share", s.share());
    }
    timing(node.putObject("whole"), picture.whole());
    if (picture.peakBytes().isPresent()) {
      node.put("peakBytes", picture.peakBytes().getAsLong());
    } else {
      node.putNull("peakBytes");
    }
  }

  private static void side(ObjectNode node, Side side) {
    timing(node.put("what", side.what()), side.timing());
  }

  private static ObjectNode timing(ObjectNode node, Timing timing) {
    return node.put("medianMillis", timing.medianMillis()).put("minMillis", timing.minMillis());
  }
}

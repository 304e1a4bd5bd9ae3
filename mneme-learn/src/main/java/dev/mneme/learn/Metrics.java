package dev.mneme.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Curves of a run, one JSON object a line in {@code metrics.jsonl}: step, learning rate, seconds
 * since the run was (re)started, mean loss of the interval, and mean loss by label.
 */
final class Metrics implements AutoCloseable {
  /** Name of the file inside a run's directory. */
  static final String NAME = "metrics.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedWriter out;
  private final long every;
  private final long steps;
  private final long started = System.nanoTime();
  private final Map<String, double[]> byLabel = new TreeMap<>(); // label to sum, count
  private final EventFile events; // null where none is wanted
  private double recent = Double.NaN;
  private double heldOut = Double.NaN;

  /** The curves of a run from a step on. */
  Metrics(TrainingConfig config, long firstStep) throws IOException {
    this(
        config.directory(),
        firstStep,
        config.logEvery(),
        config.schedule().steps(),
        config.refinements().tensorboard());
  }

  /** Without an event file. */
  Metrics(Path directory, long firstStep, long every, long steps) throws IOException {
    this(directory, firstStep, every, steps, false);
  }

  /**
   * @param firstStep lines of later steps are dropped: they will be taken again
   * @param every steps of an interval
   * @param steps length of the run; its last interval may be shorter
   * @param tensorboard whether to write an event file too
   */
  private Metrics(Path directory, long firstStep, long every, long steps, boolean tensorboard)
      throws IOException {
    this.every = every;
    this.steps = steps;
    Files.createDirectories(directory);
    Path file = directory.resolve(NAME);
    if (Files.exists(file)) {
      keepBefore(file, firstStep);
    }
    this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.events = tensorboard ? EventFile.open(directory, firstStep) : null;
  }

  /** Drops lines of steps that a resumed run will take again. */
  private void keepBefore(Path file, long firstStep) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        JsonNode read = JSON.readTree(line);
        if (read.path("step").asLong(Long.MAX_VALUE) <= firstStep) {
          kept.add(line);
          recent = read.path("loss").asDouble(Double.NaN);
        }
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        break; // the last line of a run that was killed
      }
    }
    String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
    dev.mneme.tensor.AtomicFiles.write(
        file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  void add(long step, double rate, List<String> labels, float[] losses) throws IOException {
    List<Float> boxed = new ArrayList<>();
    for (float loss : losses) {
      boxed.add(loss);
    }
    add(step, rate, new Descent.Losses(labels, boxed));
  }

  void add(long step, double rate, Descent.Losses losses) throws IOException {
    for (int i = 0; i < losses.losses().size(); i++) {
      double[] sum = byLabel.computeIfAbsent(losses.labels().get(i), l -> new double[2]);
      sum[0] += losses.losses().get(i);
      sum[1]++;
    }
    if ((step + 1) % every == 0 || step + 1 == steps) {
      flush(step + 1, rate);
    }
  }

  /** The held-out loss after the step that is added next. */
  void heldOut(double loss) {
    heldOut = loss;
  }

  private void flush(long step, double rate) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("step", step).put("rate", rate).put("seconds", (System.nanoTime() - started) / 1e9);
    double sum = 0;
    double count = 0;
    ObjectNode tasks = JSON.createObjectNode();
    for (Map.Entry<String, double[]> e : byLabel.entrySet()) {
      sum += e.getValue()[0];
      count += e.getValue()[1];
      tasks.put(e.getKey(), e.getValue()[0] / e.getValue()[1]);
    }
    recent = sum / count;
    line.put("loss", recent).set("tasks", tasks);
    if (!Double.isNaN(heldOut)) {
      line.put("heldOut", heldOut);
      heldOut = Double.NaN;
    }
    if (events != null) {
      events.line(line);
    }
    out.write(line + "\n");
    out.flush();
    byLabel.clear();
  }

  double recentLoss() {
    return recent;
  }

  @Override
  public void close() throws IOException {
    try (EventFile closed = events) {
      out.close();
    }
  }
}

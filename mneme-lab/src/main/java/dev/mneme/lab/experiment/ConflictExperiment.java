package dev.mneme.lab.experiment;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.method.GradientProbe;
import dev.mneme.lab.method.Method;
import dev.mneme.lab.method.Trainee;
import dev.mneme.lab.method.Workshop;
import dev.mneme.lab.report.Block;
import dev.mneme.lab.report.Plots;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.stats.Interval;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Whether tasks pull shared weights apart, on one LoRA for all and through the memory. */
public final class ConflictExperiment implements Experiment {
  private static final int MOST_TASKS = 12;
  private static final int PROBES = 4; // after the first
  private static final long PROBE_SEED = 4_711;
  private static final List<Method> METHODS = List.of(Method.SHARED, Method.MEMORY);

  /** Cosines between tasks' gradients by group of parameters, at one step of one training. */
  record Probe(long step, Map<String, double[][]> cosines) {}

  @Override
  public String name() {
    return "conflict";
  }

  @Override
  public Report run(LabSetting setting) throws IOException {
    List<EditTask> tasks = tasks(setting.scale().editTasks());
    Map<Method, List<List<Probe>>> results = new EnumMap<>(Method.class); // seed by seed
    for (Method method : METHODS) {
      for (long seed : setting.scale().seeds()) {
        results
            .computeIfAbsent(method, m -> new ArrayList<>())
            .add(probes(setting, tasks, method, seed));
      }
    }
    return new Report(
        name(),
        "Do tasks pull shared weights apart?",
        "Two tasks conflict where their gradients on the same parameters point apart: a step for one undoes the other. Measured on one"
            + " LoRA that all tasks share, at every place and depth, and through the memory, whose weights are shared while its"
            + " answers are not; before learning and at four points of it.",
        found(results),
        blocks(setting, tasks, results),
        Numbers.json(
            Map.of("tasks", tasks.stream().map(EditTask::name).toList(), "probes", results)));
  }

  /** At most a dozen, evenly picked: every gradient is held at once. */
  private static List<EditTask> tasks(List<EditTask> all) {
    int n = Math.min(MOST_TASKS, all.size());
    return IntStream.range(0, n).mapToObj(i -> all.get(i * all.size() / n)).toList();
  }

  private List<Probe> probes(LabSetting setting, List<EditTask> tasks, Method method, long seed)
      throws IOException {
    Cells cells = setting.cells(name());
    String prefix = "%s-seed%d-step".formatted(method.name().toLowerCase(Locale.ROOT), seed);
    List<Long> steps = steps(setting.scale().steps());
    if (steps.stream().anyMatch(s -> !cells.has(prefix + s))) {
      train(setting, tasks, method, seed, prefix);
    }
    List<Probe> probes = new ArrayList<>();
    for (long step : steps) {
      probes.add(
          cells.get(
              prefix + step,
              Probe.class,
              () -> {
                throw new IOException(
                    "Expected a probe at step %d of the training %s, found none, and the training is past it. Delete %s to take it again"
                        .formatted(
                            step,
                            training(method, seed),
                            setting
                                .out()
                                .resolve(LabSetting.TRAINED)
                                .resolve(training(method, seed))));
              }));
    }
    return probes;
  }

  private void train(
      LabSetting setting, List<EditTask> tasks, Method method, long seed, String prefix)
      throws IOException {
    Workshop workshop = new Workshop(setting);
    Cells cells = setting.cells(name());
    List<EditTask> all = setting.scale().editTasks();
    Trainee trainee = method.begin(workshop.setup(all, seed));
    List<EditBatch> batches =
        tasks.stream().map(t -> workshop.batches(List.of(t), PROBE_SEED).batch(1)).toList();
    GradientProbe probe = new GradientProbe(trainee.learner(), batches, setting.precision());
    cells.get(prefix + 0, Probe.class, () -> new Probe(0, probe.cosines(this::group)));
    List<Long> steps = steps(setting.scale().steps());
    workshop.run(
        new Workshop.Training(
            training(method, seed), setting.scale().steps(), setting.scale().rate(), method.muon()),
        trainee.learner(),
        workshop.batches(all, seed),
        (done, total, loss) -> {
          if (steps.contains(done)) {
            try {
              cells.get(
                  prefix + done, Probe.class, () -> new Probe(done, probe.cosines(this::group)));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private static String training(Method method, long seed) {
    return "conflict-%s-seed%d".formatted(method.name().toLowerCase(Locale.ROOT), seed);
  }

  /** Before learning, and at the ends of its quarters. */
  static List<Long> steps(long all) {
    return IntStream.rangeClosed(0, PROBES).mapToObj(q -> q * all / PROBES).distinct().toList();
  }

  /** A LoRA's place, a block of the generator, or another of its layers. */
  private String group(String parameter) {
    if (parameter.contains(".lora_")) {
      return parameter.substring(0, parameter.indexOf(".lora_"));
    }
    String[] parts = parameter.split("\\.");
    return parameter.startsWith("model.blocks.")
        ? "block " + parts[2]
        : parts[parts.length > 2 ? 1 : 0];
  }

  /** Mean over pairs of different tasks. */
  static double meanOfPairs(double[][] cosines) {
    double sum = 0;
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < cosines.length; j++) {
        sum += i == j ? 0 : cosines[i][j];
      }
    }
    return sum / (cosines.length * (cosines.length - 1.0));
  }

  /** Share of pairs of different tasks that point apart. */
  static double shareApart(double[][] cosines) {
    int apart = 0;
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < i; j++) {
        apart += cosines[i][j] < 0 ? 1 : 0;
      }
    }
    return apart / (cosines.length * (cosines.length - 1) / 2.0);
  }

  private static Interval at(
      List<List<Probe>> seeds, int probe, String group, ToDoubleFunction<double[][]> of) {
    return Interval.of(
        seeds.stream().map(s -> of.applyAsDouble(s.get(probe).cosines().get(group))).toList());
  }

  private static List<String> found(Map<Method, List<List<Probe>>> results) {
    List<String> found = new ArrayList<>();
    results.forEach(
        (method, seeds) -> {
          int last = seeds.get(0).size() - 1;
          found.add(
              "%s: mean cosine between tasks %s before learning and %s at its end, where a share of %s of pairs point apart."
                  .formatted(
                      method.title(),
                      at(seeds, 0, GradientProbe.ALL, ConflictExperiment::meanOfPairs),
                      at(seeds, last, GradientProbe.ALL, ConflictExperiment::meanOfPairs),
                      at(seeds, last, GradientProbe.ALL, ConflictExperiment::shareApart)));
        });
    return found;
  }

  private static List<Block> blocks(
      LabSetting setting, List<EditTask> tasks, Map<Method, List<List<Probe>>> results)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    Map<String, Plots.Curve> curves = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (method, seeds) -> {
          int n = seeds.get(0).size();
          double[][] xye = new double[3][n];
          for (int p = 0; p < n; p++) {
            Interval mean = at(seeds, p, GradientProbe.ALL, ConflictExperiment::meanOfPairs);
            Interval apart = at(seeds, p, GradientProbe.ALL, ConflictExperiment::shareApart);
            long step = seeds.get(0).get(p).step();
            xye[0][p] = step;
            xye[1][p] = mean.mean();
            xye[2][p] = mean.half();
            rows.add(
                List.of(method.title(), Long.toString(step), mean.toString(), apart.toString()));
          }
          curves.put(method.title(), new Plots.Curve(xye[0], xye[1], xye[2]));
        });
    blocks.add(
        new Block.Table(
            "Over pairs of tasks, all parameters together, with 95 % intervals over seeds",
            List.of("on", "step", "mean cosine", "share of pairs that point apart"), rows));
    blocks.add(
        new Block.Plot(
            "training",
            "Mean cosine between tasks' gradients while learning; whiskers are 95 % intervals.",
            Plots.lines(new Plots.Axes("Conflict while learning", "step", "cosine"), curves)));
    List<String> names = tasks.stream().map(EditTask::name).toList();
    for (Map.Entry<Method, List<List<Probe>>> e : results.entrySet()) {
      String method = e.getKey().name().toLowerCase(Locale.ROOT);
      blocks.add(
          new Block.Plot(
              "tasks-" + method,
              "Cosine between tasks' gradients on the %s at the end, mean over seeds."
                  .formatted(e.getKey().title()),
              Plots.heatMap(
                  "Conflict on the " + e.getKey().title(),
                  names,
                  names,
                  last(e.getValue()),
                  -1,
                  1)));
    }
    blocks.add(places(setting, results.get(Method.SHARED)));
    blocks.add(layers(results.get(Method.MEMORY)));
    return blocks;
  }

  private static double[][] last(List<List<Probe>> seeds) {
    int n = seeds.get(0).get(0).cosines().get(GradientProbe.ALL).length;
    double[][] mean = new double[n][n];
    for (List<Probe> probes : seeds) {
      double[][] end = probes.get(probes.size() - 1).cosines().get(GradientProbe.ALL);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          mean[i][j] += end[i][j] / seeds.size();
        }
      }
    }
    return mean;
  }

  private static Block places(LabSetting setting, List<List<Probe>> seeds) throws IOException {
    AdapterLayout layout = setting.editor().config().layout(1);
    int last = seeds.get(0).size() - 1;
    double[][] values = new double[layout.layers()][layout.sites().size()];
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (int s = 0; s < layout.sites().size(); s++) {
        String key = layout.key(layer, layout.sites().get(s));
        values[layer][s] = at(seeds, last, key, ConflictExperiment::meanOfPairs).mean();
      }
    }
    return new Block.Plot(
        "places",
        "Mean cosine between tasks' gradients on the shared LoRA at the end, by block and place.",
        Plots.heatMap(
            "Conflict by place and depth",
            IntStream.range(0, layout.layers()).mapToObj(i -> "block " + i).toList(),
            layout.sites().stream().map(AdapterSite::module).toList(),
            values,
            -1,
            1));
  }

  private static Block layers(List<List<Probe>> seeds) {
    int last = seeds.get(0).size() - 1;
    List<List<String>> rows = new ArrayList<>();
    for (String group : seeds.get(0).get(0).cosines().keySet()) {
      rows.add(
          List.of(
              group,
              at(seeds, last, group, ConflictExperiment::meanOfPairs).toString(),
              at(seeds, last, group, ConflictExperiment::shareApart).toString()));
    }
    return new Block.Table(
        "Inside the memory, at the end",
        List.of("its parameters", "mean cosine", "share of pairs that point apart"),
        rows);
  }
}

package dev.mneme.edit.bench;

import dev.mneme.edit.bench.Benchmark.StageTime;
import dev.mneme.edit.pipeline.Stage;
import dev.mneme.edit.pipeline.StageClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the stages of one edit after another; for one thread. */
final class StageTimes implements StageClock {
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>(); // an element a run
  private final Map<String, List<Integer>> calls = new LinkedHashMap<>();
  private final Map<String, List<Long>> current = new LinkedHashMap<>(); // an element a call

  @Override
  public void took(Stage stage, long elapsed) {
    add(stage.name().toLowerCase(Locale.ROOT), elapsed);
  }

  /** A stage that the editor does not know. */
  void add(String stage, long elapsed) {
    current.computeIfAbsent(stage, s -> new ArrayList<>()).add(elapsed);
  }

  /** Ends an edit. */
  void finishRun() {
    current.forEach(
        (stage, each) -> {
          long sum = each.stream().mapToLong(Long::longValue).sum();
          nanos.computeIfAbsent(stage, s -> new ArrayList<>()).add(sum);
          calls.computeIfAbsent(stage, s -> new ArrayList<>()).add(each.size());
        });
    current.clear();
  }

  /** Forgets everything. */
  void reset() {
    nanos.clear();
    calls.clear();
    current.clear();
  }

  /** The stages of all edits since the last reset. */
  List<StageTime> stages() {
    Map<String, Timing> timings = new LinkedHashMap<>();
    nanos.forEach((stage, runs) -> timings.put(stage, Timing.of(runs)));
    double total = timings.values().stream().mapToDouble(Timing::medianMillis).sum();
    List<StageTime> stages = new ArrayList<>();
    timings.forEach(
        (stage, timing) ->
            stages.add(
                new StageTime(
                    stage, calls.get(stage).get(0), timing, timing.medianMillis() / total)));
    return stages;
  }
}

package dev.mneme.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.measure.Evaluation;
import dev.mneme.lab.stats.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What experiments do with numbers before they say them. */
final class Numbers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tasks that come with their contrary. */
  private static final Set<String> CONFLICTING =
      Set.of(
          "blur",
          "deblur",
          "warm",
          "cool",
          "brighten",
          "darken",
          "add_grain",
          "remove_grain",
          "add_haze",
          "clear_haze",
          "more_contrast",
          "less_contrast",
          "saturate",
          "desaturate");

  private static final String PICTURES = "picture-dependent";

  private Numbers() {}

  static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }

  static String of(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Mean seconds, such as {@code 0.083}. */
  static String seconds(Collection<Double> values) {
    double mean = mean(values);
    return Double.isNaN(mean) ? "–" : String.format(Locale.ROOT, "%.3f", mean);
  }

  static String whole(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,.0f", value);
  }

  static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Groups of tasks that some of these tasks belong to, "all tasks" first. */
  static Map<String, Predicate<String>> groups(List<String> tasks) {
    Map<String, Predicate<String>> groups = new LinkedHashMap<>();
    groups.put("all tasks", t -> true);
    Map<String, Predicate<String>> possible = new LinkedHashMap<>(Evaluation.GROUPS);
    possible.put("conflicting pairs", CONFLICTING::contains);
    Predicate<String> pictures = Evaluation.GROUPS.get(PICTURES);
    if (tasks.stream().anyMatch(pictures) && tasks.stream().anyMatch(CONFLICTING::contains)) {
      possible.put("either of both", t -> pictures.test(t) || CONFLICTING.contains(t));
    }
    possible.forEach(
        (name, member) -> {
          long members = tasks.stream().filter(member).count();
          if (members > 0 && members < tasks.size() && !name.equals("reference ten")) {
            groups.put(name, member);
          }
        });
    return groups;
  }

  /** The mean over some tasks for each run, with its interval over runs. */
  static Interval over(List<Map<String, Double>> runs, Predicate<String> tasks) {
    return Interval.of(runs.stream().map(run -> mean(run, tasks)).toList());
  }

  /**
   * How far some runs are ahead of others over some tasks, seed by seed.
   *
   * @param others as many, or fewer where seeds decide nothing: the last counts for all that follow
   */
  static Interval ahead(
      List<Map<String, Double>> runs, List<Map<String, Double>> others, Predicate<String> tasks) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Map<String, Double> other = others.get(Math.min(i, others.size() - 1));
      differences.add(mean(runs.get(i), tasks) - mean(other, tasks));
    }
    return Interval.of(differences);
  }

  private static double mean(Map<String, Double> run, Predicate<String> tasks) {
    return mean(
        run.entrySet().stream()
            .filter(e -> tasks.test(e.getKey()))
            .map(Map.Entry::getValue)
            .toList());
  }
}

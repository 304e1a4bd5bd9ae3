package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.Evaluator;
import dev.mneme.edit.measure.Scores;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextStates;
import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions to entrants.
 *
 * @param set the questions
 * @param precision of forwards
 */
public record Exam(EvaluationSet set, Precision precision) {
  private static final int TIMED = 15;

  /** The same questions, all in these words. */
  public Exam saying(String sentence, TextStates text) {
    List<EditExample> asked = set.examples().stream().map(e -> e.saying(sentence, text)).toList();
    return new Exam(new EvaluationSet(set.tasks(), set.rounds(), asked), precision);
  }

  /** The entrant's edited tiles in the order of the set. */
  public List<Picture> answers(Entrant entrant) {
    if (!entrant.told()) {
      String any = set.tasks().get(0).name();
      return new Evaluator(set, precision).edit(entrant.candidate().apply(any));
    }
    List<Picture> all = new ArrayList<>();
    for (EditTask task : set.tasks()) {
      EvaluationSet part = set.only(task.name());
      all.addAll(new Evaluator(part, precision).edit(entrant.candidate().apply(task.name())));
    }
    return all;
  }

  /** How near the entrant comes. */
  public Scores scores(Entrant entrant) {
    return Scores.of(set, answers(entrant));
  }

  /** How near the sources themselves are: what doing nothing scores. */
  public Scores source() {
    return Scores.of(set, set.examples().stream().map(e -> e.tile().source()).toList());
  }

  /** Mean PSNR by task over some tasks. */
  public static double mean(Scores scores) {
    return scores.meanPsnr(task -> true);
  }

  /** One picture a task: source, the entrants' answers, target. */
  public Map<String, Map<String, Picture>> samples(Map<String, List<Picture>> answers) {
    return samples(answers, 0);
  }

  /** As {@link #samples(Map)}, of pictures so many rounds further on. */
  public Map<String, Map<String, Picture>> samples(Map<String, List<Picture>> answers, int on) {
    Map<String, Map<String, Picture>> rows = new LinkedHashMap<>();
    for (int t = 0; t < set.tasks().size(); t++) {
      int index = set.index(t, t + on);
      Map<String, Picture> row = new LinkedHashMap<>();
      row.put("source", set.examples().get(index).tile().source());
      answers.forEach((name, pictures) -> row.put(name, pictures.get(index)));
      row.put("target", set.examples().get(index).tile().target());
      rows.put(set.tasks().get(t).name(), row);
    }
    return rows;
  }

  /** Median milliseconds of one request of one tile: glance, recall and forward. */
  public double latency(Entrant entrant) {
    EditTask task = set.tasks().get(0);
    EvaluationSet one =
        new EvaluationSet(List.of(task), 1, set.only(task.name()).examples().subList(0, 1));
    Evaluator evaluator = new Evaluator(one, precision);
    double[] millis = new double[TIMED];
    for (int i = -2; i < TIMED; i++) { // two to warm up
      long start = System.nanoTime();
      evaluator.edit(entrant.candidate().apply(task.name()));
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[TIMED / 2];
  }
}

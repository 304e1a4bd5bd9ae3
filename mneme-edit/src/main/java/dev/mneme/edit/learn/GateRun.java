package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.LeastSquares;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LinearGate;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Fits the gate of a memory: closed for sentences that ask for one thing the base does alone, open
 * for all others, two wishes in one sentence among them. A judge for each task rather than one for
 * all: a sentence with two wishes lies between two tasks, on the base's side of any one border, but
 * is not much like either. The same every time.
 */
public final class GateRun {
  /**
   * Among sentences that need the memory, the share it may be kept from, each judged by what was
   * learned from all others. A base's own wish that reaches the memory costs little, the contrary
   * the whole edit.
   */
  private static final double KEPT_OUT = 0.01;

  private static final double RIDGE = 3;
  private static final int BATCH = 64;

  private GateRun() {}

  /**
   * @param base whose tokens the gate will read
   * @param progress told what is done
   */
  public static LinearGate fit(EditorBase base, TextEncoder encoder, Consumer<String> progress) {
    List<EditTask> own = EditTasks.of(EditTask.Learner.BASE);
    List<String> sentences = new ArrayList<>();
    List<Integer> tasks = new ArrayList<>(); // which of the base's own, -1 for none
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      for (int t = 0; t < own.size(); t++) {
        add(sentences, tasks, WishSentences.of(own.subList(t, t + 1), wording), t);
      }
      add(sentences, tasks, WishSentences.of(EditTasks.of(EditTask.Learner.MEMORY), wording), -1);
      add(sentences, tasks, WishSentences.knownPairs(wording), -1);
    }
    progress.accept("reading %d sentences".formatted(sentences.size()));
    return fit(features(base, encoder, sentences), tasks, own.size());
  }

  private static void add(List<String> to, List<Integer> tasks, List<String> more, int task) {
    to.addAll(more);
    more.forEach(sentence -> tasks.add(task));
  }

  /** One judge for each task against all other sentences, with one border for all. */
  private static LinearGate fit(List<double[]> features, List<Integer> tasks, int judges) {
    double[] highest = new double[tasks.size()];
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    List<Float> weights = new ArrayList<>();
    List<Float> biases = new ArrayList<>();
    for (int judge = 0; judge < judges; judge++) {
      boolean[] positive = new boolean[highest.length];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = tasks.get(i) == judge;
      }
      LeastSquares solved = LeastSquares.fit(features, positive, RIDGE);
      for (int i = 0; i < highest.length; i++) {
        highest[i] = Math.max(highest[i], solved.leftOut()[i]);
      }
      double[] w = solved.weights();
      for (int i = 0; i < w.length - 1; i++) {
        weights.add((float) w[i]);
      }
      biases.add((float) w[w.length - 1]);
    }
    double border = border(highest, tasks);
    return new LinearGate(
        weights.size() / judges, weights, biases.stream().map(b -> (float) (b - border)).toList());
  }

  /** What all but a few of the sentences that need the memory stay below. */
  private static double border(double[] highest, List<Integer> tasks) {
    double[] others =
        IntStream.range(0, highest.length)
            .filter(i -> tasks.get(i) < 0)
            .mapToDouble(i -> highest[i])
            .sorted()
            .toArray();
    return others[(int) ((1 - KEPT_OUT) * (others.length - 1))];
  }

  /** Those of the sentences for which the gate is closed. */
  public static List<String> closed(
      LinearGate gate, EditorBase base, TextEncoder encoder, List<String> sentences) {
    List<String> closed = new ArrayList<>();
    try (NoGradGuard guard = new NoGradGuard()) {
      for (String sentence : sentences) {
        TextBatch text = TextBatch.of(List.of(encoder.encode(sentence)));
        Scopes.run(
            () -> {
              if (!gate.open(Condition.of(base.meaning(text).unsqueeze(1)))[0]) {
                closed.add(sentence);
              }
            });
      }
    }
    return closed;
  }

  private static List<double[]> features(
      EditorBase base, TextEncoder encoder, List<String> sentences) {
    List<double[]> all = new ArrayList<>();
    for (int first = 0; first < sentences.size(); first += BATCH) {
      List<TextStates> part =
          sentences.subList(first, Math.min(first + BATCH, sentences.size())).stream()
              .map(encoder::encode)
              .toList();
      float[] tokens = tokens(base, part);
      int width = tokens.length / part.size();
      for (int row = 0; row < part.size(); row++) {
        double[] features = new double[width + 1];
        for (int i = 0; i < width; i++) {
          features[i] = tokens[row * width + i];
        }
        features[width] = 1;
        all.add(features);
      }
    }
    return all;
  }

  private static float[] tokens(EditorBase base, List<TextStates> sentences) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return Scopes.call(
          () -> Tensors.toFloats(base.meaning(TextBatch.of(sentences))), t -> List.of());
    }
  }
}
